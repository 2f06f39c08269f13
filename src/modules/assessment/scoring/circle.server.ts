import { whoCanSee } from '#modules/network/queries.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { shownName } from '#platform/shown-name.ts';
import type { AssessmentPage, ScorerRow } from './queries.server.ts';
import { scoringReaders } from './permits.ts';

/** Who sees what of an assessment at this moment, by name: mirrors the fences. */
export type Circle = {
	/** That the service is scored and how far it is. */
	readonly known: readonly string[];
	/** Before both are in: each side its own sheet. Afterwards null. */
	readonly sealed: { readonly civil: readonly string[]; readonly authority: readonly string[] } | null;
	/** Once both are in: the scores. */
	readonly scores: readonly string[];
};

/** The circle of an assessment, for its page. */
export async function circleOf(tx: Tx, programmeId: string, { roundId, serviceId, placeId, bothInAt, signedRevision }: AssessmentPage['assessment'], scorers: readonly ScorerRow[]): Promise<Circle> {
	const names = (rows: readonly string[]): string[] => [...new Set(rows)].toSorted((a, b) => a.localeCompare(b));
	const known = await whoCanSee(tx, scoringReaders, programmeId, placeId);
	const everybody = await whoCanSee(tx, [...scoringReaders, 'collector'], programmeId, null);
	const analysts = await tx.selectFrom('assessment.roundAnalyst as a').innerJoin('network.person as p', 'p.id', 'a.personId').select(shownName('p').as('name')).where('a.roundId', '=', roundId).execute();
	const own = everybody.filter(({ organisationId, role }) => organisationId === serviceId && role !== 'reviewer' && role !== 'collector');
	const active = scorers.filter(({ removed }) => !removed);
	const side = (of: string): string[] => names(active.flatMap(({ name, side: each }) => (each === of ? [name] : [])));
	const scores = bothInAt === null ? [] : [...active, ...analysts].map(({ name }) => name).concat(signedRevision === null ? [] : own.map(({ displayName }) => displayName));
	return {
		known: names([...known.map(({ displayName }) => displayName), ...active.map(({ name }) => name)]),
		sealed: bothInAt === null ? { civil: side('civil_society'), authority: side('authority') } : null,
		scores: names(scores)
	};
}
