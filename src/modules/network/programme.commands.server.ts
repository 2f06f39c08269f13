import type { Tx } from '#platform/database.server.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import type { ProgrammeSettings } from './programme-settings.ts';

/** Changes a programme's name, dates, funder's words and thresholds; figures already released keep theirs. */
export async function editProgramme(tx: Tx, permit: Permit<'programme.edit'>, fields: ProgrammeSettings): Promise<void> {
	const { id } = permit.subject;
	const before = await tx.selectFrom('network.programme').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
	const after = await tx.updateTable('network.programme').set(fields).where('id', '=', id).returningAll().executeTakeFirstOrThrow();
	await journal(tx, permit, { table: 'network.programme', id, before, after });
}
