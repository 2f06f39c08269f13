import type { Tx } from '#platform/database.server.ts';
import { shownNameIfAny } from '#platform/shown-name.ts';

/** The ledger of a programme, newest first: what was released, when, by whom, and from which figures. */
export async function ledger(tx: Tx, programmeId: string) {
	const releases = await tx
		.selectFrom('releases.release as r')
		.leftJoin('network.person as p', 'p.id', 'r.releasedBy')
		.select(['r.id', 'r.number', 'r.kind', 'r.title', 'r.releasedAt', 'r.contentSha256', shownNameIfAny('p').as('releasedBy')])
		.where('r.programmeId', '=', programmeId)
		.orderBy('r.number', 'desc')
		.execute();
	const figures = await tx
		.selectFrom('releases.releaseFigure as r')
		.innerJoin('assessment.figure as f', 'f.id', 'r.figureId')
		.innerJoin('assessment.round as d', 'd.id', 'f.roundId')
		.leftJoin('assessment.round as b', 'b.id', 'f.comparedRoundId')
		.select(['r.releaseId', 'f.id', 'f.number', 'f.title', 'r.queryVersion', 'r.cutOff', 'r.threshold', 'r.smallest', 'r.held', 'f.roundId', 'f.version', 'd.name as round', 'b.name as comparedRound'])
		.where('r.programmeId', '=', programmeId)
		.orderBy('f.number')
		.execute();
	const byRelease = Map.groupBy(figures, (figure) => figure.releaseId);
	return releases.map((release) => ({ ...release, figures: byRelease.get(release.id) ?? [] }));
}
