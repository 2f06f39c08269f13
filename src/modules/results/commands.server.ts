import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { demandHappened } from '#platform/happened.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import { nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { changeRecord, cite, citeOnly, personIn, withdrawRecord, type Citation } from '#platform/record.server.ts';
import { searchText } from '#platform/search-text.ts';
import type { ResultFields } from './result.ts';

const citation = (name: string): Citation => ({ table: `results.result_${name}`, citing: 'resultId', cited: `${name}Id` });

/** What a result rests on: the responses it came of, and its evidence. */
export const resultCites = {
	trainings: citation('training'),
	plans: citation('plan'),
	figures: citation('figure'),
	quotations: citation('quotation'),
	documents: citation('document')
} as const;
type Cited = Pick<ResultFields, keyof typeof resultCites>;

const table = 'results.result';

async function citeAll(tx: Tx, put: typeof cite, programmeId: string, id: string, cited: Cited): Promise<void> {
	await put(tx, resultCites.trainings, programmeId, id, cited.trainings);
	await put(tx, resultCites.plans, programmeId, id, cited.plans);
	await put(tx, resultCites.figures, programmeId, id, cited.figures);
	await put(tx, resultCites.quotations, programmeId, id, cited.quotations);
	await put(tx, resultCites.documents, programmeId, id, cited.documents);
}

const columnsOf = ({ statement, value, valueUnit, observedOn, placeId }: ResultFields) => ({
	statement,
	value,
	valueUnit,
	observedOn,
	placeId,
	search: searchText(statement)
});

/** Drafts a result. @throws Problem `day.in-future` (409) */
export async function draftResult(tx: Tx, permit: Permit<'result.draft'>, fields: ResultFields, id: string = newId()): Promise<string> {
	const { programmeId } = permit.subject;
	await demandHappened(tx, programmeId, { observedOn: fields.observedOn });
	const number = await nextNumber(tx, programmeId, 'result');
	const made = await tx
		.insertInto(table)
		.values({ id, programmeId, number, ...columnsOf(fields), createdBy: personIn(permit) })
		.onConflict((on) => on.column('id').doNothing())
		.executeTakeFirst();
	if (made.numInsertedOrUpdatedRows === 0n) return id;
	await citeAll(tx, cite, programmeId, id, fields);
	await journal(tx, permit, { table, id, after: { ...fields, number } });
	return id;
}

/** Changes a drafted result. What stands is not reworded: withdraw it and write another. @throws Problem `result.not-draft` */
export async function editResult(tx: Tx, permit: Permit<'result.edit'>, fields: ResultFields, seen?: string): Promise<void> {
	const { id, programmeId } = permit.subject;
	await demandHappened(tx, programmeId, { observedOn: fields.observedOn });
	await changeRecord(tx, permit, table, { from: ['draft'], set: { ...columnsOf(fields), updatedAt: momentOf(tx) }, refuse: 'result.not-draft', seen });
	await citeAll(tx, citeOnly, programmeId, id, fields);
}

/** Adds to what a result rests on. */
export async function citeForResult(tx: Tx, permit: Permit<'result.cite'>, cited: Cited): Promise<void> {
	const { id, programmeId } = permit.subject;
	await changeRecord(tx, permit, table, { from: ['draft', 'stands'], set: { updatedAt: momentOf(tx) }, refuse: 'result.not-editable' });
	await citeAll(tx, cite, programmeId, id, cited);
}

/** Lets a drafted result stand; the database refuses `result.without-response` and `result.without-evidence` at commit. */
export async function confirmResult(tx: Tx, permit: Permit<'result.confirm'>): Promise<void> {
	const { observedOn } = await changeRecord(tx, permit, table, { from: ['draft'], set: { state: 'stands', updatedAt: momentOf(tx) }, refuse: 'result.not-draft' });
	// It was drafted before such days were refused.
	await demandHappened(tx, permit.subject.programmeId, { observedOn: typeof observedOn === 'string' ? observedOn : null });
}

/** Withdraws a result, with the reason. */
export const withdrawResult = (tx: Tx, permit: Permit<'result.withdraw'>, reason: string): Promise<void> =>
	withdrawRecord(tx, permit, table, reason, ['draft', 'stands']);
