import type { Tx } from '#platform/database.server.ts';
import { notFound } from '#platform/problem.ts';
import { figureCellsSchema } from './cells.ts';
import { filterSchema } from './figure.ts';

/** The figures of a programme, newest first. */
export const listFigures = (tx: Tx, programmeId: string) =>
	tx
		.selectFrom('assessment.figure as f')
		.innerJoin('assessment.round as r', 'r.id', 'f.roundId')
		.select(['f.id', 'f.number', 'f.title', 'f.n', 'f.cutOff', 'f.frozenAt', 'r.name as round'])
		.where('f.programmeId', '=', programmeId)
		.orderBy('f.number', 'desc')
		.execute();

/**
 * A figure: for a named analyst of its round with the exact cells, for everybody else as it may be shown.
 * @throws Problem `not-found`
 */
export async function getFigure(tx: Tx, programmeId: string, id: string) {
	const figure = await tx
		.selectFrom('assessment.figure as f')
		.innerJoin('assessment.round as r', 'r.id', 'f.roundId')
		.innerJoin('assessment.figureProtected as s', 's.figureId', 'f.id')
		.leftJoin('assessment.figureExact as e', 'e.figureId', 'f.id')
		.leftJoin('network.place as p', 'p.id', 'f.placeId')
		.selectAll('f')
		.select(['r.name as round', 'r.number as roundNumber', 's.cells as shownCells', 's.threshold', 's.withheld', 'e.cells as exactCells', 'p.name as place'])
		.where('f.id', '=', id)
		.where('f.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!figure) throw notFound();
	const { shownCells, exactCells, resultSha256, filter, ...facts } = figure;
	return {
		...facts,
		bands: filterSchema.parse(filter)?.bands ?? [],
		hash: resultSha256.toString('hex'),
		shown: figureCellsSchema.parse(shownCells),
		exact: exactCells === null ? null : figureCellsSchema.parse(exactCells)
	};
}
