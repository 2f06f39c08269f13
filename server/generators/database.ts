import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { migrate } from '#platform/migrate.server.ts';
import type { Generator } from '#server/generators/generator.ts';
import { withScratchDatabase } from '#server/scratch-database.ts';
import { databaseSchema } from '../../scripts/database-schema.ts';
import { writeDatabaseTypes } from '../../scripts/database-types.mjs';

/** src/platform/schema.ts and db/schema.sql, from a database that has just been migrated. */
export const database: Generator = {
	name: 'types and text of the database',
	generate: () =>
		withScratchDatabase(async (owner) => {
			await migrate(owner);
			return { 'src/platform/schema.ts': types(owner), 'db/schema.sql': await text(owner) };
		})
};

function types({ host = '', port, user = '', database: name = '' }: pg.PoolConfig): string {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'hamkor-types-'));
	const file = path.join(folder, 'schema.ts');
	try {
		writeDatabaseTypes(`postgresql://${user}@${encodeURIComponent(host)}:${port}/${name}`, file);
		return readFileSync(file, 'utf8');
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function text(owner: pg.PoolConfig): Promise<string> {
	const client = new pg.Client(owner);
	await client.connect();
	try {
		return await databaseSchema(client);
	} finally {
		await client.end();
	}
}
