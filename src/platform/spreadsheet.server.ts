import { parse } from 'csv-parse/sync';
import { writeXlsx } from 'hucre/xlsx';
import { z } from 'zod';
import { csvField } from './csv.ts';
import { inLimitedWorker, WorkStopped } from './limited-worker.server.ts';
import { neutralise } from './neutral.ts';
import { problem } from './problem.ts';

/** A cell of an export: text is neutralised, numbers stay numbers, nothing stays empty. */
export type Cell = string | number | null;

/** A table as it is exported. */
export type ExportTable = {
	/** Name of the sheet; what a spreadsheet does not allow in it is left out. */
	readonly name: string;
	readonly columns: readonly string[];
	readonly rows: readonly (readonly Cell[])[];
};

/** Limits on a table that is read: far above what people import, far below what would exhaust the server. */
export const TABLE_LIMITS = { bytes: 16 * 1024 * 1024, rows: 50_000, columns: 500 } as const;

const csvCell = (value: Cell): string => csvField(String(value ?? ''));

/** Writes CSV by RFC 4180 in UTF-8, with the byte order mark that spreadsheets need to see Uzbek letters. */
export function writeCsv(table: ExportTable): Uint8Array {
	const lines = [table.columns, ...table.rows].map((row) => `${row.map(csvCell).join(',')}\r\n`);
	return new TextEncoder().encode(`\ufeff${lines.join('')}`);
}

 
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

const xlsxCell = (value: Cell): string | number | null => (typeof value === 'string' ? neutralise(value.replace(notXml, '')) : value);

/** Writes an `.xlsx` file, one sheet for each table, the headings kept in sight. */
export async function writeWorkbook(tables: readonly ExportTable[]): Promise<Uint8Array> {
	return writeXlsx({
		sheets: tables.map((table, i) => ({
			name: table.name.replace(/[\\/?*[\]:']/g, ' ').trim().slice(0, 31) || `Sheet${i + 1}`,
			rows: [[...table.columns].map(xlsxCell), ...table.rows.map((row) => row.map(xlsxCell))],
			freezePane: { rows: 1 }
		}))
	});
}

/** The answer that hands a table over as a file. */
export async function exportResponse(format: 'xlsx' | 'csv', fileName: string, tables: readonly [ExportTable, ...ExportTable[]]): Promise<Response> {
	const content = format === 'csv' ? writeCsv(tables[0]) : await writeWorkbook(tables);
	const type = format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
	return new Response(new Uint8Array(content), {
		headers: {
			'content-type': type,
			'content-disposition': `attachment; filename="export.${format}"; filename*=UTF-8''${encodeURIComponent(`${fileName}.${format}`)}`,
			'x-content-type-options': 'nosniff',
			'content-security-policy': "default-src 'none'; sandbox",
			'cache-control': 'private, no-store'
		}
	});
}

/**
 * Reads the first sheet of an `.xlsx` file, or a CSV file (comma or semicolon, UTF-8), as rows of trimmed text. A
 * spreadsheet is parsed in a thread of its own with limits on memory and time.
 * @returns rows in the order of the file, headings first, blank rows in their place
 * @throws Problem `table.too-large` (413), `table.unreadable` (400)
 */
export async function readTable(bytes: Uint8Array, kind: 'xlsx' | 'csv'): Promise<string[][]> {
	if (bytes.length > TABLE_LIMITS.bytes) throw problem('table.too-large', 413);
	const rows = kind === 'csv' ? readCsv(bytes) : await readSheet(bytes);
	if (rows.length > TABLE_LIMITS.rows || rows.some((row) => row.length > TABLE_LIMITS.columns)) throw problem('table.too-large', 413);
	return rows;
}

const rowsSchema = z.array(z.array(z.string()));

async function readSheet(bytes: Uint8Array): Promise<string[][]> {
	try {
		const data = { bytes, maxRows: TABLE_LIMITS.rows };
		return rowsSchema.parse(await inLimitedWorker('#platform/spreadsheet.worker.ts', data, { megabytes: 256, seconds: 20 }));
	} catch (cause) {
		if (cause instanceof WorkStopped && cause.reason !== 'died') throw problem('table.too-large', 413);
		throw problem('table.unreadable', 400);
	}
}

function readCsv(bytes: Uint8Array): string[][] {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		const [head = ''] = text.split(/\r?\n/, 1);
		const delimiter = head.split(';').length > head.split(',').length ? ';' : ',';
		return rowsSchema.parse(parse(text, { bom: true, delimiter, relax_column_count: true, trim: true, max_record_size: 1_000_000 }));
	} catch {
		throw problem('table.unreadable', 400);
	}
}
