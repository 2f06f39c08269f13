import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { budgetsCheck } from '#server/checks/budgets.ts';
import type { Check } from '#server/checks/check.ts';
import { generatedCheck } from '#server/checks/generated.ts';
import { checkMessages } from '../../scripts/check-messages.ts';
import { toolProblems } from '#server/checks/tool.ts';
import { run as runTests } from '#server/cli/test.ts';
import { closingLine } from '#server/test-count.ts';
import { understood } from './arguments.ts';

export const help = `
hamkor check [--deep] [part of a name…]

Checks types, lint, the order of modules, that derived files are up to date, that every message is there in every locale,
and the weight of the built pages. With parts of names only those checks.

  --deep   runs the long tests too (full property runs, long kill trials)
`;

/** Lines shown of one failed check; the rest is counted. */
const shown = 60;

const checks: readonly Check[] = [
	{
		name: 'types',
		run: () => {
			// It writes components out as modules, and would go on checking those of pages that have gone.
			rmSync(fileURLToPath(new URL('../../.svelte-kit/.svelte-check', import.meta.url)), { recursive: true, force: true });
			return toolProblems('node_modules/svelte-check/bin/svelte-check', ['--tsgo', '--threshold', 'error', '--output', 'human']);
		}
	},
	{ name: 'types of the worker', run: () => toolProblems('node_modules/@typescript/native/bin/tsc', ['-p', 'src/service-worker']) },
	{ name: 'lint', run: () => toolProblems('node_modules/eslint/bin/eslint.js', ['.', '--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '--cache-strategy', 'content']) },
	{
		name: 'order of modules',
		run: () =>
			toolProblems('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', [
				'--config',
				'.dependency-cruiser.cjs',
				'--output-type',
				'err',
				'src',
				'server'
			])
	},
	generatedCheck,
	{ name: 'messages are complete in all locales', run: async () => checkMessages() },
	budgetsCheck
];

export async function run(args: string[]): Promise<number> {
	const { values, positionals } = understood(() => parseArgs({ args, allowPositionals: true, options: { deep: { type: 'boolean' } } }), help);
	const chosen = checks.filter(({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)));
	const count = { passed: 0, failed: 0, skipped: 0 };
	for (const check of chosen) {
		const began = performance.now();
		const problems = await check.run();
		const seconds = ((performance.now() - began) / 1000).toFixed(1);
		count[problems.length === 0 ? 'passed' : 'failed'] += 1;
		process.stdout.write(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${check.name} (${seconds} s)\n`);
		for (const problem of problems.slice(0, shown)) process.stdout.write(`     ${problem}\n`);
		if (problems.length > shown) process.stdout.write(`     … and ${problems.length - shown} lines more\n`);
	}
	process.stdout.write(`${closingLine(count)}\n`);
	if (values.deep) {
		process.env['HAMKOR_DEEP'] = '1';
		const code = await runTests([]);
		if (code !== 0) return code;
	}
	return count.failed > 0 || count.passed === 0 ? 1 : 0;
}
