import { unlisted, wordsOf, type Slab } from './columns.ts';
import type { Condition } from './query.ts';
import type { Variable } from './variables.ts';

/** What conditions about place and day lean on, beside the answers. */
export type Ground = {
	readonly variables: ReadonlyMap<string, Variable>;
	/** Whether a place is one of these or below one of them. */
	readonly isWithin: (placeId: string | null, places: readonly string[]) => boolean;
	/** The calendar day on which something was received, `2026-03-08`. */
	readonly dayOf: (milliseconds: number) => string;
};

/** One byte a row: 1 where it holds. */
export type Mask = Uint8Array;

/** Which rows of a level a condition holds for. */
export function maskOf(condition: Condition, slab: Slab, level: string, ground: Ground): Mask {
	const rows = slab.levels.get(level)?.rows ?? 0;
	if ('all' in condition) return combined(condition.all, (whole, part) => whole & part, 1);
	if ('any' in condition) return combined(condition.any, (whole, part) => whole | part, 0);
	if ('not' in condition) return maskOf(condition.not, slab, level, ground).map((each) => 1 - each);
	if ('places' in condition) {
		const within = new Map<string | null, number>();
		return carried(bySubmission((row) => {
			const place = slab.places[row] ?? null;
			const known = within.get(place) ?? Number(ground.isWithin(place, condition.places));
			within.set(place, known);
			return known;
		}), slab, '', level);
	}
	if ('answer' in condition || 'answered' in condition) {
		const variable = ground.variables.get('answer' in condition ? condition.answer : condition.answered);
		if (variable === undefined) return new Uint8Array(rows);
		return carried(answersMask(condition, slab, variable), slab, variable.repeats.at(-1) ?? '', level);
	}
	const { receivedFrom, receivedTo } = condition;
	return carried(bySubmission((row) => {
		const day = ground.dayOf(slab.received[row] ?? 0);
		return Number((receivedFrom === undefined || day >= receivedFrom) && (receivedTo === undefined || day <= receivedTo));
	}), slab, '', level);

	function combined(parts: readonly Condition[], join: (whole: number, part: number) => number, start: number): Mask {
		const whole = new Uint8Array(rows).fill(start);
		for (const part of parts) {
			const mask = maskOf(part, slab, level, ground);
			for (let row = 0; row < rows; row++) whole[row] = join(whole[row] ?? 0, mask[row] ?? 0);
		}
		return whole;
	}
	function bySubmission(holds: (row: number) => number): Mask {
		return Uint8Array.from({ length: slab.levels.get('')?.rows ?? 0 }, (_, row) => holds(row));
	}
}

type AboutAnswers = Extract<Condition, { answer: string } | { answered: string }>;

function answersMask(condition: AboutAnswers, slab: Slab, variable: Variable): Mask {
	const level = slab.levels.get(variable.repeats.at(-1) ?? '');
	const column = level?.columns.get(variable.path);
	const mask = new Uint8Array(level?.rows ?? 0);
	if (!column) return mask;
	const { codes, numbers, bits } = column;
	if ('answered' in condition) return mask.map((_, row) => Number((codes[row] ?? 0) > 0));
	if ('is' in condition) {
		const places = condition.is.map((key) => variable.options.findIndex((option) => option.key === key)).filter((place) => place >= 0);
		if (bits) {
			const words = wordsOf(variable);
			const wanted = new Uint32Array(words);
			for (const place of places) wanted[place >> 5] = (wanted[place >> 5] ?? 0) | (1 << (place & 31));
			for (let row = 0; row < mask.length; row++) {
				for (let word = 0; word < words; word++) if (((bits[row * words + word] ?? 0) & (wanted[word] ?? 0)) !== 0) mask[row] = 1;
			}
			return mask;
		}
		const given = new Set(places.map((place) => place + 1));
		return mask.map((_, row) => Number(given.has(codes[row] ?? 0)));
	}
	const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = condition;
	return mask.map((_, row) => {
		const value = numbers?.[row] ?? Number.NaN;
		return Number(codes[row] !== unlisted && value >= from && value <= to);
	});
}

/**
 * A mask of one level for another: to what lies inside it goes what holds around; to what lies around, that it holds for at
 * least one inside.
 */
function carried(mask: Mask, slab: Slab, from: string, to: string): Mask {
	if (from === to) return mask;
	if (from !== '' && !isInside(to, from)) {
		const level = slab.levels.get(from);
		const outer = outerOf(slab, from);
		const raised = new Uint8Array(slab.levels.get(outer)?.rows ?? 0);
		level?.parents?.forEach((parent, row) => {
			if (mask[row]) raised[parent] = 1;
		});
		return carried(raised, slab, outer, to);
	}
	const around = carried(mask, slab, from, outerOf(slab, to));
	const level = slab.levels.get(to);
	return Uint8Array.from({ length: level?.rows ?? 0 }, (_, row) => around[level?.parents?.[row] ?? -1] ?? 0);
}

const isInside = (inner: string, outer: string): boolean => outer === '' || inner.startsWith(`${outer}/`);

/** The level that a repeat stands in. */
export const outerOf = (slab: Slab, level: string): string =>
	[...slab.levels.keys()].filter((each) => each !== level && isInside(level, each)).reduce((deepest, each) => (each.length > deepest.length ? each : deepest), '');

/** For every row of a level, the row of a level around it. */
export function rowsAround(slab: Slab, level: string, outer: string): Int32Array {
	if (level === outer) return Int32Array.from({ length: slab.levels.get(level)?.rows ?? 0 }, (_, row) => row);
	const parents = slab.levels.get(level)?.parents ?? new Int32Array(0);
	const next = outerOf(slab, level);
	if (next === outer) return parents;
	const further = rowsAround(slab, next, outer);
	return parents.map((parent) => further[parent] ?? -1);
}
