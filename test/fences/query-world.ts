import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { Tx } from '#platform/database.server.ts';
import type { DB } from '#platform/schema.ts';
import { owner } from '../database.ts';
import type { Row } from './oracle.ts';
import { build, type Cast, type Choice } from './world.ts';

export type World = { readonly cast: Cast; readonly rows: ReadonlyMap<string, readonly Row[]>; readonly client: pg.ClientBase };

class Over extends Error {}

/**
 * Builds a world as the owner, in which no two rows say the same, and hands it over in a transaction of the application's role on
 * the same connection. All of it is rolled back.
 */
export async function inWorld(choice: Choice, work: (tx: Tx, world: World) => Promise<void>): Promise<void> {
	const client = await owner.connect();
	const kysely = new Kysely<DB>({
		dialect: new PostgresDialect({ pool: { connect: () => Promise.resolve(kept(client)), end: () => Promise.resolve(), options: {} } }),
		plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })]
	});
	try {
		await kysely.transaction().execute(async (tx) => {
			const cast = await build(marking(client), choice);
			await makeReadable(client);
			const rows = await allRows(client);
			await client.query('set local role hamkor_app');
			await work(tx, { cast, rows, client });
			throw new Over();
		});
	} catch (thrown) {
		if (!(thrown instanceof Over)) throw thrown;
	} finally {
		client.release();
	}
}

/** The same client, not given back when the transaction is over: the work goes on on this one connection. */
const kept = (client: pg.PoolClient): pg.PoolClient =>
	new Proxy(client, {
		get(target, name) {
			const value: unknown = Reflect.get(target, name);
			return name === 'release' ? () => {} : typeof value === 'function' ? value.bind(target) : value;
		}
	});

/** The same client, with every text and name of the world replaced by a word that stands in one row alone. */
function marking(client: pg.ClientBase): pg.ClientBase {
	let last = 0;
	const word = (): string => `zq${(++last).toString(36)}zq`;
	const marked = (value: unknown): unknown =>
		value === JSON.stringify({ uz: 'sinov' }) ? JSON.stringify({ uz: word() }) : typeof value === 'string' && /^(?:p\d|s|b|f|t)$/.test(value) ? word() : value;
	return new Proxy(client, {
		get(target, name) {
			const value: unknown = Reflect.get(target, name);
			if (name !== 'query' || typeof value !== 'function') return value;
			return (text: string, values?: unknown[]) => Reflect.apply(value, target, [text, /^insert into (?!network\.counter)/.test(text) ? values?.map(marked) : values]);
		}
	});
}

const form = { formId: 'f', title: 'f', version: '1', root: 'data', languages: [], defaultLanguage: 'default', questions: [], metadata: [] };

/** What the world leaves empty and the program reads with a schema of its own. */
async function makeReadable(client: pg.ClientBase): Promise<void> {
	await client.query('set local session_replication_role = replica'); // no rule keeps its author from setting the stage
	await client.query('update assessment.instrument_version set model = $1, workbook = $2', [JSON.stringify(form), JSON.stringify({ sheets: [] })]);
	await client.query('update assessment.instrument_draft set book = $1', [JSON.stringify({ next: 1, sheets: [] })]);
	await client.query('update assessment.instrument_draft_step set book = $1', [JSON.stringify({ next: 1, sheets: [] })]);
	for (const kind of ['exact', 'protected']) {
		await client.query(`update assessment.figure_${kind} set cells = jsonb_build_object('series', jsonb_build_array('{"key": "n", "label": {}}'::jsonb), 'rows', jsonb_build_array(
			jsonb_build_object('key', 'zq${kind}' || replace(figure_id::text, '-', '') || 'zq', 'label', '{}'::jsonb, 'cells', '[]'::jsonb)))`);
	}
	await client.query(`update policy.briefing_edition set content = jsonb_build_object('version', 1, 'locale', locale, 'code', 'B', 'title', 'zqe' || replace(briefing_id::text, '-', '') || 'zq',
		'summary', '', 'publishedOn', '2026-01-01', 'releaseCode', 'R', 'blocks', '[]'::jsonb,
		'programme', '{"name": "x", "timeZone": "Asia/Tashkent", "statement": "", "disclaimer": "", "demonstration": false}'::jsonb)`);
	await client.query(`update platform.invitation set expires_at = now() + interval '1 day'`);
	await client.query('set local session_replication_role = origin');
}

async function allRows(client: pg.ClientBase): Promise<Map<string, Row[]>> {
	const { rows: tables } = await client.query<{ name: string }>(`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind in ('r', 'p') and not c.relispartition and c.relrowsecurity`);
	const found = new Map<string, Row[]>();
	for (const { name } of tables) {
		const { rows } = await client.query<{ row: Row }>(`select to_jsonb(t) as row from ${name} t`);
		found.set(name, rows.map(({ row }) => row));
	}
	return found;
}
