import fc from 'fast-check';
import type pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { systemTasks } from '#platform/actor.ts';
import { owner, useDatabase } from '../database.ts';
import { deep } from '../deep.ts';
import { Oracle, type Actor, type Everything, type Row } from './oracle.ts';
import { build, choices, type Cast, type Choice } from './world.ts';

useDatabase();

const wanted = deep ? 20_000 : 2_000;
const schemas = `('platform', 'network', 'services', 'assessment', 'releases', 'gaps', 'training', 'plans', 'results', 'policy')`;

type Table = { name: string; key: string };

async function tables(client: pg.ClientBase): Promise<Table[]> {
	const { rows } = await client.query<Table>(`select i.indrelid::regclass::text as name,
			(select 'concat_ws(''|'', ' || string_agg(quote_ident(a.attname), ', ' order by a.attnum) || ')' from pg_attribute a where a.attrelid = i.indrelid and a.attnum = any(i.indkey)) as key
		from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
		where i.indisprimary and n.nspname in ${schemas} order by 1`);
	return rows;
}

const actors = (cast: Cast): Actor[] => [
	...cast.people.map((id): Actor => ({ kind: 'person', id })),
	...cast.tokens.map((id): Actor => ({ kind: 'token', id })),
	...cast.feeds.slice(0, 6).map((id): Actor => ({ kind: 'feed', id })),
	{ kind: 'public', id: 'public' },
	...systemTasks.map((id): Actor => ({ kind: 'system', id })),
	{ kind: 'nobody', id: '' }
];

/** Builds a world, then reads every table as everybody, and compares with the oracle row by row. Returns how many reads were compared. */
async function compare(choice: Choice): Promise<number> {
	const client = await owner.connect();
	let compared = 0;
	try {
		await client.query('begin');
		const cast = await build(client, choice);
		const all = await tables(client);
		const everything = new Map<string, Row[]>();
		for (const { name, key } of all) {
			const { rows } = await client.query<{ row: Row }>(`select to_jsonb(t) || jsonb_build_object('\u0001key', ${key}) as row from ${name} t`);
			everything.set(name, rows.map(({ row }) => row));
		}
		await client.query('set local role hamkor_app');
		for (const actor of actors(cast)) {
			await client.query(`select set_config('app.actor_kind', $1, true), set_config('app.actor_id', $2, true)`, [actor.kind === 'nobody' ? '' : actor.kind, actor.id]);
			const oracle = new Oracle(asEverything(everything), actor);
			const got = await client.query<{ seen: Record<string, string[]> }>(
				`select ${objects(all.map(({ name, key }) => `'${name}', (select coalesce(jsonb_agg(${key}), '[]') from ${name})`))} as seen`
			);
			const seen = got.rows[0]?.seen ?? {};
			for (const { name } of all) {
				compared++;
				const expected = (everything.get(name) ?? []).filter((row) => oracle.sees(name, row)).map((row) => String(row['\u0001key']));
				const actual = [...(seen[name] ?? [])].sort();
				expect(actual, `${actor.kind} ${actor.id} reads ${name}`).toEqual(expected.sort());
			}
		}
	} finally {
		await client.query('rollback');
		client.release();
	}
	return compared;
}

const asEverything = (rows: Map<string, Row[]>): Everything => rows;

/** A function takes a hundred arguments at most; several objects are put together. */
function objects(pairs: readonly string[]): string {
	const chunks: string[] = [];
	for (let i = 0; i < pairs.length; i += 40) chunks.push(`jsonb_build_object(${pairs.slice(i, i + 40).join(', ')})`);
	return chunks.join(' || ');
}

describe('the fence', () => {
	it('stands, forced, around every table of every module', async () => {
		const { rows } = await owner.query<{ name: string }>(`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where n.nspname in ${schemas} and c.relkind in ('r', 'p')
				and not (c.relrowsecurity and c.relforcerowsecurity
					and exists (select from pg_policy p where p.polrelid = c.oid and p.polroles @> array[(select oid from pg_roles where rolname = 'hamkor_app')]))`);
		const closed = ['network.counter']; // only a definer function writes and reads it
		expect(rows.map(({ name }) => name).filter((name) => !closed.includes(name))).toEqual([]);
	});

	it('leaves the application role nothing of its own and no way past it', async () => {
		const role = await owner.query(`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit from pg_roles where rolname = 'hamkor_app'`);
		expect(role.rows[0]).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolinherit: false });
		const owned = await owner.query(`select c.oid::regclass::text from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in ('hamkor_app', 'hamkor_definer')`);
		expect(owned.rows).toEqual([]);
		const memberships = await owner.query(`select from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname = 'hamkor_app'`);
		expect(memberships.rows).toEqual([]);
		const truncating = await owner.query(`select table_schema || '.' || table_name as name from information_schema.role_table_grants where grantee = 'hamkor_app' and privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES')`);
		expect(truncating.rows).toEqual([]);
	});

	it('lets the journal be added to and read, and nothing else', async () => {
		const { rows } = await owner.query<{ privilege_type: string }>(`select distinct privilege_type from information_schema.role_table_grants
			where grantee = 'hamkor_app' and table_schema = 'platform' and table_name in ('journal', 'journal_block', 'journal_seal') order by 1`);
		expect(rows.map(({ privilege_type }) => privilege_type)).toEqual(['INSERT', 'SELECT']);
	});

	it('describes every table, and every function that runs as a definer', async () => {
		const { rows } = await owner.query<{ name: string }>(`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
				where n.nspname in ${schemas} and c.relkind in ('r', 'p') and obj_description(c.oid, 'pg_class') is null
			union all select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
				where n.nspname in ${schemas} and p.prosecdef and (obj_description(p.oid, 'pg_proc') is null or p.proconfig is null)`);
		expect(rows).toEqual([]);
	});

	it('shows everybody exactly what the oracle says, table by table', { timeout: 900_000 }, async () => {
		expect(inject('databaseHost')).toBeTruthy();
		let compared = 0;
		await fc.assert(
			fc.asyncProperty(choices, async (choice) => {
				compared += await compare(choice);
			}),
			// Each world is read by everybody in it, table by table: a few are thousands of readings.
			{ numRuns: deep ? 300 : 12 }
		);
		expect(compared).toBeGreaterThanOrEqual(wanted);
	});
});
