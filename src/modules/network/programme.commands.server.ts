import type { Tx } from '#platform/database.server.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { holdVersion } from '#platform/record.server.ts';
import type { ProgrammeSettings } from './programme-settings.ts';

/**
 * Changes a programme's name, dates, funder's words and thresholds; figures already released keep theirs.
 * @param seen the version the form was filled from
 * @throws Problem `record.changed-since` (409)
 */
export async function editProgramme(tx: Tx, permit: Permit<'programme.edit'>, fields: ProgrammeSettings, seen?: string): Promise<void> {
	const { id } = permit.subject;
	await holdVersion(tx, { table: 'network.programme', id }, seen);
	const before = await tx.selectFrom('network.programme').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
	const after = await tx.updateTable('network.programme').set(fields).where('id', '=', id).returningAll().executeTakeFirstOrThrow();
	await journal(tx, permit, { table: 'network.programme', id, before, after });
}
