import type { MaskKind } from '../kinds.ts';
import { lengthOf, type Span } from '#modules/assessment/coding/text.ts';

/** A text made up for measuring, with the passages that a person would strike. */
export type MarkedText = { readonly text: string; readonly marked: readonly (Span & { readonly kind: MaskKind })[] };

const kinds: Readonly<Record<string, MaskKind>> = { n: 'name', p: 'place', t: 'phone', d: 'document', e: 'email', b: 'birth', c: 'plate' };

/** Reads `{n:Nodira}` as the name Nodira and so on: n name, p place, t phone, d paper, e mail or account, b birth, c car. */
export function readMarked(source: string): MarkedText {
	const marked: (Span & { kind: MaskKind })[] = [];
	let text = '';
	let done = 0;
	for (const match of source.matchAll(/\{([nptdebc]):([^{}]+)\}/gu)) {
		text += source.slice(done, match.index);
		const [whole, letter = '', words = ''] = match;
		const starts = lengthOf(text);
		text += words;
		marked.push({ starts, ends: lengthOf(text), kind: kinds[letter] ?? 'other' });
		done = match.index + whole.length;
	}
	return { text: text + source.slice(done), marked };
}
