import type { Tx } from '#platform/database.server.ts';
import { demandHappened } from '#platform/happened.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import { nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { changeRecord, personIn, withdrawRecord } from '#platform/record.server.ts';
import { searchText } from '#platform/search-text.ts';
import type { PriorityFields } from './priority.ts';

/** Records a priority that a community stated for itself. It needs no finding: the community's word is the ground. */
export async function statePriority(tx: Tx, permit: Permit<'priority.state'>, fields: PriorityFields, id: string = newId()): Promise<string> {
	const { programmeId } = permit.subject;
	await demandHappened(tx, programmeId, { statedOn: fields.statedOn });
	const number = await nextNumber(tx, programmeId, 'priority');
	const made = await tx
		.insertInto('gaps.priority')
		.values({ id, programmeId, number, ...fields, search: searchText(fields.statement, fields.statedBy), createdBy: personIn(permit) })
		.onConflict((on) => on.column('id').doNothing())
		.executeTakeFirst();
	if (made.numInsertedOrUpdatedRows !== 0n) await journal(tx, permit, { table: 'gaps.priority', id, after: { ...fields, number } });
	return id;
}

/** Corrects the record of a stated priority. @throws Problem `priority.not-editable`, `record.changed-since` (409) */
export async function editPriority(tx: Tx, permit: Permit<'priority.edit'>, fields: PriorityFields, seen?: string): Promise<void> {
	await demandHappened(tx, permit.subject.programmeId, { statedOn: fields.statedOn });
	await changeRecord(tx, permit, 'gaps.priority', {
		from: ['stands'],
		set: { ...fields, search: searchText(fields.statement, fields.statedBy) },
		refuse: 'priority.not-editable',
		seen
	});
}

/** Withdraws a stated priority, with the reason. */
export const withdrawPriority = (tx: Tx, permit: Permit<'priority.withdraw'>, reason: string): Promise<void> =>
	withdrawRecord(tx, permit, 'gaps.priority', reason, ['stands']);
