import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import { nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { searchText } from '#platform/search-text.ts';
import type { GapFields } from './gap.ts';

const personOf = (permit: Permit<string>): string | null => (permit.actor.kind === 'person' ? permit.actor.personId : null);

/**
 * Drafts a gap with the findings it rests on so far.
 * @param id minted where the gap was written; sending the same one again changes nothing
 */
export async function draftGap(tx: Tx, permit: Permit<'gap.draft'>, fields: GapFields, id: string = newId()): Promise<string> {
	const { findings, ...gap } = fields;
	const { programmeId } = permit.subject;
	const number = await nextNumber(tx, programmeId, 'gap');
	const made = await tx
		.insertInto('gaps.gap')
		.values({ id, programmeId, number, ...gap, search: searchText(gap.title, gap.description), createdBy: personOf(permit) })
		.onConflict((on) => on.column('id').doNothing())
		.executeTakeFirst();
	if (made.numInsertedOrUpdatedRows === 0n) return id;
	await citeFindings(tx, programmeId, id, findings);
	await journal(tx, permit, { table: 'gaps.gap', id, after: { ...fields, number } });
	return id;
}

/**
 * Puts a drafted gap into the register.
 * @throws Problem `gap.not-draft` (409); the database refuses `gap.without-finding` at commit
 */
export async function openGap(tx: Tx, permit: Permit<'gap.open'>): Promise<void> {
	const { id } = permit.subject;
	const before = await tx.selectFrom('gaps.gap').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
	if (before.state !== 'draft') throw problem('gap.not-draft', 409);
	const after = await tx
		.updateTable('gaps.gap')
		.set({ state: 'open', openedAt: new Date(), updatedAt: new Date() })
		.where('id', '=', id)
		.returningAll()
		.executeTakeFirstOrThrow();
	await journal(tx, permit, { table: 'gaps.gap', id, before, after });
}

async function citeFindings(tx: Tx, programmeId: string, gapId: string, findings: readonly string[]): Promise<void> {
	if (findings.length === 0) return;
	await tx
		.insertInto('gaps.gapFinding')
		.values(findings.map((findingId) => ({ programmeId, gapId, findingId })))
		.onConflict((on) => on.doNothing())
		.execute();
}
