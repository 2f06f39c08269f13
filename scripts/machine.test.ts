import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { freeMegabytes, lacksGlibc, machineProblem } from './bootstrap/machine.mjs';

const musl = { platform: 'linux', report: { header: {} } };
const glibc = { platform: 'linux', report: { header: { glibcVersionRuntime: '2.36' } } };

it('tells a Linux without glibc from one that has it', () => {
	expect(lacksGlibc(musl)).toBe(true);
	expect(lacksGlibc(glibc)).toBe(false);
	expect(lacksGlibc({ platform: 'darwin', report: { header: {} } })).toBe(false);
});

it('says in one sentence what to do without glibc, unless a database is named', () => {
	const said = machineProblem({}, musl);
	expect(said).toMatch(/^This system has no glibc \(.*\), which .* needs: use Debian, .* or set DATABASE_URL .*\.$/);
	expect(said).not.toContain('\n');
	expect(machineProblem({ DATABASE_URL: 'postgresql://a@b/c' }, musl)).toBeNull();
	expect(machineProblem({}, glibc)).toBeNull();
});

it('knows how much room there is, and does not guess where that is not told', () => {
	expect(freeMegabytes('.')).toBeGreaterThan(0);
	expect(freeMegabytes('/nowhere/at/all')).toBeNull();
});

it('lets npm ask of the Node that will run the program whether a package fits', () => {
	const preload = fileURLToPath(new URL('./bootstrap/engines-of-the-shipped-node.cjs', import.meta.url));
	const said = spawnSync(process.execPath, ['--require', preload, '-p', 'process.version'], {
		encoding: 'utf8',
		env: { ...process.env, HAMKOR_SHIPPED_NODE: '99.1.2' }
	});
	expect(said.stdout.trim()).toBe('v99.1.2');
});
