import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { commands } from '../../scripts/commands.mjs';
import { OperatorProblem } from '#server/problem.ts';
import { InvalidSetting } from '#platform/settings.ts';

/** What a command's file exports. `run` answers with the exit code; `help` is shown for `--help`. */
const commandModule = z.object({
	run: z.custom<(args: string[]) => Promise<number>>((value) => typeof value === 'function'),
	help: z.string()
});

const here = path.dirname(fileURLToPath(import.meta.url));
const fileOf = (name: string): string => path.join(here, `${name}.ts`);
const offered = commands.filter(({ name }) => existsSync(fileOf(name)));

function overview(): string {
	const width = Math.max(...offered.map(({ name }) => name.length));
	return [
		'hamkor <command> [options]',
		'',
		...offered.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
		'',
		'hamkor <command> --help says more. Settings are environment variables: docs/settings.md lists them.',
		''
	].join('\n');
}

async function main([name, ...args]: string[]): Promise<number> {
	if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
		process.stdout.write(overview());
		return name === undefined ? 1 : 0;
	}
	if (!offered.some((command) => command.name === name)) {
		process.stderr.write(`There is no command "${name}".\n\n${overview()}`);
		return 1;
	}
	const command = commandModule.parse(await import(fileOf(name)));
	if (args.includes('--help') || args.includes('-h')) {
		process.stdout.write(`${command.help.trim()}\n`);
		return 0;
	}
	return command.run(args);
}

try {
	process.exitCode = await main(process.argv.slice(2));
} catch (error) {
	// A problem is a sentence for the person at the terminal; anything else is a fault, and its trace helps to mend it.
	console.error(error instanceof OperatorProblem || error instanceof InvalidSetting ? error.message : error);
	process.exitCode = 1;
}
if (process.channel) process.channel.unref();
