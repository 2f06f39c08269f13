import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { demandHappened } from '#platform/happened.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import { nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { changeRecord, cite, citeOnly, personIn, withdrawRecord, type Citation } from '#platform/record.server.ts';
import { searchText } from '#platform/search-text.ts';
import type { AnswerFields, RecommendationFields } from './recommendation.ts';

/** What a recommendation rests on. */
export const recommendationGaps: Citation = { table: 'policy.recommendation_gap', citing: 'recommendationId', cited: 'gapId' };
export const recommendationResults: Citation = { table: 'policy.recommendation_result', citing: 'recommendationId', cited: 'resultId' };

const table = 'policy.recommendation';

/** Drafts a recommendation to one named authority. @throws Problem `recommendation.not-an-authority` (409) */
export async function draftRecommendation(
	tx: Tx,
	permit: Permit<'recommendation.draft'>,
	fields: RecommendationFields,
	id: string = newId()
): Promise<string> {
	const { gaps, results, ...words } = fields;
	const { programmeId } = permit.subject;
	await demandAuthority(tx, words.addressedTo);
	const number = await nextNumber(tx, programmeId, 'recommendation');
	const made = await tx
		.insertInto(table)
		.values({ id, programmeId, number, ...words, search: searchText(words.title, words.body), createdBy: personIn(permit) })
		.onConflict((on) => on.column('id').doNothing())
		.executeTakeFirst();
	if (made.numInsertedOrUpdatedRows === 0n) return id;
	await cite(tx, recommendationGaps, programmeId, id, gaps);
	await cite(tx, recommendationResults, programmeId, id, results);
	await journal(tx, permit, { table, id, after: { ...fields, number } });
	return id;
}

/** Changes a drafted recommendation; what was delivered stays as it was. @throws Problem `recommendation.delivered` (409) */
export async function editRecommendation(tx: Tx, permit: Permit<'recommendation.edit'>, fields: RecommendationFields, seen?: string): Promise<void> {
	const { gaps, results, ...words } = fields;
	const { id, programmeId } = permit.subject;
	await demandAuthority(tx, words.addressedTo);
	await changeRecord(tx, permit, table, {
		from: ['draft'],
		set: { ...words, search: searchText(words.title, words.body), updatedAt: momentOf(tx) },
		refuse: 'recommendation.delivered',
		seen
	});
	await citeOnly(tx, recommendationGaps, programmeId, id, gaps);
	await citeOnly(tx, recommendationResults, programmeId, id, results);
}

/** Adds to what a recommendation rests on. */
export async function citeForRecommendation(
	tx: Tx,
	permit: Permit<'recommendation.cite'>,
	cited: { gaps: readonly string[]; results: readonly string[] }
): Promise<void> {
	const { id, programmeId } = permit.subject;
	const set = { updatedAt: momentOf(tx) };
	await changeRecord(tx, permit, table, { from: ['draft', 'delivered', 'answered'], set, refuse: 'record.withdrawn-already' });
	await cite(tx, recommendationGaps, programmeId, id, cited.gaps);
	await cite(tx, recommendationResults, programmeId, id, cited.results);
}

/** Records that a recommendation was delivered; the database refuses `recommendation.without-ground` at commit. @throws Problem `day.in-future` (409) */
export async function deliverRecommendation(tx: Tx, permit: Permit<'recommendation.deliver'>, deliveredOn: string): Promise<void> {
	await demandHappened(tx, permit.subject.programmeId, { deliveredOn });
	const set = { state: 'delivered', deliveredOn, updatedAt: momentOf(tx) };
	await changeRecord(tx, permit, table, { from: ['draft'], set, refuse: 'recommendation.delivered' });
}

/**
 * The authority's answer: by an official in own name (`recommendation.answer`), or recorded on behalf
 * (`recommendation.record-answer`), which the record then says. An answer stays as it was given.
 * @throws Problem `day.in-future`, `recommendation.not-awaiting` (409), `recommendation.answered-before-delivery` (409)
 */
export async function answerRecommendation(
	tx: Tx,
	permit: Permit<'recommendation.answer'> | Permit<'recommendation.record-answer'>,
	fields: AnswerFields
): Promise<void> {
	const { id, programmeId } = permit.subject;
	await demandHappened(tx, programmeId, { answeredOn: fields.answeredOn });
	const row = await tx.selectFrom(table).select('deliveredOn').where('id', '=', id).executeTakeFirst();
	if (row?.deliveredOn && fields.answeredOn < row.deliveredOn) throw problem('recommendation.answered-before-delivery', 409, {}, 'answeredOn');
	await changeRecord(tx, permit, table, {
		from: ['delivered'],
		set: {
			state: 'answered',
			...fields,
			answeredBy: personIn(permit),
			answeredOnBehalf: permit.verb === 'recommendation.record-answer',
			updatedAt: momentOf(tx)
		},
		refuse: 'recommendation.not-awaiting'
	});
}

/** Withdraws a recommendation, with the reason. */
export const withdrawRecommendation = (tx: Tx, permit: Permit<'recommendation.withdraw'>, reason: string): Promise<void> =>
	withdrawRecord(tx, permit, table, reason, ['draft', 'delivered', 'answered']);

/** Types of organisations that a recommendation can be addressed to. */
const authorities = ['local_authority', 'ministry', 'commission', 'national_centre', 'state_rehabilitation_centre', 'makhalla_committee'];

async function demandAuthority(tx: Tx, organisationId: string): Promise<void> {
	const found = await tx.selectFrom('network.organisation').select('type').where('id', '=', organisationId).executeTakeFirst();
	if (!found || !authorities.includes(found.type)) throw problem('recommendation.not-an-authority', 409, {}, 'addressedTo');
}
