import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { digest, journal } from '#platform/journal.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { notFound, problem } from '#platform/problem.ts';
import { holdVersion } from '#platform/record.server.ts';
import { fold } from '#platform/search-fold.ts';
import { personIdOf } from '../author.ts';
import { isNamedAnalyst } from '../permits.ts';
import { countComparison, namedBasis } from './compare.server.ts';
import { basisOf, countQuery, type Basis } from './count.server.ts';
import { placedQuery, savedQuery, splitName, type FigureFields } from './figure.ts';
import { queryVersion, type Query } from './query.ts';
import type { Counted } from './result.ts';
import type { SamplingFields } from './sampling.ts';

export { queryVersion } from './query.ts';

/** What is counted for a figure: the query, at a place, in one round or two. */
export type ToCount = { readonly query: Query; readonly placeId: string | null; readonly comparedRoundId: string | null };
export type CountedFigure = { readonly counted: Counted; readonly basis: Basis; readonly mappings: readonly string[] };

/**
 * Counts a figure as it would be saved, over the answers that the acting person may read.
 * @throws Problem what counting and comparing refuse; `figure.too-few` (409) when fewer than the threshold answered
 */
export async function countFigure(tx: Tx, { query, placeId, comparedRoundId }: ToCount, cutOff: Date): Promise<CountedFigure> {
	const placed = placedQuery(query, placeId);
	if (comparedRoundId === null) {
		const basis = await basisOf(tx, query.roundId);
		const { counted, tally } = await countQuery(tx, basis, placed, cutOff);
		const people = [...tally.groups.values()].reduce((sum, group) => sum + group.people, 0);
		if (people < basis.threshold) throw problem('figure.too-few', 409, { n: basis.threshold });
		return { counted, basis, mappings: [] };
	}
	if (!(await isNamedAnalyst(tx, comparedRoundId)) || comparedRoundId === query.roundId) throw problem('figure.compare-round', 409, {}, 'compare');
	const [earlier, later] = [await namedBasis(tx, comparedRoundId), await namedBasis(tx, query.roundId)];
	const { counted, mappings } = await countComparison(tx, { earlier, later }, placed, cutOff);
	if (counted.n < later.threshold) throw problem('figure.too-few', 409, { n: later.threshold });
	return { counted, basis: later, mappings: mappings.flatMap((mapping) => mapping.id ?? []) };
}

/**
 * The hash under which a figure is frozen: query, n and exact cells. Keyed, because a reader of the protected cells
 * could otherwise try which exact cells give it.
 */
export function resultHash(what: ToCount, cutOff: Date, counted: Counted): Buffer {
	const hash = digest({ ...what, cutOff, queryVersion, n: counted.n, cells: counted.exact });
	if (!hash) throw new Error('nothing to hash');
	return hash;
}

type Row = { programmeId: string; figureId: string };
const searchOf = (title: LocalText): string => fold(Object.values(title).join(' '));

/**
 * Counts a figure now and saves it with its exact and its protected cells: a new one, or a new version of one.
 * @throws Problem what {@link countFigure} refuses; `not-found` for a figure of which this is to be a version
 */
export async function saveFigure(tx: Tx, permit: Permit<'figure.save'>, fields: FigureFields): Promise<string> {
	const { programmeId } = permit.subject;
	const { title, query, placeId, comparedRoundId, familyOf } = fields;
	const cutOff = momentOf(tx);
	const { counted, basis, mappings } = await countFigure(tx, fields, cutOff);
	const id = newId();
	const family = familyOf === null ? { familyId: id, number: await nextNumber(tx, programmeId, 'figure'), version: 1 } : await nextVersion(tx, programmeId, familyOf);
	const { measure, of, splits, roundId } = query;
	const result = { unit: basis.unit, n: counted.n, cutOff, queryVersion, resultSha256: resultHash({ query, placeId, comparedRoundId }, cutOff, counted) };
	const asked = { roundId, placeId, comparedRoundId, mappings: [...mappings], measure, question: of, split: splitName(splits) };
	await tx
		.insertInto('assessment.figure')
		.values({ id, programmeId, ...family, title, search: searchOf(title), ...asked, ...result, query: JSON.stringify(query), sampling: samplingJson(basis), createdBy: personIdOf(permit) })
		.execute();
	const row: Row = { programmeId, figureId: id };
	await tx.insertInto('assessment.figureExact').values({ ...row, cells: JSON.stringify(counted.exact) }).execute();
	await tx.insertInto('assessment.figureProtected').values({ ...row, cells: JSON.stringify(counted.shown), threshold: basis.threshold, withheld: counted.withheld }).execute();
	await journal(tx, permit, { table: 'assessment.figure', id, after: { title, ...family, query, ...asked, ...result } });
	return id;
}

