import type { Pattern } from '#modules/releases/judge/verdict.ts';
import { nameOf, type Claim } from './claims/claim.ts';
import { claimsIn, referencesIn } from './claims/claims.ts';

/** Numbers that a reader of a figure is shown: counts, percentages, values, and what they leave of the whole. */
function shownNumbers({ cells, n, nEarlier }: Pattern): { counts: Set<number>; others: number[] } {
	const counts = new Set<number>(n === null ? [] : [n]);
	const others: number[] = [];
	for (const row of cells.rows) {
		for (const cell of row.cells) {
			if (typeof cell === 'string') continue;
			counts.add(cell.count);
			if (n !== null && cells.series.length === 1) counts.add(n - cell.count);
			if (cell.share !== null) others.push(cell.share * 100, 100 - cell.share * 100);
			if (cell.share !== null && cell.share > 0) counts.add(Math.round(cell.count / cell.share));
			if (cell.value !== undefined) others.push(cell.value);
		}
		// A change may be said without its sign: "fell by 12 points".
		for (const change of row.differences ?? []) if (change !== null) others.push(Math.abs(change.value) * (row.cells.some(hasShare) ? 100 : 1));
	}
	// Of what is shown, two may be put together.
	for (const row of cells.rows) row.cells.forEach((cell, j) => cells.rows.forEach((other) => {
		const beside = other.cells[j];
		if (other === row || typeof cell === 'string' || beside === undefined || typeof beside === 'string') return;
		counts.add(cell.count + beside.count);
		if (cell.share !== null && beside.share !== null) others.push((cell.share + beside.share) * 100);
	}));
	if (nEarlier != null && n !== null) for (const size of [nEarlier, n - nEarlier]) counts.add(size);
	return { counts, others };
}

const hasShare = (cell: Pattern['cells']['rows'][number]['cells'][number]): boolean => typeof cell !== 'string' && cell.share !== null;

const digitsOf = (text: string): number => text.split(/[.,]/)[1]?.length ?? 0;
const isRounded = (text: string, value: number): boolean => Math.abs(Number(text.replace(',', '.')) - value) <= 0.5 * 10 ** -digitsOf(text) + 1e-9;

type Shown = ReturnType<typeof shownNumbers>;

/** Percentage points by which a part told in round words ("7 of 10", "a third") may differ from the share that is shown. */
const roundness = 5;

function isShown(claim: Claim, { counts, others }: Shown): boolean {
	if (claim.kind === 'number') return counts.has(Number(claim.number)) || others.some((value) => isRounded(claim.number, value));
	const { part, of } = claim;
	if (counts.has(part) && counts.has(of)) return true;
	const told = (part / of) * 100;
	return others.some((value) => Math.abs(value - told) <= Math.min(roundness, 50 / of) + 1e-9);
}

/**
 * Paragraphs that name figures and state a number which none of these shows as it goes out: it may be one that is held back.
 * A paragraph that also names other evidence is left to its author.
 * @returns the numbers
 */
export function numbersNotShown(text: string, patternOf: (code: string) => Pattern | undefined): string[] {
	return text.split(/\n{2,}/).flatMap((paragraph) => {
		const patterns = referencesIn(paragraph).map(patternOf);
		const known = patterns.flatMap((pattern) => pattern ?? []);
		if (known.length === 0 || known.length < patterns.length) return [];
		const shown = known.map(shownNumbers);
		return claimsIn(paragraph).filter((claim) => !shown.some((each) => isShown(claim, each))).map(nameOf);
	});
}
