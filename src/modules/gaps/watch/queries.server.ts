import type { Tx } from '#platform/database.server.ts';
import { figureCellsSchema } from '#modules/assessment/figures/cells.ts';
import { listMappings, mappingFor } from '#modules/assessment/figures/compare.server.ts';
import { basisOf, type Basis } from '#modules/assessment/figures/count.server.ts';
import { savedQuery } from '#modules/assessment/figures/figure.ts';
import { standsStill, withdrawnSince } from '#modules/assessment/withdrawal/marks.server.ts';
import type { Mapping } from '#modules/assessment/figures/mapping.ts';
import { pathsOf } from '#modules/assessment/figures/query.ts';
import { cellAt, crosses, directions, foundAgain, numberOf, reopenedBy, type Reading } from './watch.ts';

const figures = (tx: Tx, programmeId: string) =>
	tx
		.selectFrom('assessment.figure as f')
		.innerJoin('assessment.round as r', 'r.id', 'f.roundId')
		.innerJoin('assessment.figureProtected as s', 's.figureId', 'f.id')
		.where('f.programmeId', '=', programmeId)
		.select(['f.id', 'f.number', 'f.title', 'f.measure', 'f.placeId', 'f.roundId', 'f.comparedRoundId', 'f.cutOff', 'f.question', 'f.split', 'f.filter', 'f.query', 's.cells', 'r.name as round', 'r.openedAt', withdrawnSince('f.id').as('withdrawnAt')]);
type FigureRow = Awaited<ReturnType<ReturnType<typeof figures>['execute']>>[number];

/**
 * What the rules by which gaps are watched read now, from the figures of later rounds as members may see them. Counts nothing: a round
 * speaks when somebody has made the comparable figure. The number of statements depends on the rounds, not on the gaps.
 * @param gapId only of this gap
 */
export async function readWatches(tx: Tx, programmeId: string, gapId?: string): Promise<Reading[]> {
	let asked = tx.selectFrom('gaps.watch').selectAll().where('programmeId', '=', programmeId).where('endedAt', 'is', null);
	if (gapId !== undefined) asked = asked.where('gapId', '=', gapId);
	const watches = await asked.orderBy('madeAt').orderBy('id').execute();
	if (watches.length === 0) return [];
	const all = await figures(tx, programmeId).execute();
	const byId = new Map(all.map((figure) => [figure.id, figure]));
	const ground = new MappingGround(tx);
	const readings: Reading[] = [];
	for (const watch of watches) {
		const figure = byId.get(watch.figureId);
		if (!figure) continue; // not open to the actor
		const cells = figureCellsSchema.safeParse(figure.cells);
		if (!cells.success) continue;
		const { id, number, title, round, measure } = figure;
		const direction = directions.find((each) => each === watch.direction) ?? 'above';
		readings.push({
			id: watch.id,
			gapId: watch.gapId,
			figure: { id, number, title, round },
			row: cells.data.rows.find((row) => row.key === watch.rowKey)?.label ?? {},
			series: cells.data.series.find((series) => series.key === watch.seriesKey)?.label ?? {},
			measure,
			direction,
			bar: watch.bar,
			reason: watch.reason,
			stated: numberOf(cellAt(cells.data, watch.rowKey, watch.seriesKey), measure),
			withdrawn: figure.withdrawnAt !== null,
			// A number that was taken back says nothing, neither as the bar's origin nor as what came of it.
			next: figure.withdrawnAt === null ? await nextOf({ ...watch, direction }, figure, all.filter((each) => each.withdrawnAt === null), ground) : null
		});
	}
	return readings;
}

type Watched = { rowKey: string; seriesKey: string; direction: 'above' | 'below'; bar: number };

