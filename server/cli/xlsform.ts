import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { convert, type Conversion } from '#xforms/convert.ts';
import { readMarkdown } from '#xforms/readMarkdown.ts';
import { readSheetsJson } from '#xforms/readSheetsJson.ts';
import { readXlsx } from '#xforms/readXlsx.ts';
import { Refusal, type XlsFormError } from '#xforms/refusal.ts';
import type { Workbook } from '#xforms/workbook.ts';

/** What `--help` prints. */
export const help = `hamkor xlsform convert FILE.xlsx|FILE.md
hamkor xlsform convert --jsonl < CASES.jsonl

Converts an XLSForm into an ODK XForm.

  FILE         prints the XForm; warnings and errors go to standard error, with sheet and row
  --jsonl      reads one JSON object a line: {id, format: "markdown"|"json", form_name, input}
               and answers each with {id, xform, warnings} or {id, error: {code, sheet, row, message}}
  -h, --help   this text

Exit: 0 converted, 1 refused or unreadable, 2 misused.
`;

/** Runs the command. @returns the exit code: 0 done, 1 refused, 2 misused */
export async function run(args: string[]): Promise<number> {
	if (args.includes('--help') || args.includes('-h')) {
		process.stdout.write(help);
		return 0;
	}
	const [command, target, ...rest] = args;
	if (command !== 'convert' || target === undefined || rest.length > 0) {
		process.stderr.write(help);
		return 2;
	}
	return target === '--jsonl' ? convertLines() : convertFile(target);
}

async function convertFile(path: string): Promise<number> {
	let bytes: Uint8Array;
	try {
		bytes = await readFile(path);
	} catch {
		process.stderr.write(`Cannot read ${path}.\n`);
		return 1;
	}
	const extension = extname(path).toLowerCase();
	const formId = basename(path, extname(path));
	const result = await converted(async () => (extension === '.md' ? readMarkdown(new TextDecoder().decode(bytes)) : await readXlsx(bytes)), {
		formId
	});
	if (!result.ok) {
		for (const error of result.errors) process.stderr.write(`${placed(error)}\n`);
		return 1;
	}
	for (const warning of result.warnings) process.stderr.write(`warning: ${placed(warning)}\n`);
	process.stdout.write(result.xml);
	return 0;
}

async function converted(
	read: () => Promise<Workbook>,
	options: { formName?: string; formId?: string }
): Promise<Conversion> {
	try {
		return convert(await read(), options);
	} catch (cause) {
		if (cause instanceof Refusal) return { ok: false, errors: [cause.problem] };
		throw cause;
	}
}

function placed(each: { sheet?: string; row?: number; column?: string; message: string }): string {
	const place = [each.sheet, each.row === undefined ? undefined : `row ${each.row}`, each.column].filter((part) => part !== undefined);
	return place.length === 0 ? each.message : `${place.join(', ')}: ${each.message}`;
}

const line = z.object({
	id: z.union([z.string(), z.number()]),
	format: z.enum(['markdown', 'json']).default('markdown'),
	form_name: z.string().nullish(),
	input: z.unknown()
});

async function convertLines(): Promise<number> {
	for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
		if (text.trim() !== '') process.stdout.write(`${JSON.stringify(await answer(text))}\n`);
	}
	return 0;
}

async function answer(text: string): Promise<Record<string, unknown>> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return { id: null, error: { code: 'line.unreadable', message: 'This line is not JSON.' } };
	}
	const parsed = line.safeParse(value);
	if (!parsed.success) return { id: null, error: { code: 'line.unreadable', message: 'A line needs id, format and input.' } };
	const { id, format, form_name: formName, input } = parsed.data;
	const read = async (): Promise<Workbook> => (format === 'json' ? readSheetsJson(input) : readMarkdown(String(input)));
	const result = await converted(read, formName === undefined || formName === null ? {} : { formName });
	if (result.ok) return { id, xform: result.xml, warnings: result.warnings.map(placed) };
	return { id, error: errorAnswer(result.errors[0]) };
}

function errorAnswer(error: XlsFormError | undefined): Record<string, unknown> {
	if (error === undefined) return { message: 'unknown' };
	return { code: error.code, sheet: error.sheet, row: error.row, column: error.column, message: error.message };
}
