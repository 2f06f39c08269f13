import type { Tx } from '#platform/database.server.ts';
import { shownNameIfAny } from '#platform/shown-name.ts';
import type { LineageStep } from './lineage.ts';

/** Everything a gap came from or went into, undone steps too, newest first. A gap that is not open to the actor is named by nothing but that it is there. */
export async function lineageOf(tx: Tx, gapId: string): Promise<LineageStep[]> {
	const rows = await tx
		.selectFrom('gaps.lineage as l')
		.leftJoin('gaps.gap as f', 'f.id', 'l.fromGapId')
		.leftJoin('gaps.gap as t', 't.id', 'l.intoGapId')
		.leftJoin('network.person as p', 'p.id', 'l.madeBy')
		.select(['l.id', 'l.kind', 'l.fromGapId', 'l.intoGapId', 'l.reason', 'l.madeAt', 'l.undoneAt', shownNameIfAny('p').as('by')])
		.select(['f.number as fromNumber', 'f.title as fromTitle', 'f.state as fromState', 't.number as intoNumber', 't.title as intoTitle', 't.state as intoState'])
		.where((on) => on.or([on('l.fromGapId', '=', gapId), on('l.intoGapId', '=', gapId)]))
		.orderBy('l.madeAt', 'desc')
		.orderBy('l.id')
		.execute();
	return rows.map(({ id, kind, reason, by, madeAt, undoneAt, ...row }) => ({
		id, kind, reason, by, madeAt, undoneAt,
		from: { id: row.fromGapId, number: row.fromNumber, title: row.fromTitle ?? {}, state: row.fromState ?? '' },
		into: { id: row.intoGapId, number: row.intoNumber, title: row.intoTitle ?? {}, state: row.intoState ?? '' }
	}));
}
