import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(path.join(os.tmpdir(), 'hamkor-secrets-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A secret as another process of the same installation sees it. */
function inProcess(name: string, data = folder): { value: string; complaint: string } {
	const program = `import { secret } from '#platform/secrets.server.ts'; process.stdout.write(secret(${JSON.stringify(name)}).export().toString('hex'));`;
	const result = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program], {
		encoding: 'utf8',
		env: { ...process.env, HAMKOR_DATA: data }
	});
	return { value: result.stdout, complaint: result.stderr };
}

it('makes a secret of 32 bytes that every process of the installation shares', () => {
	const { value } = inProcess('journal');
	expect(value).toMatch(/^[0-9a-f]{64}$/);
	expect(inProcess('journal').value).toBe(value);
	expect(inProcess('sign-in').value).not.toBe(value);
});

it.skipIf(process.platform === 'win32')('lets nobody else read it, and leaves nothing half made', () => {
	inProcess('journal');
	const secrets = path.join(folder, 'secrets');
	expect(statSync(secrets).mode & 0o777).toBe(0o700);
	for (const name of readdirSync(secrets)) {
		expect(name).toMatch(/^[a-z-]+$/);
		expect(statSync(path.join(secrets, name)).mode & 0o777).toBe(0o600);
	}
	expect(readFileSync(path.join(secrets, 'journal'), 'utf8')).toMatch(/^[\w-]{43}$/);
});

it('says so when a file is damaged, and does not replace it', () => {
	const data = path.join(folder, 'damaged');
	mkdirSync(path.join(data, 'secrets'), { recursive: true });
	writeFileSync(path.join(data, 'secrets/journal'), 'short');
	expect(inProcess('journal', data).complaint).toMatch(/does not hold 32 bytes: put back the file from a backup/);
	expect(readFileSync(path.join(data, 'secrets/journal'), 'utf8')).toBe('short');
});

it('knows no secret whose name leads elsewhere', () => {
	expect(inProcess('../journal').complaint).toMatch(/not a name for a secret/);
});
