import { parse } from 'csv-parse/sync';
import { SaxesParser } from 'saxes';
import { problem } from '#platform/problem.ts';
import type { NamedFile } from '#xforms/namedFiles.ts';

/**
 * A table as it goes out: UTF-8 without the mark that spreadsheets put before it, which some apps take for a part of the first
 * column's name. Whatever would keep the form from opening, or leave its lists empty, is refused here.
 * @throws Problem `form-file.encoding` (415), `form-file.csv`, `form-file.columns`, `form-file.xml` (400)
 */
export function readyTable({ name, columns }: NamedFile, bytes: Uint8Array): Uint8Array {
	const text = utf8(name, bytes);
	if (/\.csv$/i.test(name)) demandTable(name, columns, text);
	if (/\.xml$/i.test(name)) demandXml(name, text);
	return new TextEncoder().encode(text);
}

function utf8(name: string, bytes: Uint8Array): string {
	try {
		// Takes the mark away by itself.
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		throw problem('form-file.encoding', 415, { name }, 'files[]');
	}
}

function demandTable(name: string, columns: readonly string[], text: string): void {
	const [first = ''] = text.split(/\r?\n/, 1);
	const [head = [], ...rows] = rowsOf(name, text, first.includes(';') ? ';' : ',');
	const missing = columns.filter((column) => !head.includes(column));
	if (missing.length > 0) throw problem('form-file.columns', 400, { name, columns: missing.join(', ') }, 'files[]');
	const long = rows.findIndex((row) => row.slice(head.length).some((cell) => cell !== ''));
	if (long !== -1) throw problem('form-file.csv', 400, { name, row: long + 2 }, 'files[]');
}

function rowsOf(name: string, text: string, delimiter: string): string[][] {
	try {
		return parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true });
	} catch (thrown) {
		const row = typeof thrown === 'object' && thrown !== null && 'lines' in thrown ? Number(thrown.lines) : 1;
		throw problem('form-file.csv', 400, { name, row }, 'files[]');
	}
}

/** How deep a table in XML may be nested. */
const deepest = 40;

function demandXml(name: string, text: string): void {
	const wrong = (): never => {
		throw problem('form-file.xml', 400, { name }, 'files[]');
	};
	const parser = new SaxesParser({ xmlns: false, position: false });
	let depth = 0;
	parser.on('error', wrong);
	parser.on('doctype', wrong);
	parser.on('opentag', () => void ((depth += 1) > deepest && wrong()));
	parser.on('closetag', () => void (depth -= 1));
	parser.write(text).close();
}
