import { emptyGroup } from './cells.ts';
import { refuse, type Place } from './refusal.ts';

export type Parameters = Record<string, string>;

/** Values that name something keep their letter case. */
const AS_WRITTEN = new Set(['label', 'value', 'seed', 'app', 'tick_labelset', 'reference-geometry']);

const WORD = '[^\\s=,;]+';
const DIVIDER = '[\\s,;]*';
const PAIR = new RegExp(`(${WORD})${DIVIDER}=${DIVIDER}(${WORD})`, 'g');
const WELL_FORMED = new RegExp(`^${DIVIDER}(?:${WORD}${DIVIDER}=${DIVIDER}${WORD}(?:[\\s,;]+|$))*$`);

/**
 * Reads the `parameters` cell: `start=1 end=10 step=2`, divided by spaces, commas or semicolons.
 * @throws Refusal `parameters.malformed`
 */
export function parseParameters(cell: string | undefined, place: Place): Parameters {
	const parameters: Parameters = emptyGroup<string>();
	if (cell === undefined) return parameters;
	if (!WELL_FORMED.test(cell)) refuse('parameters.malformed', place);
	for (const [, name = '', value = ''] of cell.matchAll(PAIR)) {
		const key = name.toLowerCase();
		parameters[key] = AS_WRITTEN.has(key) ? value : value.toLowerCase();
	}
	return parameters;
}

/**
 * Refuses parameters that a question type does not know.
 * @throws Refusal `parameters.unknown`
 */
export function allowParameters(parameters: Parameters, accepted: readonly string[], place: Place): void {
	const rejected = Object.keys(parameters).filter((key) => !accepted.includes(key));
	if (rejected.length === 0) return;
	refuse('parameters.unknown', place, { accepted: [...accepted].sort().join(', '), rejected: rejected.join(', ') });
}

/** @throws Refusal `parameters.value` unless the value is one of the given ones (or absent) */
export function requireOneOf(parameters: Parameters, name: string, allowed: readonly string[], place: Place): string | undefined {
	const value = parameters[name];
	if (value === undefined || allowed.includes(value)) return value;
	return refuse('parameters.value', place, { name, value, expected: allowed.join(', ') });
}

const INTEGER = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** @throws Refusal `parameters.value` unless the value is a whole number (or absent) */
export function requireInteger(parameters: Parameters, name: string, place: Place): string | undefined {
	const value = parameters[name];
	if (value === undefined || INTEGER.test(value)) return value;
	return refuse('parameters.value', place, { name, value, expected: 'a whole number' });
}

/** @throws Refusal `parameters.value` unless the value is a number (or absent) */
export function requireNumber(parameters: Parameters, name: string, place: Place): string | undefined {
	const value = parameters[name];
	if (value === undefined || isNumber(value)) return value;
	return refuse('parameters.value', place, { name, value, expected: 'a number' });
}

export function isNumber(text: string): boolean {
	return DECIMAL.test(text.trim());
}
