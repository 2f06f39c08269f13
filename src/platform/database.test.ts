import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { owner, useDatabase } from '../../test/database.ts';
import { system } from './actor.ts';
import { inTransaction } from './database.server.ts';
import { asProblem } from './thrown-problem.ts';

useDatabase();

it('tells of a connection that died between two statements to who asks next, and to nobody else', async () => {
	const thrown = await inTransaction(system('recheck'), async (tx) => {
		const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
		await owner.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
		// The program is doing something else when the connection goes: it must not end of it.
		await new Promise((resolve) => setTimeout(resolve, 300));
		await sql`select 1`.execute(tx);
	}).catch((error: unknown) => error);
	expect(asProblem(thrown)).toMatchObject({ code: 'database-away', status: 503 });
	expect(await inTransaction(system('recheck'), async (tx) => (await sql<{ one: number }>`select 1 as one`.execute(tx)).rows)).toEqual([{ one: 1 }]);
});
