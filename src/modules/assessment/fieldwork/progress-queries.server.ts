import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import type { LocalText, Locale } from '#platform/locales.ts';
import type { Permit } from '#platform/permit.server.ts';
import { today } from '#platform/today.ts';
import { condensed, elapsedShare, progressElsewhere, progressOfPlace, progressOfTeam, targetOfTeam, wholeTargets, within, type Period, type Progress, type ProgressCount } from './progress.ts';
import { listTeams, type TeamRow } from './team-queries.server.ts';
import { targetGround } from './target-queries.server.ts';

export type PlaceProgress = Progress & { key: string; placeId: string | null; code: string | null; kind: string; name: LocalText | null; choice: string | null; depth: number };
export type TeamProgress = Progress & { key: string; team: TeamRow };

/** How a round goes: its days, and progress by place (each with its choices) and by team. */
export type RoundProgress = {
	readonly period: Period;
	/** Share of its days that has gone by; null when its first or last day is not known. */
	readonly share: number | null;
	readonly today: string;
	readonly question: string | null;
	readonly whole: Progress;
	readonly places: readonly PlaceProgress[];
	readonly teams: readonly TeamProgress[];
	/** Flags that nobody has dismissed, by rule. */
	readonly flags: readonly { rule: string; submissions: number }[];
};

/** Progress of a round, for who runs it. Counts only: no row of an answer is read. */
export async function roundProgress(tx: Tx, permit: Permit<'round.follow'>, timeZone: string, locale: Locale): Promise<RoundProgress> {
	const { id: roundId, programmeId } = permit.subject;
	const round = await tx.selectFrom('assessment.round').select(['opensOn', 'closesOn', 'openedAt', 'closedAt', 'joint']).where('id', '=', roundId).executeTakeFirstOrThrow();
	const now = round.closedAt ? today(timeZone, round.closedAt) : today(timeZone);
	const period = { from: round.opensOn ?? (round.openedAt ? today(timeZone, round.openedAt) : null), to: round.closesOn };
	const counts = condensed(await countsOf(tx, roundId, timeZone));
	const { places, choices, there: targets, question } = await targetGround(tx, programmeId, roundId, locale);
	const teams = await listTeams(tx, roundId, round.joint);
	const share = elapsedShare(period, now);
	const targetOf = wholeTargets(places, targets);
	const ground = { inside: within(places), targetOf, targets, counts };
	const shownIds = shown(places, targets, counts);
	const rows = places
		.filter((place) => shownIds.has(place.id))
		.flatMap((place): PlaceProgress[] => {
			const depth = place.path.split('.').length;
			const of = (choice: string | null): PlaceProgress => ({
				...progressOfPlace(place.id, choice ?? '', ground, share),
				key: `${place.id}|${choice ?? ''}`, placeId: place.id, code: place.code, kind: place.kind, name: place.name, depth,
				choice: choice === null ? null : (choices.find((each) => each.name === choice)?.label ?? choice)
			});
			return [of(null), ...targets.filter((each) => each.placeId === place.id && each.choice !== '').map((each) => of(each.choice))];
		});
	const tops = places.filter((place) => !places.some((other) => other.id === place.parentId)).map((place) => place.id);
	const elsewhere = progressElsewhere(tops, places, counts);
	const topTargets = tops.flatMap((id) => targetOf(id) ?? []);
	const whole = progressOfTeam('', topTargets.length === 0 ? null : topTargets.reduce((sum, each) => sum + each, 0), counts.map((each) => ({ ...each, teamId: '' })), share);
	const none: PlaceProgress = { ...elsewhere, key: 'elsewhere', placeId: null, code: null, kind: '', name: null, choice: null, depth: 0 };
	const assigned = teams.flatMap((team) => (team.state === 'ended' ? [] : team.places.map((place) => ({ teamId: team.id, placeId: place.id }))));
	return {
		period, share, today: now, question, whole,
		places: elsewhere.received + elsewhere.rejected > 0 ? [...rows, none] : rows,
		teams: teams.map((team) => ({
			...progressOfTeam(team.id, targetOfTeam(assigned, team.id, targetOf), counts, elapsedShare({ from: team.startsOn ?? period.from, to: team.endsOn ?? period.to }, now)),
			key: team.id, team
		})),
		flags: await flagsByRule(tx, roundId)
	};
}

/** Places with a target or answers of their own, and the tops. A country of 9,000 makhallas shows those that matter. */
function shown(places: readonly { id: string; parentId: string | null }[], targets: readonly { placeId: string }[], counts: readonly ProgressCount[]): Set<string> {
	const known = new Map(places.map((place) => [place.id, place.parentId]));
	const ids = new Set(places.filter((place) => place.parentId === null || !known.has(place.parentId)).map((place) => place.id));
	for (const start of [...targets.map((each) => each.placeId), ...counts.flatMap((each) => each.placeId ?? [])]) {
		for (let id: string | null = start; id !== null && known.has(id); id = known.get(id) ?? null) ids.add(id);
	}
	return ids;
}

async function countsOf(tx: Tx, roundId: string, zone: string): Promise<ProgressCount[]> {
	type Row = Omit<ProgressCount, 'received' | 'approved' | 'hasIssues' | 'rejected' | 'flagged'> & Record<'received' | 'approved' | 'hasIssues' | 'rejected' | 'flagged', string>;
	const { rows } = await sql<Row>`select * from assessment.progress(${roundId}::uuid, ${zone})`.execute(tx);
	return rows.map((row) => ({
		...row, received: Number(row.received), approved: Number(row.approved), hasIssues: Number(row.hasIssues), rejected: Number(row.rejected), flagged: Number(row.flagged)
	}));
}

async function flagsByRule(tx: Tx, roundId: string): Promise<{ rule: string; submissions: number }[]> {
	const { rows } = await sql<{ rule: string; submissions: string }>`select rule, submissions from assessment.flag_counts(${roundId}::uuid) where rule is not null order by submissions desc`.execute(tx);
	return rows.map(({ rule, submissions }) => ({ rule, submissions: Number(submissions) }));
}
