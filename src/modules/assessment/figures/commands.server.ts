import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { digest, journal } from '#platform/journal.server.ts';
import { nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { instrumentSchema, type Instrument } from '#xforms/instrument.ts';
import { personIdOf } from '../author.ts';
import { filterSchema, type FigureFields } from './figure.ts';
import { countFigure, type CountedFigure, type FigureQuery } from './count.server.ts';

/** Version of the way figures are counted; a figure keeps the one it was counted with. */
export const queryVersion = 1;

type Basis = { instrument: Instrument; unit: string; threshold: number };

async function basisOf(tx: Tx, roundId: string): Promise<Basis> {
	const found = await tx
		.selectFrom('assessment.round as r')
		.innerJoin('assessment.instrumentVersion as v', 'v.id', 'r.instrumentVersionId')
		.innerJoin('network.programme as p', 'p.id', 'r.programmeId')
		.select(['r.unit', 'v.model', 'p.thresholdPeople', 'p.thresholdSurvivors'])
		.where('r.id', '=', roundId)
		.executeTakeFirstOrThrow();
	const { unit, thresholdPeople, thresholdSurvivors } = found;
	return { instrument: instrumentSchema.parse(found.model), unit, threshold: unit === 'survivors' ? thresholdSurvivors : thresholdPeople };
}

/**
 * The hash under which a figure is frozen: query, n and exact cells. Keyed, because a reader of the protected cells
 * could otherwise try which exact cells give it.
 */
function resultHash(query: FigureQuery, counted: CountedFigure): Buffer {
	const hash = digest({ ...query, queryVersion, n: counted.n, cells: counted.exact });
	if (!hash) throw new Error('nothing to hash');
	return hash;
}

/**
 * Counts a figure now and saves it with its exact and its protected cells.
 * @throws Problem what `countFigure` refuses
 */
export async function saveFigure(tx: Tx, permit: Permit<'figure.save'>, roundId: string, fields: FigureFields): Promise<string> {
	const { programmeId } = permit.subject;
	const { title, bands, ...counted } = fields;
	const { instrument, unit, threshold } = await basisOf(tx, roundId);
	const query: FigureQuery = { roundId, ...counted, bands, cutOff: momentOf(tx) };
	const result = await countFigure(tx, instrument, query, threshold);
	const id = newId();
	const number = await nextNumber(tx, programmeId, 'figure');
	const figure = { unit, n: result.n, cutOff: query.cutOff, queryVersion, resultSha256: resultHash(query, result) };
	await tx
		.insertInto('assessment.figure')
		.values({ id, programmeId, roundId, number, title, ...counted, filter: bands.length > 0 ? JSON.stringify({ bands }) : null, ...figure, createdBy: personIdOf(permit) })
		.execute();
	await tx.insertInto('assessment.figureExact').values({ programmeId, figureId: id, cells: JSON.stringify(result.exact) }).execute();
	const { withheld } = result;
	await tx.insertInto('assessment.figureProtected').values({ programmeId, figureId: id, cells: JSON.stringify(result.shown), threshold, withheld }).execute();
	await journal(tx, permit, { table: 'assessment.figure', id, after: { roundId, ...fields, ...figure } });
	return id;
}

/** Counts a saved figure anew over the answers of today. @throws Problem `figure.frozen` (409) once it has been cited */
export async function recomputeFigure(tx: Tx, permit: Permit<'figure.recompute'>): Promise<void> {
	const { id } = permit.subject;
	const before = await tx.selectFrom('assessment.figure').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
	if (before.frozenAt) throw problem('figure.frozen', 409);
	const { roundId, placeId, question, split } = before;
	const { instrument, unit, threshold } = await basisOf(tx, roundId);
	const bands = filterSchema.parse(before.filter)?.bands ?? [];
	const query: FigureQuery = { roundId, placeId, measure: before.measure === 'share' ? 'share' : 'count', question, split, bands, cutOff: momentOf(tx) };
	const result = await countFigure(tx, instrument, query, threshold);
	const after = { unit, n: result.n, cutOff: query.cutOff, queryVersion, resultSha256: resultHash(query, result) };
	await tx.updateTable('assessment.figure').set(after).where('id', '=', id).execute();
	await tx.updateTable('assessment.figureExact').set({ cells: JSON.stringify(result.exact) }).where('figureId', '=', id).execute();
	const { withheld } = result;
	await tx.updateTable('assessment.figureProtected').set({ cells: JSON.stringify(result.shown), threshold, withheld }).where('figureId', '=', id).execute();
	await journal(tx, permit, { table: 'assessment.figure', id, before, after });
}
