import type { Tx } from '#platform/database.server.ts';
import { demandHappened } from '#platform/happened.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import { nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { changeRecord, cite, citeOnly, personIn, withdrawRecord, type Citation } from '#platform/record.server.ts';
import { searchText } from '#platform/search-text.ts';
import type { ChangeFields } from './change.ts';

const citation = (name: string): Citation => ({ table: `policy.change_${name}`, citing: 'changeId', cited: `${name}Id` });

/** The evidence a change was verified on. */
export const changeCites = { figures: citation('figure'), quotations: citation('quotation'), documents: citation('document') } as const;
type Cited = Pick<ChangeFields, keyof typeof changeCites>;

const table = 'policy.change';

async function citeAll(tx: Tx, put: typeof cite, programmeId: string, id: string, cited: Cited): Promise<void> {
	await put(tx, changeCites.figures, programmeId, id, cited.figures);
	await put(tx, changeCites.quotations, programmeId, id, cited.quotations);
	await put(tx, changeCites.documents, programmeId, id, cited.documents);
}

const columnsOf = ({ figures: _figures, quotations: _quotations, documents: _documents, ...change }: ChangeFields) => ({
	...change,
	search: searchText(change.statement)
});

/** Drafts a change that a commitment brought about. */
export async function draftChange(tx: Tx, permit: Permit<'change.draft'>, fields: ChangeFields, id: string = newId()): Promise<string> {
	const { programmeId } = permit.subject;
	await demandHappened(tx, programmeId, { verifiedOn: fields.verifiedOn });
	const number = await nextNumber(tx, programmeId, 'change');
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

/** Changes a drafted change. @throws Problem `change.not-draft` (409) */
export async function editChange(tx: Tx, permit: Permit<'change.edit'>, fields: ChangeFields, seen?: string): Promise<void> {
	const { id, programmeId } = permit.subject;
	await demandHappened(tx, programmeId, { verifiedOn: fields.verifiedOn });
	await changeRecord(tx, permit, table, { from: ['draft'], set: columnsOf(fields), refuse: 'change.not-draft', seen });
	await citeAll(tx, citeOnly, programmeId, id, fields);
}

/** Adds to the evidence of a change. */
export async function citeForChange(tx: Tx, permit: Permit<'change.cite'>, cited: Cited): Promise<void> {
	const { id, programmeId } = permit.subject;
	const row = await tx.selectFrom(table).select('state').where('id', '=', id).executeTakeFirstOrThrow();
	await changeRecord(tx, permit, table, { from: ['draft', 'stands'], set: { state: row.state }, refuse: 'record.withdrawn-already' });
	await citeAll(tx, cite, programmeId, id, cited);
}

/** Lets a change stand as verified; the database refuses `change.without-evidence` and `change.without-commitment` at commit. */
export async function verifyChange(tx: Tx, permit: Permit<'change.verify'>): Promise<void> {
	const { verifiedOn } = await changeRecord(tx, permit, table, { from: ['draft'], set: { state: 'stands' }, refuse: 'change.not-draft' });
	// It was drafted before such days were refused.
	await demandHappened(tx, permit.subject.programmeId, { verifiedOn: typeof verifiedOn === 'string' ? verifiedOn : null });
}

/** Withdraws a change, with the reason. */
export const withdrawChange = (tx: Tx, permit: Permit<'change.withdraw'>, reason: string): Promise<void> =>
	withdrawRecord(tx, permit, table, reason, ['draft', 'stands']);
