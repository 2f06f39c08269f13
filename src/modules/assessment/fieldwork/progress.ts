import type { Target } from './target.ts';

/** Counts of a round's answers in one place, of one team, with one choice, on one day, as the database hands them over. */
export type ProgressCount = {
	readonly placeId: string | null;
	readonly teamId: string | null;
	readonly choice: string;
	readonly day: string;
	readonly received: number;
	readonly approved: number;
	readonly hasIssues: number;
	readonly rejected: number;
	readonly flagged: number;
};

/** Days between which something collects; null where a day was not set. */
export type Period = { readonly from: string | null; readonly to: string | null };

/** Where a target stands today. `open`: there is none, or no last day to hold it against. */
export type Standing = 'reached' | 'on-track' | 'behind' | 'far-behind' | 'open';

/** What a row of the progress table counts. */
export type Tally = { received: number; approved: number; hasIssues: number; rejected: number; flagged: number };

export type Progress = Tally & {
	/** null: no target. */
	target: number | null;
	/** How many should have come by the end of today; null without target or last day. */
	expected: number | null;
	standing: Standing;
	/** The newest day on which something came. */
	newest: string | null;
};

const dayNumber = (day: string): number => Math.floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000);

/**
 * Which share of a period has gone by at the end of `today`, from 0 to 1; null when its first or last day is not known. The first
 * and the last day both count whole.
 */
export function elapsedShare({ from, to }: Period, today: string): number | null {
	if (from === null || to === null) return null;
	const whole = dayNumber(to) - dayNumber(from) + 1;
	if (whole <= 0) return null;
	return Math.min(1, Math.max(0, (dayNumber(today) - dayNumber(from) + 1) / whole));
}

/**
 * Where a count stands against its target: behind is less than what evenly spread work would have brought by now, far behind is
 * less than half of it.
 */
export function standingOf(received: number, target: number | null, share: number | null): { expected: number | null; standing: Standing } {
	if (target === null) return { expected: null, standing: 'open' };
	const expected = share === null ? null : Math.floor(target * share);
	if (received >= target) return { expected, standing: 'reached' };
	if (expected === null) return { expected, standing: 'open' };
	return { expected, standing: received >= expected ? 'on-track' : received * 2 >= expected ? 'behind' : 'far-behind' };
}

export const nothing = (): Tally => ({ received: 0, approved: 0, hasIssues: 0, rejected: 0, flagged: 0 });

const total = (counts: readonly ProgressCount[]): Tally & { newest: string | null } => {
	const sum: Tally & { newest: string | null } = { ...nothing(), newest: null };
	for (const each of counts) {
		sum.received += each.received;
		sum.approved += each.approved;
		sum.hasIssues += each.hasIssues;
		sum.rejected += each.rejected;
		sum.flagged += each.flagged;
		if (each.received > 0 && each.day !== '' && (sum.newest === null || each.day > sum.newest)) sum.newest = each.day;
	}
	return sum;
};

const tallyOf = (counts: readonly ProgressCount[]): Tally => {
	const { newest: _newest, ...tally } = total(counts);
	return tally;
};

const rowOf = (counts: readonly ProgressCount[], target: number | null, share: number | null): Progress => {
	const sum = total(counts);
	return { ...sum, target, ...standingOf(sum.received, target, share) };
};

/** What the tree of places tells: which place lies in which. */
export type Nested = { readonly id: string; readonly path: string };

/** Answers of a place are those from it and from all below it. */
export function within(places: readonly Nested[]): (place: string | null, top: string) => boolean {
	const path = new Map(places.map((place) => [place.id, place.path]));
	return (place, top) => {
		if (place === null) return false;
		const [here, above] = [path.get(place), path.get(top)];
		return here !== undefined && above !== undefined && (here === above || here.startsWith(`${above}.`));
	};
}

/**
 * The target of a place altogether: its own, else the sum of those for its choices, else the sum of those right below it. A target
 * of its own may be less or more than what lies below: it was set on purpose.
 */
export function wholeTargets(places: readonly { id: string; parentId: string | null }[], targets: readonly Target[]): (placeId: string) => number | null {
	const below = Map.groupBy(places, (place) => place.parentId);
	const own = Map.groupBy(targets, (each) => each.placeId);
	const sum = (parts: readonly number[]): number | null => (parts.length === 0 ? null : parts.reduce((all, each) => all + each, 0));
	const known = new Map<string, number | null>();
	const of = (id: string): number | null => {
		const before = known.get(id);
		if (before !== undefined) return before;
		const set = own.get(id) ?? [];
		const whole = set.find((each) => each.choice === '');
		const target = whole ? whole.target : set.length > 0 ? sum(set.map((each) => each.target)) : sum((below.get(id) ?? []).flatMap((place) => of(place.id) ?? []));
		known.set(id, target);
		return target;
	};
	return of;
}

/** Counts of the same place, team and choice put together; the day is the newest on which something came. */
export function condensed(counts: readonly ProgressCount[]): ProgressCount[] {
	return [...Map.groupBy(counts, (each) => `${each.placeId}|${each.teamId}|${each.choice}`).values()].flatMap((group) => {
		const [first] = group;
		return first ? [{ ...first, ...tallyOf(group), day: group.reduce((day, each) => (each.received > 0 && each.day > day ? each.day : day), '') }] : [];
	});
}

/** Progress of a place, altogether or (with a choice) of one line of its targets. */
export function progressOfPlace(
	placeId: string,
	choice: string,
	ground: { inside: ReturnType<typeof within>; targetOf: (placeId: string) => number | null; targets: readonly Target[]; counts: readonly ProgressCount[] },
	share: number | null
): Progress {
	const target = choice === '' ? ground.targetOf(placeId) : (ground.targets.find((each) => each.placeId === placeId && each.choice === choice)?.target ?? null);
	return rowOf(ground.counts.filter((each) => ground.inside(each.placeId, placeId) && (choice === '' || each.choice === choice)), target, share);
}

/** Progress of what has no place, or one that the round does not cover: shown, so that nothing is missing from the sum. */
export function progressElsewhere(covered: readonly string[], places: readonly Nested[], counts: readonly ProgressCount[]): Progress {
	const inside = within(places);
	return rowOf(counts.filter((each) => !covered.some((top) => inside(each.placeId, top))), null, null);
}

/**
 * Progress of a team against its part of the targets: of each place assigned to it, the target divided evenly among the teams that
 * the place is assigned to.
 */
export function progressOfTeam(teamId: string, target: number | null, counts: readonly ProgressCount[], share: number | null): Progress {
	return rowOf(counts.filter((each) => each.teamId === teamId), target, share);
}

/** The part of the targets that falls to a team; null when none of its places has one. Rounded up: better one too many. */
export function targetOfTeam(teamPlaces: readonly { teamId: string; placeId: string }[], teamId: string, targetOf: (placeId: string) => number | null): number | null {
	const parts = teamPlaces
		.filter((each) => each.teamId === teamId)
		.flatMap(({ placeId }) => {
			const target = targetOf(placeId);
			return target === null ? [] : [target / new Set(teamPlaces.filter((each) => each.placeId === placeId).map((each) => each.teamId)).size];
		});
	return parts.length === 0 ? null : Math.ceil(parts.reduce((sum, part) => sum + part, 0) - 1e-9);
}
