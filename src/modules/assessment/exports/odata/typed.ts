import { dayOf, numberOf, wholeOf } from '../values.ts';
import type { Property } from './edm.ts';

/** A value of a property as JSON holds it; undefined: it does not fit the type. */
export type Typed = string | number | null | undefined;

const offset = /(?:Z|[+-]\d{2}:?\d{2})$/;

/** Makes of an answer's text the value of its property. */
export function typed({ type }: Property, text: string | null): Typed {
	if (text === null) return null;
	switch (type) {
		case 'Edm.Int64':
		case 'Edm.Int32':
		case 'Edm.Byte': {
			const value = wholeOf(text);
			return Number.isNaN(value) ? undefined : value;
		}
		case 'Edm.Double': {
			const value = numberOf(text);
			return Number.isNaN(value) ? undefined : value;
		}
		case 'Edm.Date':
			return Number.isNaN(dayOf(text)) ? undefined : text.trim();
		case 'Edm.DateTimeOffset':
			return momentOf(text);
		default:
			return text;
	}
}

/** A moment with its offset from Greenwich, written as the format wants it. */
function momentOf(text: string): string | undefined {
	const trimmed = text.trim();
	if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(trimmed) || !offset.test(trimmed) || Number.isNaN(dayOf(trimmed.slice(0, 10)))) return undefined;
	const at = Date.parse(trimmed.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
	return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
