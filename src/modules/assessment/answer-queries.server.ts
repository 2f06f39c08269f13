import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { notFound } from '#platform/problem.ts';
import type { Instrument } from '#xforms/instrument.ts';
import type { TableQuery } from '#ui/table.ts';
import { shownStateSql } from './collection/review-queries.server.ts';
import { answeredQuestions, answersSchema, columnKey, flagsSchema, type AnswerRow } from './answers.ts';

/** Which answers are asked for, beside search, order and page. */
export type AnswerFilter = { flagged: boolean; question: string | null; answer: string; state?: string; team?: string };

/** Flags that nobody has dismissed. */
const openFlags = sql<number>`(select count(*) from assessment.quality_flag f where f.submission_id = s.id and f.dismissed_at is null)::integer`;
const flagged = sql<boolean>`${openFlags} > 0`;

/**
 * The answers of a round, for its named analysts; answers replaced by a later edit are left out.
 * @returns the rows of one page, how many match, how many there are
 */
export async function listAnswers(
	tx: Tx,
	permit: Permit<'submission.read'> | Permit<'submission.export'>,
	instrument: Instrument,
	query: TableQuery,
	filter: AnswerFilter
): Promise<{ rows: AnswerRow[]; matching: number; total: number }> {
	const questions = answeredQuestions(instrument);
	const pathOf = (key: string): string | undefined => questions.find((_, i) => columnKey(i) === key)?.xpath;
	const all = tx.selectFrom('assessment.submission as s').where('s.roundId', '=', permit.subject.id).where('s.supersededBy', 'is', null);
	let found = all;
	if (query.search !== '') found = found.where(sql<string>`s.answers::text`, 'ilike', `%${query.search.replace(/[\\%_]/g, '\\$&')}%`);
	if (filter.flagged) found = found.where(flagged);
	if (filter.state) found = found.where(shownStateSql, '=', filter.state);
	if (filter.team) found = found.where(sql<boolean>`s.team_id = ${filter.team}::uuid`);
	const path = filter.question === null ? undefined : pathOf(filter.question);
	// A choice among several, and an entry of a repeat, match as well as a whole answer.
	if (path !== undefined && filter.answer !== '') found = found.where(sql<boolean>`${filter.answer} = any(regexp_split_to_array(btrim(s.answers ->> ${path}::text, '[]"'), '[",\\s]+'))`);
	const count = sql<string>`count(*)`.as('count');
	const [total, matching] = [await all.select(count).executeTakeFirstOrThrow(), await found.select(count).executeTakeFirstOrThrow()];
	const sorted = query.sort && pathOf(query.sort.key);
	const by = sorted ? sql`s.answers ->> ${sorted}::text` : sql`s.received_at`;
	const rows = await found
		.leftJoin('network.place as p', 'p.id', 's.placeId')
		.leftJoin('assessment.team as t', 't.id', 's.teamId')
		.select(['s.id', 's.receivedAt', 's.answers', shownStateSql.as('reviewState'), 't.name as team', 'p.name as place', openFlags.as('flags')])
		.orderBy(by, (order) => (query.sort && !query.sort.descending ? order.asc() : order.desc()).nullsLast())
		.orderBy('s.id')
		.limit(query.pageSize)
		.offset(query.offset)
		.execute();
	return { rows: rows.map((row) => ({ ...row, answers: answersSchema.parse(row.answers) })), matching: Number(matching.count), total: Number(total.count) };
}

/** One submission with its answers and flags. @throws Problem `not-found` */
export async function getAnswer(tx: Tx, permit: Permit<'submission.read'>, id: string) {
	const found = await tx
		.selectFrom('assessment.submission as s')
		.leftJoin('network.place as p', 'p.id', 's.placeId')
		.leftJoin('assessment.team as t', 't.id', 's.teamId')
		.select(['s.id', 's.receivedAt', 's.checkedAt', 's.answers', 's.flags', 's.madeUp', 's.instanceId', shownStateSql.as('reviewState'), 's.supersededBy', 's.editedBy', 't.name as team', 'p.name as place'])
		.where('s.id', '=', id)
		.where('s.roundId', '=', permit.subject.id)
		.executeTakeFirst();
	if (!found) throw notFound();
	return { ...found, answers: answersSchema.parse(found.answers), flags: flagsSchema.parse(found.flags) };
}

/** Rows that one export hands over at most. */
export const mostExported = 50_000;

/** The answers for an export, with a journal entry that says how many left and by which filter. */
export async function exportAnswers(tx: Tx, permit: Permit<'submission.export'>, instrument: Instrument, query: TableQuery, filter: AnswerFilter) {
	const found = await listAnswers(tx, permit, instrument, { ...query, pageSize: mostExported, offset: 0 }, filter);
	await journal(tx, permit, { table: 'assessment.round', id: permit.subject.id, after: { exported: found.rows.length, of: found.total, filter, columns: [...query.columns] } });
	return found;
}
