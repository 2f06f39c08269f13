import { rmSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ended, scratchFolder, spawnApp, startApp } from '../app.ts';
import { accountPassword, startExternalPostgres, type ExternalPostgres } from '../external-postgres.ts';

const password = pg.escapeLiteral(accountPassword);

let external: ExternalPostgres;
beforeAll(async () => {
	external = await startExternalPostgres();
});
afterAll(() => external.stop());

describe('an external PostgreSQL whose account may not make roles', () => {
	it('is told which right is missing, in one sentence', async () => {
		await external.asAdministrator(`create role plain login password ${password}`, 'create database plain owner plain');
		expect(await refused(external.url('plain', 'plain'))).toBe(
			'The account of DATABASE_URL may not create the two roles that Hamkor needs: as an administrator of that PostgreSQL run ALTER ROLE "plain" CREATEROLE; then start again.'
		);
	});
});

describe('an external PostgreSQL whose account is no superuser', () => {
	let url: string;
	let folder: string;
	beforeAll(async () => {
		await external.asAdministrator(
			`create role landlord login createrole password ${password}`,
			'create database hamkor owner landlord',
			'create database other'
		);
		url = external.url('landlord', 'hamkor');
		folder = scratchFolder();
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	it('is told when the database belongs to somebody else', async () => {
		expect(await refused(external.url('landlord', 'other'))).toBe(
			'The account of DATABASE_URL may not create schemas in its database: as an administrator of that PostgreSQL run ALTER DATABASE "other" OWNER TO "landlord"; then start again.'
		);
	});

	it('is told when the password is wrong, without repeating it', async () => {
		const said = await refused(url.replace(/:[^:@/]+@/, ':wrong@'));
		expect(said).toMatch(/^The PostgreSQL of DATABASE_URL cannot be reached \(28P01\): check that/);
		expect(said).not.toContain('wrong');
	});

	it('serves web and worker apart, and nothing that was lent for the migrations stays', async () => {
		const web = await startApp({ folder, env: { DATABASE_URL: url, HAMKOR_ROLE: 'web' } });
		const worker = await startApp({ folder, env: { DATABASE_URL: url, HAMKOR_ROLE: 'worker' } });
		try {
			expect((await fetch(`${web.base}/ready`)).status).toBe(200);
			expect((await fetch(`${worker.base}/ready`)).status).toBe(200);
			expect((await fetch(`${worker.base}/uz`)).status).toBe(404);
			expect((await fetch(`${web.base}/uz`, { redirect: 'manual' })).status).toBeLessThan(400);
			await asOwner(url, expectFences);
			await asOwner(url, async (client) => {
				await client.query(`select graphile_worker.add_job('seal-journal')`);
				await expect
					.poll(async () => (await client.query('select from graphile_worker._private_jobs')).rowCount, { timeout: 10_000 })
					.toBe(0);
			});
		} finally {
			expect(await worker.stop()).toBe(0);
			expect(await web.stop()).toBe(0);
		}
	});

	it('finds everything as it was at the next start', async () => {
		const again = await startApp({ folder, env: { DATABASE_URL: url } });
		expect((await fetch(`${again.base}/ready`)).status).toBe(200);
		expect(await again.stop()).toBe(0);
	});
});

/** The application's role owns nothing, no role bypasses the fences, and the definer may create nothing. */
async function expectFences(client: pg.Client): Promise<void> {
	const roles = await client.query<{ name: string }>(
		`select rolname as name from pg_roles where rolname ~ '^hamkor_' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`
	);
	expect(roles.rows).toEqual([]);
	const owned = await client.query(`select from pg_class where relowner = 'hamkor_app'::regrole`);
	expect(owned.rowCount).toBe(0);
	const lent = await client.query<{ name: string }>(
		`select nspname as name from pg_namespace where has_schema_privilege('hamkor_definer', oid, 'create') or has_schema_privilege('hamkor_app', oid, 'create')`
	);
	expect(lent.rows).toEqual([]);
	expect((await client.query('select from pg_default_acl')).rowCount).toBe(0);
	const inherits = await client.query<{ inherits: boolean }>(`select pg_has_role(current_user, 'hamkor_definer', 'usage') as inherits`);
	expect(inherits.rows[0]?.inherits).toBe(false);
}

async function asOwner(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		await work(client);
	} finally {
		await client.end();
	}
}

/** What the program says when it does not start. */
async function refused(url: string): Promise<string> {
	const folder = scratchFolder();
	const { process: child, said } = spawnApp({ folder, env: { DATABASE_URL: url } });
	expect(await ended(child)).toBe(1);
	rmSync(folder, { recursive: true, force: true });
	return said().trim();
}
