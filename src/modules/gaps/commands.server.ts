import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import { nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { changeRecord, cite, citeOnly, personIn, withdrawRecord, type Citation } from '#platform/record.server.ts';
import { searchText } from '#platform/search-text.ts';
import type { GapFields } from './gap.ts';

/** By what a gap counts as met. */
const gapMet: Citation = { table: 'gaps.gap_met', citing: 'gapId', cited: 'findingId' };

/** What a gap rests on. */
export const gapFindings: Citation = { table: 'gaps.gap_finding', citing: 'gapId', cited: 'findingId' };

/**
 * Drafts a gap with the findings it rests on so far.
 * @param id minted where the gap was written; sending the same one again changes nothing
 */
export async function draftGap(tx: Tx, permit: Permit<'gap.draft'>, fields: GapFields, id: string = newId()): Promise<string> {
	const { findings, groups = [], ...gap } = fields;
	const { programmeId } = permit.subject;
	const number = await nextNumber(tx, programmeId, 'gap');
	const made = await tx
		.insertInto('gaps.gap')
		.values({ id, programmeId, number, ...gap, groups, search: searchText(gap.title, gap.description), createdBy: personIn(permit) })
		.onConflict((on) => on.column('id').doNothing())
		.executeTakeFirst();
	if (made.numInsertedOrUpdatedRows === 0n) return id;
	await cite(tx, gapFindings, programmeId, id, findings);
	await journal(tx, permit, { table: 'gaps.gap', id, after: { ...fields, number } });
	return id;
}

/**
 * Changes a gap's words, place or barrier. While it is a draft it cites exactly the findings given; afterwards findings
 * are only added.
 * @param seen the version the form was filled from
 * @throws Problem `gap.not-editable`, `record.changed-since` (409)
 */
export async function editGap(tx: Tx, permit: Permit<'gap.edit'>, fields: GapFields, seen?: string): Promise<void> {
	const { findings, groups = [], ...gap } = fields;
	const { id, programmeId } = permit.subject;
	const { state } = await changeRecord(tx, permit, 'gaps.gap', {
		from: ['draft', 'open'],
		set: { ...gap, groups, search: searchText(gap.title, gap.description), updatedAt: momentOf(tx) },
		refuse: 'gap.not-editable',
		seen
	});
	await (state === 'draft' ? citeOnly : cite)(tx, gapFindings, programmeId, id, findings);
}

/** Adds findings to what a gap rests on, at any time before it is withdrawn: so that a gap whose evidence fell can stand again. */
export async function citeForGap(tx: Tx, permit: Permit<'gap.cite'>, findings: readonly string[]): Promise<void> {
	const { id, programmeId } = permit.subject;
	await changeRecord(tx, permit, 'gaps.gap', { from: ['draft', 'open', 'closed'], set: { updatedAt: momentOf(tx) }, refuse: 'gap.not-editable' });
	await cite(tx, gapFindings, programmeId, id, findings);
}

/**
 * Puts a drafted gap into the register.
 * @throws Problem `gap.not-draft` (409); the database refuses `gap.without-finding` at commit
 */
export async function openGap(tx: Tx, permit: Permit<'gap.open'>): Promise<void> {
	const now = momentOf(tx);
	await changeRecord(tx, permit, 'gaps.gap', { from: ['draft'], set: { state: 'open', openedAt: now, updatedAt: now }, refuse: 'gap.not-draft' });
}

/**
 * Closes a gap that is met, by findings that say so. It can be opened again.
 * @throws Problem `gap.not-open` (409); the database refuses `gap.not-met` at commit when none of the findings stands
 */
export async function closeGap(tx: Tx, permit: Permit<'gap.close'>, findings: readonly string[]): Promise<void> {
	const now = momentOf(tx);
	const { id, programmeId } = permit.subject;
	await changeRecord(tx, permit, 'gaps.gap', { from: ['open'], set: { state: 'closed', closedAt: now, updatedAt: now }, refuse: 'gap.not-open' });
	await cite(tx, gapMet, programmeId, id, findings);
}

/** Opens a closed gap again, from today on. @throws Problem `gap.not-closed` (409) */
export async function reopenGap(tx: Tx, permit: Permit<'gap.reopen'>): Promise<void> {
	const now = momentOf(tx);
	const set = { state: 'open', openedAt: now, closedAt: null, updatedAt: now };
	await changeRecord(tx, permit, 'gaps.gap', { from: ['closed'], set, refuse: 'gap.not-closed' });
}

/** Takes a gap out of the register, with the reason. What responded to it stays, and shows that it stands on nothing. */
export const withdrawGap = (tx: Tx, permit: Permit<'gap.withdraw'>, reason: string): Promise<void> =>
	withdrawRecord(tx, permit, 'gaps.gap', reason, ['draft', 'open', 'closed']);
