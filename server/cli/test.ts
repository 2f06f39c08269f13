import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { closingLine, countTests } from '#server/test-count.ts';

export const help = `
hamkor test [file…] [-t name]

Runs the unit, database and browser tests against a real PostgreSQL and a real Chromium, which both come with the packages.
With file names (or parts of them) only those. "hamkor check --deep" runs the long ones too.
`;

/**
 * Runs vitest and counts from its own record, so that the closing line is the true sum.
 *
 * @param args handed on to vitest
 * @returns 0 when tests ran and none failed
 */
export async function run(args: string[]): Promise<number> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'hamkor-test-record-'));
	const record = path.join(folder, 'record.json');
	try {
		const code = await vitest(['run', '--reporter=default', '--reporter=json', `--outputFile.json=${record}`, ...args]);
		const count = countTests(record);
		if (count.passed + count.failed === 0) process.stderr.write('No test ran.\n');
		// A run that broke outside of any test (set-up, an unhandled error) has failed as well.
		if (code !== 0 && count.failed === 0) count.failed = 1;
		process.stdout.write(`${closingLine(count)}\n`);
		return count.failed > 0 || count.passed === 0 ? 1 : 0;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function vitest(args: string[]): Promise<number> {
	const program = path.join(path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
	// A developer's own settings must not decide what the tests find; each test that starts the program sets its own.
	const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'test' };
	for (const name of ['PORT', 'HOST', 'HAMKOR_DATA', 'HAMKOR_ORIGIN', 'DATABASE_URL', 'SMTP_URL', 'HAMKOR_SUPERVISED']) delete env[name];
	const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'inherit', 'inherit'], env });
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code) => resolve(code ?? 1));
	});
}
