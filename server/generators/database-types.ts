import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { migrate } from '#platform/migrate.server.ts';
import type { Generator } from '#server/generators/generator.ts';
import { withScratchDatabase } from '#server/scratch-database.ts';
import { writeDatabaseTypes } from '../../scripts/database-types.mjs';

/** src/platform/schema.ts, from a database that has just been migrated. */
export const databaseTypes: Generator = {
	name: 'types of the database',
	generate: () =>
		withScratchDatabase(async (owner) => {
			await migrate(owner);
			const folder = mkdtempSync(path.join(os.tmpdir(), 'hamkor-types-'));
			const file = path.join(folder, 'schema.ts');
			try {
				const { host = '', port, user = '', database = '' } = owner;
				writeDatabaseTypes(`postgresql://${user}@${encodeURIComponent(host)}:${port}/${database}`, file);
				return { 'src/platform/schema.ts': readFileSync(file, 'utf8') };
			} finally {
				rmSync(folder, { recursive: true, force: true });
			}
		})
};
