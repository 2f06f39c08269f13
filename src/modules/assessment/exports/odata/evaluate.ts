import type { Condition, Operand } from './filter.ts';
import { typed } from './typed.ts';
import type { Row } from '../rows.ts';

/** Whether a row meets a condition. What does not fit its type counts as no answer. */
export function meets(condition: Condition, row: Row): boolean {
	switch (condition.is) {
		case 'and':
			return meets(condition.left, row) && meets(condition.right, row);
		case 'or':
			return meets(condition.left, row) || meets(condition.right, row);
		case 'not':
			return !meets(condition.of, row);
		case 'text': {
			const text = row[condition.property.index] ?? null;
			if (text === null) return false;
			const { test, value } = condition;
			return test === 'contains' ? text.includes(value) : test === 'startswith' ? text.startsWith(value) : text.endsWith(value);
		}
		case 'compare':
			return compare(condition, valueOf(condition.operand, row));
	}
}

function valueOf({ property, part }: Operand, row: Row): string | number | null {
	const value = typed(property, row[property.index] ?? null) ?? null;
	if (value === null || part === null) return property.type === 'Edm.DateTimeOffset' && typeof value === 'string' ? Date.parse(value) : value;
	const at = new Date(String(value));
	const parts = { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate(), hour: at.getUTCHours(), minute: at.getUTCMinutes(), second: at.getUTCSeconds() };
	return parts[part];
}

function compare({ with: how, value }: Condition & { is: 'compare' }, found: string | number | null): boolean {
	const wanted = value === null || typeof value !== 'object' ? value : 'moment' in value ? value.moment : value.day;
	if (how === 'eq') return found === wanted;
	if (how === 'ne') return found !== wanted;
	if (found === null || wanted === null) return false;
	const order = found < wanted ? -1 : found > wanted ? 1 : 0;
	return how === 'gt' ? order > 0 : how === 'ge' ? order >= 0 : how === 'lt' ? order < 0 : order <= 0;
}
