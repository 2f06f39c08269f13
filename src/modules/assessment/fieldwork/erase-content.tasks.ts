import { sql } from 'kysely';
import { z } from 'zod';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/database.server.ts';
import { dropContent } from '#platform/files.server.ts';
import { defineTask } from '#platform/jobs.server.ts';

/** Removes the content of erased files from disk, where no other file has the same. */
export const eraseContentTask = defineTask({
	name: 'erase-content',
	payload: z.object({ hashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)) }),
	work: async ({ hashes }) => {
		for (const hash of hashes) {
			const sha256 = Buffer.from(hash, 'hex');
			await inTransaction(system('erase'), (tx) =>
				dropContent(tx, sha256, async () => (await sql`select * from assessment.unused_content(array[${sha256}]::bytea[])`.execute(tx)).rows.length > 0)
			);
		}
	}
});
