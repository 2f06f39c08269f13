import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { notFound } from '#platform/problem.ts';
import { fold } from '#platform/search-fold.ts';
import { shownNameIfAny } from '#platform/shown-name.ts';
import type { TableQuery } from '#ui/table.ts';
import { figureCellsSchema } from './cells.ts';
import { getMappings } from './compare.server.ts';
import { savedQuery } from './figure.ts';
import { samplingSchema } from './sampling.ts';
import { withdrawnSince } from '../withdrawal/marks.server.ts';

export type FigureRow = {
	id: string; number: number; version: number; title: LocalText; n: number; cutOff: Date; frozenAt: Date | null; measure: string;
	withdrawnAt: Date | null; roundId: string; round: LocalText; compared: LocalText | null; place: LocalText | null;
};

/** What a list of figures is narrowed to. */
export type FigureFilter = { readonly round?: string | undefined; readonly state?: string | undefined; readonly kind?: string | undefined };

/** The figures of a programme, the newest version of each that the actor may see; one page. */
export async function listFigures(tx: Tx, programmeId: string, query: TableQuery, filter: FigureFilter = {}): Promise<{ rows: FigureRow[]; matching: number; total: number }> {
	const newest = tx
		.selectFrom('assessment.figure as f')
		.innerJoin('assessment.round as r', 'r.id', 'f.roundId')
		.leftJoin('assessment.round as e', 'e.id', 'f.comparedRoundId')
		.leftJoin('network.place as p', 'p.id', 'f.placeId')
		.where('f.programmeId', '=', programmeId)
		.where(sql<boolean>`not exists (select from assessment.figure g where g.family_id = f.family_id and g.version > f.version)`);
	let found = newest;
	for (const word of fold(query.search).split(' ').filter(Boolean).slice(0, 10)) found = found.where('f.search', 'like', `%${word}%`);
	if (filter.round) found = found.where(sql<boolean>`f.round_id::text = ${filter.round} or f.compared_round_id::text = ${filter.round}`);
	if (filter.state === 'frozen') found = found.where('f.frozenAt', 'is not', null);
	if (filter.state === 'open') found = found.where('f.frozenAt', 'is', null);
	if (filter.state === 'withdrawn') found = found.where(withdrawnSince('f.id'), 'is not', null);
	if (filter.kind) found = found.where('f.measure', '=', filter.kind);
	const count = sql<string>`count(*)`.as('count');
	const orders: Record<string, ReturnType<typeof sql>> = {
		code: sql`f.number`, title: sql`f.search`, round: sql`r.number`, n: sql`f.n`, counted: sql`f.cut_off`, state: sql`f.frozen_at`
	};
	const descending = query.sort?.descending ?? true;
	const rows = await found
		.select(['f.id', 'f.number', 'f.version', 'f.title', 'f.n', 'f.cutOff', 'f.frozenAt', 'f.measure', 'f.roundId', 'r.name as round', 'e.name as compared', 'p.name as place', withdrawnSince('f.id').as('withdrawnAt')])
		.orderBy(orders[query.sort?.key ?? 'code'] ?? sql`f.number`, (order) => (descending ? order.desc() : order.asc()).nullsLast())
		.orderBy('f.number', 'desc')
		.limit(query.pageSize)
		.offset(query.offset)
		.execute();
	const [matching, total] = [await found.select(count).executeTakeFirstOrThrow(), await newest.select(count).executeTakeFirstOrThrow()];
	return { rows, matching: Number(matching.count), total: Number(total.count) };
}

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
		.leftJoin('assessment.round as b', 'b.id', 'f.comparedRoundId')
		.leftJoin('network.place as p', 'p.id', 'f.placeId')
		.leftJoin('network.person as a', 'a.id', 'f.createdBy')
		.selectAll('f')
		.select(['r.name as round', 'r.number as roundNumber', 'b.name as compared', 'b.number as comparedNumber', 's.cells as shownCells', 's.threshold', 's.withheld', 'e.cells as exactCells', 'p.name as place', shownNameIfAny('a').as('madeBy')])
		.where('f.id', '=', id)
		.where('f.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!figure) throw notFound();
	const { shownCells, exactCells, resultSha256, sampling, ...facts } = figure;
	return {
		...facts,
		query: savedQuery(figure),
		sampling: samplingSchema.parse(sampling),
		hash: resultSha256.toString('hex'),
		shown: figureCellsSchema.parse(shownCells),
		exact: exactCells === null ? null : figureCellsSchema.parse(exactCells),
		mappingsStated: await getMappings(tx, figure.mappings)
	};
}
export type Figure = Awaited<ReturnType<typeof getFigure>>;

/** All versions of a figure that the actor may see, newest first. */
export const figureVersions = (tx: Tx, familyId: string) =>
	tx
		.selectFrom('assessment.figure as f')
		.leftJoin('network.person as a', 'a.id', 'f.createdBy')
		.select(['f.id', 'f.version', 'f.title', 'f.n', 'f.cutOff', 'f.frozenAt', 'f.createdAt', shownNameIfAny('a').as('madeBy')])
		.where('f.familyId', '=', familyId)
		.orderBy('f.version', 'desc')
		.execute();

/** What has happened to a figure's answers since it was counted: how many came in later, and how many of its own were changed, rejected or erased. */
export async function answersSince(tx: Tx, figure: { roundId: string; comparedRoundId: string | null; cutOff: Date }): Promise<{ changed: number; newest: Date | null }> {
	const rounds = [figure.roundId, ...(figure.comparedRoundId === null ? [] : [figure.comparedRoundId])];
	const { rows } = await sql<{ changed: string }>`select count(*) as changed from assessment.answer_change c
		where c.round_id = any(${rounds}::uuid[]) and c.changed_at > ${figure.cutOff} and c.received_at <= ${figure.cutOff}`.execute(tx);
	const later = await sql<{ newest: Date | null }>`select max(x.newest) as newest from unnest(${rounds}::uuid[]) as r (id), lateral assessment.received(r.id) x`.execute(tx);
	const newest = later.rows[0]?.newest ?? null;
	return { changed: Number(rows[0]?.changed ?? 0), newest: newest !== null && newest > figure.cutOff ? newest : null };
}

/** Rounds that a round may be compared with: others that have been opened, of which the actor is a named analyst too. */
export const roundsToCompare = (tx: Tx, programmeId: string, roundId: string) =>
	tx
		.selectFrom('assessment.round as r')
		.select(['r.id', 'r.number', 'r.name'])
		.where('r.programmeId', '=', programmeId)
		.where('r.id', '<>', roundId)
		.where('r.state', '<>', 'draft')
		.where(sql<boolean>`r.id = any((select assessment.analysed_rounds())::uuid[])`)
		.orderBy('r.number')
		.execute();

/** The regions of a programme with the codes by which a map knows them. */
export const mapPlaces = (tx: Tx, programmeId: string) =>
	tx.selectFrom('network.place').select(['id', 'code', 'name']).where('programmeId', '=', programmeId).where('kind', '=', 'region').execute();
