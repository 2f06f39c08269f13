import { recheckKinds } from '#modules/assessment/collection/recheck.ts';
import { blockLength, type Observation, type Watched } from './observe.ts';

export const qualityRules = [
	...recheckKinds, 'same-answers', 'same-key', 'overlap', 'soon-after', 'outlier', 'too-fast', 'straight-line'
] as const;
export type QualityRule = (typeof qualityRules)[number];

/** The numbers that a rule compared, for the person who looks. Never an answer in words. */
export type FlagFacts = Readonly<Record<string, string | number>>;

/** Something a person should look at. `key`: a question's path, or the id of the other submission. */
export type Found = { readonly submissionId: string; readonly rule: QualityRule; readonly key: string; readonly facts: FlagFacts };

/** What the round says about itself. */
export type RoundRules = { readonly shortestMinutes: number | null };

/** Answers below which a distribution says nothing. */
export const leastForOutliers = 20;
/** Robust standard deviations from the median at which a number stands out. */
export const outlierDistance = 5;
/** Seconds between the end of an interview and the start of the next by the same person, below which both are worth a look. */
export const shortestPause = 60;
/** How many identical submissions chance may bring before identity says anything. */
const expectedByChance = 0.05;
/** Share of straight lines from which they are the nature of the questions, not of an interview. */
const commonStraight = 0.3;
const longestInterview = 24 * 3_600_000;

/** Holds all rules against a round's counted submissions. Each pair of a submission and a reason is there once. */
export function findFlags(all: readonly Observation[], watched: Watched, round: RoundRules): Found[] {
	return [...recheckFlags(all), ...sameAnswers(all, watched), ...sameKey(all), ...sameTime(all), ...outliers(all, watched), ...tooFast(all, round), ...straightLines(all, watched)];
}

function recheckFlags(all: readonly Observation[]): Found[] {
	return all.flatMap(({ id, flags }) => {
		const once = new Map(flags.map((flag) => [`${flag.kind} ${flag.path}`, flag]));
		return [...once.values()].map(({ kind, path }): Found => ({ submissionId: id, rule: kind, key: path, facts: {} }));
	});
}

/** Groups with more than one; the order of what comes in is kept. */
function groups<T>(all: readonly T[], keyOf: (each: T) => string | null): T[][] {
	const map = new Map<string, T[]>();
	for (const each of all) {
		const key = keyOf(each);
		if (key === null) continue;
		const group = map.get(key);
		if (group) group.push(each);
		else map.set(key, [each]);
	}
	return [...map.values()].filter((group) => group.length > 1);
}

/** Each of a group is flagged with the first of the others, however large the group. */
const againstFirst = (group: readonly Observation[], rule: QualityRule, facts: FlagFacts = {}): Found[] =>
	group.flatMap((each, i) => {
		const other = group[i === 0 ? 1 : 0];
		return other ? [{ submissionId: each.id, rule, key: other.id, facts: { receipt: other.receipt, others: group.length - 1, ...facts } }] : [];
	});

/**
 * Submissions that answer everything alike, where chance does not explain it: the probability of each answer is estimated from the
 * other submissions (add-one smoothing; a number counts as one of 20, a text as one of 100), and a group is flagged when fewer
 * than 0.05 others would be expected to be the same.
 */
function sameAnswers(all: readonly Observation[], watched: Watched): Found[] {
	const found = groups(all, (each) => each.fingerprint);
	if (found.length === 0) return [];
	const counts = watched.compared.map(() => new Map<string, number>());
	const answered = watched.compared.map(() => 0);
	for (const { choices } of all) {
		for (const [i, value] of choices) {
			counts[i]?.set(value, (counts[i].get(value) ?? 0) + 1);
			answered[i] = (answered[i] ?? 0) + 1;
		}
	}
	return found.flatMap((group) => {
		const [first] = group;
		if (!first) return [];
		let log = Math.log(all.length) - first.numbersGiven * Math.log(20) - first.textsGiven * Math.log(100);
		for (const [i, value] of first.choices) {
			const others = (answered[i] ?? 0) - group.length;
			log += Math.log(((counts[i]?.get(value) ?? 0) - group.length + 1) / (others + Math.max(2, watched.compared[i]?.choices ?? 2)));
		}
		return log < Math.log(expectedByChance) ? againstFirst(group, 'same-answers') : [];
	});
}

const sameKey = (all: readonly Observation[]): Found[] => groups(all, (each) => each.key).flatMap((group) => againstFirst(group, 'same-key'));

const timed = (each: Observation): each is Observation & { start: number; end: number } =>
	each.start !== null && each.end !== null && each.end > each.start && each.end - each.start <= longestInterview;

