import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { versionOf } from '#platform/migrate.server.ts';
import { scratchFolder } from '../app.ts';
import { owner, useDatabase } from '../database.ts';

const folder = scratchFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const command = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
	spawnSync(process.execPath, ['server/cli/main.ts', ...args], {
		cwd: fileURLToPath(new URL('../../', import.meta.url)),
		env: { PATH: process.env['PATH'], HAMKOR_DATA: path.join(folder, 'data'), HAMKOR_FAST_TESTS: '1', HAMKOR_LOG_LEVEL: 'warn' },
		encoding: 'utf8'
	});

describe('a command on the data of a program', () => {
	it('that was never started there says so in one sentence, whatever it was to do', () => {
		for (const args of [['journal', 'verify'], ['recover', 'nodira']]) {
			const { status, stdout, stderr } = command(...args);
			expect([status, stdout]).toEqual([1, '']);
			expect(stderr).toMatch(/^Nothing of Hamkor is in \S+ yet: [^\n]+\n$/);
		}
	});
});

describe('the version of a database', () => {
	useDatabase();
	const version = async (): Promise<string> => {
		const { rows } = await owner.query<{ name: string }>('select current_database() as name');
		return versionOf({ host: inject('databaseHost'), port: 5432, user: 'hamkor', database: rows[0]?.name });
	};

	it('is that of this program, an older one, or a newer one', async () => {
		expect(await version()).toBe('same');
		const { rows } = await owner.query<{ name: string }>('delete from migration.kysely_migration where name = (select max(name) from migration.kysely_migration) returning name');
		expect(await version()).toBe('older');
		await owner.query(`insert into migration.kysely_migration (name, timestamp) values ($1, ''), ('9999-from-the-future', '')`, [rows[0]?.name]);
		expect(await version()).toBe('newer');
	});
});
