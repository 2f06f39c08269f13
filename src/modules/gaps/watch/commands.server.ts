import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { notFound, problem } from '#platform/problem.ts';
import { personIn } from '#platform/record.server.ts';
import { getFigure } from '#modules/assessment/figures/queries.server.ts';
import { cellAt, numberOf, type WatchFields } from './watch.ts';

/**
 * States the rule by which a gap counts as open: the comparable number of a later round lies above or below a bar. The figure is frozen
 * by it, as by every citation.
 * @throws Problem `watch.cell-unknown`, `watch.bar-unfit` (409), `gap.not-editable` (409), `watch.there-already`
 */
export async function watchGap(tx: Tx, permit: Permit<'gap.watch'>, { cell, direction, bar, reason }: WatchFields): Promise<string> {
	const { id: gapId, programmeId } = permit.subject;
	const gap = await tx.selectFrom('gaps.gap').select('state').where('id', '=', gapId).forUpdate().executeTakeFirst();
	if (gap?.state !== 'open' && gap?.state !== 'closed') throw problem('gap.not-editable', 409);
	const figure = await getFigure(tx, programmeId, cell.figureId);
	if (numberOf(cellAt(figure.shown, cell.rowKey, cell.seriesKey), figure.measure) === null) throw problem('watch.cell-unknown', 409, {}, 'cell');
	const share = figure.measure === 'share';
	if (share && (bar < 0 || bar > 100)) throw problem('watch.bar-unfit', 409, {}, 'bar');
	const same = await tx.selectFrom('gaps.watch').select('id').where('gapId', '=', gapId).where('figureId', '=', cell.figureId).where('rowKey', '=', cell.rowKey).where('seriesKey', '=', cell.seriesKey).where('endedAt', 'is', null).executeTakeFirst();
	if (same) throw problem('watch.there-already', 409, {}, 'cell');
	const row = { id: newId(), programmeId, gapId, ...cell, direction, bar: share ? bar / 100 : bar, reason, madeBy: personIn(permit), madeAt: momentOf(tx) };
	await tx.insertInto('gaps.watch').values(row).execute();
	await journal(tx, permit, { table: 'gaps.gap', id: gapId, after: row });
	return row.id;
}

/** Ends a rule. That it was there stays. @throws Problem `not-found` when it is not a rule of this gap, or has ended */
export async function endWatch(tx: Tx, permit: Permit<'gap.end-watch'>, watchId: string): Promise<void> {
	const { id: gapId } = permit.subject;
	const before = await tx.selectFrom('gaps.watch').selectAll().where('id', '=', watchId).where('gapId', '=', gapId).where('endedAt', 'is', null).forUpdate().executeTakeFirst();
	if (!before) throw notFound();
	await tx.updateTable('gaps.watch').set({ endedAt: momentOf(tx) }).where('id', '=', watchId).execute();
	await journal(tx, permit, { table: 'gaps.gap', id: gapId, before, after: { ...before, endedAt: momentOf(tx) } });
}