/** Two interviews of one person at the same time, or one right after the other. */
function sameTime(all: readonly Observation[]): Found[] {
	return groups(all.filter(timed), (each) => each.collector).flatMap((group) => {
		const ordered = group.toSorted((a, b) => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : 1));
		const found: Found[] = [];
		const flagged = new Set<string>();
		let last: (typeof ordered)[number] | undefined;
		for (const each of ordered) {
			// The one that has gone on longest so far: whoever overlaps with anybody overlaps with it.
			if (last && each.start < last.end) {
				const minutes = Math.max(1, Math.round((Math.min(last.end, each.end) - each.start) / 60_000));
				for (const [one, other] of [[each, last], [last, each]] as const) {
					if (flagged.has(one.id)) continue;
					flagged.add(one.id);
					found.push({ submissionId: one.id, rule: 'overlap', key: other.id, facts: { receipt: other.receipt, minutes } });
				}
			} else if (last && each.start - last.end < shortestPause * 1000) {
				found.push({ submissionId: each.id, rule: 'soon-after', key: last.id, facts: { receipt: last.receipt, seconds: Math.round((each.start - last.end) / 1000) } });
			}
			if (!last || each.end > last.end) last = each;
		}
		return found;
	});
}

/** The middle of ordered numbers; of two middles their mean. */
export function medianOf(ordered: ArrayLike<number>): number {
	const n = ordered.length;
	const half = n >> 1;
	const high = ordered[half] ?? Number.NaN;
	return n % 2 === 1 ? high : ((ordered[half - 1] ?? Number.NaN) + high) / 2;
}

/**
 * Centre and spread that a few wild numbers cannot move: the median, and the median distance from it (MAD) scaled to a standard
 * deviation (Rousseeuw and Croux 1993). Where more than half of the numbers are the same, the mean distance stands in for it.
 */
export function robust(numbers: readonly number[]): { median: number; spread: number } {
	const ordered = Float64Array.from(numbers).sort();
	const median = medianOf(ordered);
	const distances = Float64Array.from(ordered, (each) => Math.abs(each - median)).sort();
	const mad = medianOf(distances);
	if (mad > 0) return { median, spread: 1.4826 * mad };
	return { median, spread: 1.2533 * (distances.reduce((sum, each) => sum + each, 0) / distances.length) };
}

const rounded = (value: number): number => Number(value.toPrecision(6));

function outliers(all: readonly Observation[], watched: Watched): Found[] {
	return watched.numbers.flatMap((path, i) => {
		const numbers = all.flatMap((each) => each.values[i] ?? []);
		if (numbers.length < leastForOutliers) return [];
		const { median, spread } = robust(numbers);
		// What nobody said is no usual range: where all numbers are zero or more, it does not begin below zero.
		const least = numbers.some((each) => each < 0) ? -Infinity : 0;
		if (!(spread > 0)) return [];
		return all.flatMap(({ id, values }): Found[] => {
			const worst = (values[i] ?? []).reduce<number | null>((far, each) => (far === null || Math.abs(each - median) > Math.abs(far - median) ? each : far), null);
			if (worst === null || Math.abs(worst - median) <= outlierDistance * spread) return [];
			const [low, high] = [Math.max(least, median - outlierDistance * spread), median + outlierDistance * spread];
			return [{ submissionId: id, rule: 'outlier', key: path, facts: { value: rounded(worst), median: rounded(median), low: rounded(low), high: rounded(high) } }];
		});
	});
}

/** Shorter than the round says; or, where there are enough, far below the others and less than half of the middle one. */
function tooFast(all: readonly Observation[], { shortestMinutes }: RoundRules): Found[] {
	const known = all.filter(timed);
	const minutes = (each: { start: number; end: number }): number => (each.end - each.start) / 60_000;
	const { median, spread } = known.length < leastForOutliers ? { median: Number.NaN, spread: 0 } : robust(known.map((each) => Math.log(minutes(each))));
	return known.flatMap((each): Found[] => {
		const took = minutes(each);
		const tooShort = shortestMinutes !== null && took < shortestMinutes;
		const farBelow = spread > 0 && Math.log(took) < median - 3.5 * spread && Math.log(took) < median - Math.log(2);
		if (!tooShort && !farBelow) return [];
		const least: FlagFacts = tooShort ? { least: shortestMinutes } : { median: Math.round(Math.exp(median)) };
		return [{ submissionId: each.id, rule: 'too-fast', key: '', facts: { minutes: Math.round(took * 10) / 10, ...least } }];
	});
}

/** One and the same choice for a whole row of questions, unless that is how most people answer them. */
function straightLines(all: readonly Observation[], watched: Watched): Found[] {
	return watched.blocks.flatMap(({ key }, i) => {
		const answered = all.filter((each) => (each.rows[i]?.answered ?? 0) >= blockLength);
		const straight = answered.filter((each) => each.rows[i]?.same !== null);
		if (answered.length >= 10 && straight.length / answered.length > commonStraight) return [];
		return straight.map((each): Found => ({ submissionId: each.id, rule: 'straight-line', key, facts: { answers: each.rows[i]?.answered ?? 0 } }));
	});
}
