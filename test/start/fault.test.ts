import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { ended, scratchFolder } from '../app.ts';

const handover = fileURLToPath(new URL('../../scripts/bootstrap/handover.mjs', import.meta.url));
const folder = scratchFolder();
const starts = path.join(folder, 'starts');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that notes each of its starts and then does what it is told to. */
const handedOver = (program: string): string[] => {
	writeFileSync(starts, '');
	const code = `const { appendFileSync, readFileSync } = await import('node:fs'); appendFileSync(${JSON.stringify(starts)}, '.'); const started = readFileSync(${JSON.stringify(starts)}, 'utf8').length; ${program}`;
	const script = `import { handOver } from ${JSON.stringify(handover)}; handOver(process.execPath, ['--input-type=module', '--eval', ${JSON.stringify(code)}], ${JSON.stringify(folder)});`;
	return ['--input-type=module', '--eval', script];
};
const started = (): number => readFileSync(starts, 'utf8').length;
const run = (program: string): { status: number | null; stderr: string } => spawnSync(process.execPath, handedOver(program), { encoding: 'utf8' });

describe('a program that', () => {
	it('a fault of its own has ended is started again, and goes on', () => {
		const { status, stderr } = run('process.exit(started < 3 ? 70 : 0)');
		expect([status, started()]).toEqual([0, 3]);
		expect(stderr.match(/ended by a fault of its own/g)).toHaveLength(2);
	});

	it('ends by faults again and again is left alone at last', () => {
		expect([run('process.exit(70)').status, started()]).toEqual([70, 6]);
	});

	it('cannot start, or has done what it was to do, is not started again', () => {
		expect([run('process.exit(1)').status, started()]).toEqual([1, 1]);
		expect([run('process.exit(0)').status, started()]).toEqual([0, 1]);
	});

	it('is told to stop is not started again, even when it ends by a fault', async () => {
		const child: ChildProcess = spawn(process.execPath, handedOver(`process.on('SIGTERM', () => process.exit(70)); setInterval(() => {}, 1000); process.stdout.write('here')`), { stdio: ['ignore', 'pipe', 'ignore'] });
		if (!child.stdout) throw new Error('no output');
		await once(child.stdout, 'data');
		child.kill('SIGTERM');
		expect([await ended(child), started()]).toEqual([70, 1]);
	});
});
