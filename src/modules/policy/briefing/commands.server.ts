import { sql } from 'kysely';
import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import { nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { notFound, problem } from '#platform/problem.ts';
import { holdVersion } from '#platform/record.server.ts';
import { searchText } from '#platform/search-text.ts';
import type { BlockFields, BriefingFields } from './briefing.ts';

const person = (permit: Permit<string>): string | null => (permit.actor.kind === 'person' ? permit.actor.personId : null);

/** Drafts a briefing without blocks. @param id minted where it was written */
export async function draftBriefing(tx: Tx, permit: Permit<'briefing.draft'>, fields: BriefingFields, id: string = newId()): Promise<string> {
	const { programmeId } = permit.subject;
	const number = await nextNumber(tx, programmeId, 'briefing');
	const made = await tx
		.insertInto('policy.briefing')
		.values({ id, programmeId, number, ...fields, search: searchText(fields.title, fields.summary), createdBy: person(permit) })
		.onConflict((on) => on.column('id').doNothing())
		.executeTakeFirst();
	if (made.numInsertedOrUpdatedRows !== 0n) await journal(tx, permit, { table: 'policy.briefing', id, after: { ...fields, number } });
	return id;
}

/** The briefing locked for change. @throws Problem `briefing.not-draft` (409) once published */
async function draftOf(tx: Tx, permit: Permit<string>) {
	const found = await tx.selectFrom('policy.briefing').selectAll().where('id', '=', permit.subject.id).forUpdate().executeTakeFirst();
	if (!found) throw notFound();
	if (found.state !== 'draft') throw problem('briefing.not-draft', 409);
	return found;
}

/** Changes a draft's title, summary, address and languages. @throws Problem `briefing.not-draft`, `record.changed-since` */
export async function editBriefing(tx: Tx, permit: Permit<'briefing.edit'>, fields: BriefingFields, seen?: string): Promise<void> {
	const before = await draftOf(tx, permit);
	await holdVersion(tx, { table: 'policy.briefing', id: before.id }, seen);
	await tx
		.updateTable('policy.briefing')
		.set({ ...fields, search: searchText(fields.title, fields.summary), updatedAt: momentOf(tx) })
		.where('id', '=', before.id)
		.execute();
	await journal(tx, permit, { table: 'policy.briefing', id: before.id, before, after: fields });
}

/** Adds a block at the end. What it is bound to must be visible to who adds it. @throws Problem `briefing.not-draft`, `cited-thing-missing` */
export async function addBlock(tx: Tx, permit: Permit<'briefing.edit'>, block: BlockFields, id: string = newId()): Promise<string> {
	const { id: briefingId, programmeId } = await draftOf(tx, permit);
	if (!(await bindable(tx, programmeId, block))) throw problem('cited-thing-missing', 409);
	const last = await tx
		.selectFrom('policy.briefingBlock')
		.select((on) => on.fn.max('position').as('position'))
		.where('briefingId', '=', briefingId)
		.executeTakeFirst();
	await tx
		.insertInto('policy.briefingBlock')
		.values({ id, programmeId, briefingId, position: (last?.position ?? 0) + 1, ...block })
		.onConflict((on) => on.column('id').doNothing())
		.execute();
	await journal(tx, permit, { table: 'policy.briefing_block', id, after: block });
	return id;
}

async function bindable(tx: Tx, programmeId: string, block: BlockFields): Promise<boolean> {
	const inProgramme = async (found: Promise<{ programmeId: string } | undefined>): Promise<boolean> => (await found)?.programmeId === programmeId;
	switch (block.kind) {
		case 'figure':
			return inProgramme(tx.selectFrom('assessment.figure').select('programmeId').where('id', '=', block.figureId).executeTakeFirst());
		case 'quotation':
			return inProgramme(tx.selectFrom('assessment.quotation').select('programmeId').where('id', '=', block.quotationId).executeTakeFirst());
		case 'finding':
			return inProgramme(tx.selectFrom('assessment.finding').select('programmeId').where('id', '=', block.findingId).executeTakeFirst());
		case 'recommendation':
			return inProgramme(tx.selectFrom('policy.recommendation').select('programmeId').where('id', '=', block.recommendationId).executeTakeFirst());
		default:
			return true;
	}
}

/** Changes the words of a heading or text. @throws Problem `briefing.not-draft`, `record.changed-since`, `not-found` */
export async function editBlock(tx: Tx, permit: Permit<'briefing.edit'>, blockId: string, block: BlockFields, seen?: string): Promise<void> {
	const { id: briefingId } = await draftOf(tx, permit);
	await holdVersion(tx, { table: 'policy.briefing_block', id: blockId }, seen);
	if (block.kind !== 'heading' && block.kind !== 'text') throw notFound();
	const before = await tx.selectFrom('policy.briefingBlock').selectAll().where('id', '=', blockId).where('briefingId', '=', briefingId).executeTakeFirst();
	if (!before) throw notFound();
	await tx.updateTable('policy.briefingBlock').set({ words: block.words, kind: block.kind }).where('id', '=', blockId).execute();
	await journal(tx, permit, { table: 'policy.briefing_block', id: blockId, before, after: block });
}

/** Moves a block one place up or down; at the edge nothing happens. */
export async function moveBlock(tx: Tx, permit: Permit<'briefing.edit'>, blockId: string, direction: 'up' | 'down'): Promise<void> {
	const { id: briefingId } = await draftOf(tx, permit);
	const blocks = await tx.selectFrom('policy.briefingBlock').select(['id', 'position']).where('briefingId', '=', briefingId).orderBy('position').execute();
	const at = blocks.findIndex((block) => block.id === blockId);
	const [here, there] = [blocks[at], blocks[direction === 'up' ? at - 1 : at + 1]];
	if (!here) throw notFound();
	if (!there) return;
	await sql`update policy.briefing_block set position = case id when ${here.id}::uuid then ${there.position}::int else ${here.position}::int end
		where id in (${here.id}, ${there.id})`.execute(tx);
	await journal(tx, permit, { table: 'policy.briefing_block', id: blockId, before: here, after: { ...here, position: there.position } });
}

/** Takes a block out of a draft. What it was bound to stays. */
export async function removeBlock(tx: Tx, permit: Permit<'briefing.edit'>, blockId: string): Promise<void> {
	const { id: briefingId } = await draftOf(tx, permit);
	const before = await tx
		.deleteFrom('policy.briefingBlock')
		.where('id', '=', blockId)
		.where('briefingId', '=', briefingId)
		.returningAll()
		.executeTakeFirst();
	if (!before) throw notFound();
	await journal(tx, permit, { table: 'policy.briefing_block', id: blockId, before });
}

/** Takes a published briefing down. The ledger keeps that it was released. @throws Problem `briefing.not-published` */
export async function withdrawBriefing(tx: Tx, permit: Permit<'briefing.withdraw'>, reason: string): Promise<void> {
	const { id } = permit.subject;
	const before = await tx.selectFrom('policy.briefing').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
	if (before?.state !== 'published') throw problem('briefing.not-published', 409);
	const change = { state: 'withdrawn', withdrawnAt: momentOf(tx), withdrawnReason: reason };
	await tx.updateTable('policy.briefing').set(change).where('id', '=', id).execute();
	await journal(tx, permit, { table: 'policy.briefing', id, before, after: change });
}
