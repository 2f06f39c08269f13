/**
 * The scale of service quality and what scores on it come to. Our own structure, not an official scale: criteria are 0 absent,
 * 1 started, 2 mostly, 3 fully, or not applicable. Pure.
 */

/** What one side says of a criterion. */
export type Score = 0 | 1 | 2 | 3 | 'na';
export const scores: readonly Score[] = [0, 1, 2, 3, 'na'];

/** The kinds of evidence a score can rest on. */
export const evidenceKinds = ['seen', 'document', 'interview', 'feedback'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

export const sides = ['civil_society', 'authority'] as const;
export type Side = (typeof sides)[number];
export const otherSide = (side: Side): Side => (side === 'authority' ? 'civil_society' : 'authority');

/** The best score there is; a standard is met at this score and at no lower one. */
export const best = 3;

/** A criterion with what was said of it. */
export type Scored = { readonly critical: boolean; readonly score: Score };

/** What the criteria of an area come to. */
export type AreaScore = {
	/** All criteria, those that do not apply among them. */
	readonly criteria: number;
	readonly applicable: number;
	/** Applicable criteria scored 3. */
	readonly met: number;
	/** The lowest score of an applicable critical criterion; null when none applies. */
	readonly cap: number | null;
	/** Mean of the applicable scores, 0 to 3, before and after the cap; null when nothing applies. */
	readonly mean: number | null;
	readonly cappedMean: number | null;
	/** Share of applicable criteria that are met, 0 to 1, before and after the cap. */
	readonly share: number | null;
	readonly cappedShare: number | null;
};

/**
 * The score of an area. What does not apply is left out of both measures. The lowest score of an applicable critical criterion
 * caps the area: its graded mean is no higher than that score, its share of standards met no higher than that score over 3.
 * So an area without control of who enters (0) is at 0, however good the rest of it is.
 */
export function areaScore(criteria: readonly Scored[]): AreaScore {
	const numbers: number[] = [];
	const critical: number[] = [];
	for (const { critical: caps, score } of criteria) {
		if (score === 'na') continue;
		numbers.push(score);
		if (caps) critical.push(score);
	}
	const applicable = numbers.length;
	const met = numbers.filter((score) => score === best).length;
	const cap = critical.length > 0 ? Math.min(...critical) : null;
	if (applicable === 0) return { criteria: criteria.length, applicable, met, cap, mean: null, cappedMean: null, share: null, cappedShare: null };
	const mean = numbers.reduce((sum, score) => sum + score, 0) / applicable;
	const share = met / applicable;
	return { criteria: criteria.length, applicable, met, cap, mean, cappedMean: Math.min(mean, cap ?? best), share, cappedShare: Math.min(share, (cap ?? best) / best) };
}

/**
 * The score of a whole service: the plain mean of its areas after their caps, so that a long area weighs no more than a short
 * one; areas in which nothing applies are left out. Criteria that are met are counted over all areas as they are.
 */
export function wholeScore(areas: readonly AreaScore[]): AreaScore {
	const total = (of: (area: AreaScore) => number): number => areas.reduce((sum, area) => sum + of(area), 0);
	const average = (of: (area: AreaScore) => number | null): number | null => {
		const known = areas.flatMap((area) => of(area) ?? []);
		return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
	};
	const caps = areas.flatMap((area) => area.cap ?? []);
	return {
		criteria: total((area) => area.criteria),
		applicable: total((area) => area.applicable),
		met: total((area) => area.met),
		cap: caps.length > 0 ? Math.min(...caps) : null,
		mean: average((area) => area.mean),
		cappedMean: average((area) => area.cappedMean),
		share: average((area) => area.share),
		cappedShare: average((area) => area.cappedShare)
	};
}

/** A criterion on which both sides have taken their stand; where they are equal it is agreed, else there is dissent. */
export type Settled = { readonly criterion: string; readonly civil: Score; readonly authority: Score };

/** An area read as each side reads it; the two are the same where there is no dissent. */
export type AreaReadings = { readonly area: string; readonly civil: AreaScore; readonly authority: AreaScore; readonly dissent: number };

/** How an instrument's criteria lie in areas. */
export type CriterionPlace = { readonly criterion: string; readonly area: string; readonly critical: boolean };

/**
 * What a reconciliation comes to, area by area and (first, with an empty code) for the whole service. Dissent is not averaged
 * away: it makes two readings, one with civil society's scores in the place of dissent, one with the authority's.
 */
export function readingsOf(places: readonly CriterionPlace[], settled: ReadonlyMap<string, Settled>): AreaReadings[] {
	const areas = [...Map.groupBy(places, ({ area }) => area)].map(([area, criteria]): AreaReadings => {
		const read = (side: 'civil' | 'authority'): AreaScore =>
			areaScore(criteria.map(({ criterion, critical }) => ({ critical, score: settled.get(criterion)?.[side] ?? 'na' })));
		const dissent = criteria.filter(({ criterion }) => settled.get(criterion)?.civil !== settled.get(criterion)?.authority).length;
		return { area, civil: read('civil'), authority: read('authority'), dissent };
	});
	const whole: AreaReadings = {
		area: '',
		civil: wholeScore(areas.map((area) => area.civil)),
		authority: wholeScore(areas.map((area) => area.authority)),
		dissent: areas.reduce((sum, area) => sum + area.dissent, 0)
	};
	return [whole, ...areas];
}

/** What is still open on a sheet: criteria without a score, and scores without a kind of evidence. */
export function openCriteria(criteria: readonly string[], sheet: ReadonlyMap<string, { readonly score: Score | null; readonly evidence: readonly string[] }>): string[] {
	return criteria.filter((criterion) => {
		const row = sheet.get(criterion);
		if (!row || row.score === null) return true;
		return row.score !== 'na' && row.evidence.length === 0;
	});
}
