import { z } from 'zod';
import { attackSchema, format, protectSchema, Unusable } from '#disclosure/document.ts';
import { attack, protect, Unprotectable } from '#disclosure/release.ts';

export const help = `hamkor disclosure protect < tables.json > pattern.json
hamkor disclosure attack < pattern.json > report.json

protect  withholds what may not be shown of tables, and as much more as it takes that nobody can work it out from them and
         from all earlier releases named in the document; or rounds them ("method": "round")
attack   works out between which numbers every withheld cell must lie for somebody who knows everything published

Both read and write the documents described in docs/disclosure.md. The same input gives the same bytes. What is refused is said
in one sentence on standard error, and as { "error": { "at", "reason" } } on standard output.

Exit: 0 done (attack: nothing is exposed), 1 the input cannot be used, 2 misused, 3 no safe pattern (attack: something is exposed).
`;

/** Bytes of a document, at most. */
const mostBytes = 64 * 1024 * 1024;

/** Runs the command. @returns the exit code, see the help */
export async function run(args: string[]): Promise<number> {
	const [command, ...rest] = args;
	if ((command !== 'protect' && command !== 'attack') || rest.length > 0) {
		process.stderr.write(help);
		return 2;
	}
	try {
		const input = await readJson();
		if (command === 'protect') {
			write(await protect(parsed(protectSchema, input)));
			return 0;
		}
		const report = await attack(parsed(attackSchema, input));
		write(report);
		return report.safe ? 0 : 3;
	} catch (error) {
		if (!(error instanceof Unusable) && !(error instanceof Unprotectable)) throw error;
		process.stderr.write(`${error.message}\n`);
		write({ format, error: error instanceof Unusable ? { at: error.at, reason: error.reason } : { reason: error.message, cells: error.cells } });
		return error instanceof Unprotectable ? 3 : 1;
	}
}

const write = (answer: unknown): void => void process.stdout.write(`${JSON.stringify(answer, null, '\t')}\n`);

async function readJson(): Promise<unknown> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of process.stdin) {
		const bytes = Buffer.from(z.union([z.string(), z.instanceof(Uint8Array)]).parse(chunk));
		size += bytes.length;
		if (size > mostBytes) throw new Unusable('', `it is larger than ${mostBytes / 1024 / 1024} MB`);
		chunks.push(bytes);
	}
	if (size === 0) throw new Unusable('', 'it is empty');
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
	} catch {
		throw new Unusable('', 'it is not JSON in UTF-8 (NaN and Infinity are no JSON)');
	}
}

/** The document, or the first thing that is wrong with it and where. */
function parsed<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
	const result = schema.safeParse(input);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	const path = (issue?.path ?? []).map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('').replace(/^\./, '');
	throw new Unusable(path, issue?.message ?? 'it does not have the form described in docs/disclosure.md');
}