async function nextOf(watch: Watched, figure: FigureRow, all: readonly FigureRow[], ground: MappingGround): Promise<Reading['next']> {
	const opened = figure.openedAt?.getTime() ?? 0;
	const later = all
		.filter((each) => each.roundId !== figure.roundId && (each.openedAt?.getTime() ?? 0) > opened)
		.sort((a, b) => (b.openedAt?.getTime() ?? 0) - (a.openedAt?.getTime() ?? 0) || b.cutOff.getTime() - a.cutOff.getTime() || a.id.localeCompare(b.id));
	const held = { query: savedQuery(figure), measure: figure.measure, placeId: figure.placeId, rowKey: watch.rowKey, seriesKey: watch.seriesKey };
	for (const each of later) {
		const query = savedQuery(each);
		const mappings = await ground.between(figure.roundId, each.roundId, pathsOf(query));
		const found = foundAgain(held, { query, measure: each.measure, placeId: each.placeId, comparedTo: each.comparedRoundId }, mappings);
		const cells = found && figureCellsSchema.safeParse(each.cells);
		if (!found || !cells?.success) continue;
		const told = numberOf(cellAt(cells.data, found.rowKey, found.seriesKey), each.measure);
		const { id, number, round, cutOff } = each;
		return { id, number, round, countedAt: cutOff, told, ...(told ? crosses(told, watch.direction, watch.bar) : { crossed: false, sure: null }) };
	}
	return null;
}

/** How questions of two rounds compare, each pair of rounds looked up once. */
class MappingGround {
	readonly #tx: Tx;
	readonly #bases = new Map<string, Basis>();
	readonly #stated = new Map<string, readonly Mapping[]>();
	constructor(tx: Tx) {
		this.#tx = tx;
	}
	async #basis(roundId: string): Promise<Basis> {
		const known = this.#bases.get(roundId) ?? (await basisOf(this.#tx, roundId));
		this.#bases.set(roundId, known);
		return known;
	}
	async between(earlierId: string, laterId: string, paths: readonly string[]): Promise<ReadonlyMap<string, Mapping>> {
		const [earlier, later] = [await this.#basis(earlierId), await this.#basis(laterId)];
		const pair = `${earlier.versionId} ${later.versionId}`;
		const statements = this.#stated.get(pair) ?? (await listMappings(this.#tx, earlier.versionId, later.versionId));
		this.#stated.set(pair, statements);
		return new Map(
			paths.flatMap((path): [string, Mapping][] => {
				const mapping = mappingFor(path, earlier, later, statements);
				return mapping ? [[path, mapping]] : [];
			})
		);
	}
}

/** Closed gaps that later figures have opened again, with the reading that did: by gap. */
export async function reopenedGaps(tx: Tx, programmeId: string): Promise<ReadonlyMap<string, Reading>> {
	const readings = Map.groupBy(await readWatches(tx, programmeId), (reading) => reading.gapId);
	if (readings.size === 0) return new Map();
	const gaps = await tx.selectFrom('gaps.gap').select(['id', 'state', 'closedAt']).where('id', 'in', [...readings.keys()]).where('state', '=', 'closed').execute();
	return new Map(
		gaps.flatMap((gap): [string, Reading][] => {
			const by = reopenedBy(readings.get(gap.id) ?? [], gap);
			return by ? [[gap.id, by]] : [];
		})
	);
}

/** The numbers that a gap can be watched by: those of the figures which its findings cite, as members may see them. */
export async function cellsToWatch(tx: Tx, gapId: string) {
	const rows = await tx
		.selectFrom('gaps.gapFinding as g')
		.innerJoin('assessment.findingFigure as c', 'c.findingId', 'g.findingId')
		.innerJoin('assessment.figure as f', 'f.id', 'c.figureId')
		.innerJoin('assessment.figureProtected as s', 's.figureId', 'f.id')
		.select(['f.id', 'f.number', 'f.title', 'f.measure', 's.cells'])
		.distinctOn('f.id')
		.where('g.gapId', '=', gapId)
		.where('f.comparedRoundId', 'is', null)
		.where(standsStill('f.id'))
		.orderBy('f.id')
		.execute();
	return rows.flatMap(({ cells, ...figure }) => {
		const parsed = figureCellsSchema.safeParse(cells);
		if (!parsed.success) return [];
		const { series: columns, rows: answers } = parsed.data;
		return answers.flatMap((row) =>
			columns.flatMap((series, i) => (numberOf(row.cells[i], figure.measure) === null ? [] : [{ figure, row: { key: row.key, label: row.label }, series: { key: series.key, label: series.label }, cell: row.cells[i] }]))
		);
	});
}