const samplingJson = ({ sampling }: Basis): string | null => (sampling === null ? null : JSON.stringify(sampling));

/** Versions are counted under a lock on the first one. */
async function nextVersion(tx: Tx, programmeId: string, figureId: string): Promise<{ familyId: string; number: number; version: number }> {
	const of = await tx.selectFrom('assessment.figure').select(['familyId', 'number']).where('id', '=', figureId).where('programmeId', '=', programmeId).executeTakeFirst();
	if (!of) throw notFound();
	await tx.selectFrom('assessment.figure').select('id').where('id', '=', of.familyId).forUpdate().execute();
	const { newest } = await tx.selectFrom('assessment.figure').select((eb) => eb.fn.max('version').as('newest')).where('familyId', '=', of.familyId).executeTakeFirstOrThrow();
	return { ...of, version: Number(newest) + 1 };
}

/** Counts a saved figure anew over the answers of today. @throws Problem `figure.frozen` (409) once it has been cited */
export async function recomputeFigure(tx: Tx, permit: Permit<'figure.recompute'>): Promise<void> {
	const { id } = permit.subject;
	const before = await tx.selectFrom('assessment.figure').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
	if (before.frozenAt) throw problem('figure.frozen', 409);
	const { placeId, comparedRoundId } = before;
	const query = savedQuery(before);
	const cutOff = momentOf(tx);
	const { counted, basis, mappings } = await countFigure(tx, { query, placeId, comparedRoundId }, cutOff);
	const after = { unit: basis.unit, n: counted.n, cutOff, queryVersion, resultSha256: resultHash({ query, placeId, comparedRoundId }, cutOff, counted), mappings: [...mappings] };
	await tx.updateTable('assessment.figure').set({ ...after, query: JSON.stringify(query), sampling: samplingJson(basis) }).where('id', '=', id).execute();
	await tx.updateTable('assessment.figureExact').set({ cells: JSON.stringify(counted.exact) }).where('figureId', '=', id).execute();
	const { withheld, shown } = counted;
	await tx.updateTable('assessment.figureProtected').set({ cells: JSON.stringify(shown), threshold: basis.threshold, withheld }).where('figureId', '=', id).execute();
	await journal(tx, permit, { table: 'assessment.figure', id, before, after });
}

/** States how the people of a round were chosen. Figures counted before keep what was stated then. */
export async function stateSampling(tx: Tx, permit: Permit<'round.state-sampling'>, fields: SamplingFields, seen?: string): Promise<void> {
	const { id: roundId, programmeId } = permit.subject;
	await holdVersion(tx, { table: 'assessment.round_sampling', id: roundId, key: 'round_id' }, seen);
	const before = await tx.selectFrom('assessment.roundSampling').selectAll().where('roundId', '=', roundId).forUpdate().executeTakeFirst();
	const row = { design: fields.design, population: fields.population, how: fields.how, statedBy: personIdOf(permit), statedAt: momentOf(tx) };
	await tx
		.insertInto('assessment.roundSampling')
		.values({ roundId, programmeId, ...row })
		.onConflict((on) => on.column('roundId').doUpdateSet(row))
		.execute();
	await journal(tx, permit, { table: 'assessment.round_sampling', id: roundId, before, after: row });
}
