import { readXlsx as parseXlsx } from 'hucre/xlsx';
import { checkArchive } from './archive.ts';
import { refuse } from './refusal.ts';
import { cellText, type Sheet, type Workbook } from './workbook.ts';

/** Limits on a spreadsheet; they lie far above any instrument in use and far below what would exhaust memory. */
export const XLSX_LIMITS = { bytes: 16 * 1024 * 1024, sheets: 50, rows: 20_000, columns: 500 } as const;

const OLE_MAGIC = [0xd0, 0xcf, 0x11, 0xe0];

/** UTF-16 name of the stream in which a password-protected workbook hides. */
const ENCRYPTED = [...'EncryptedPackage'].flatMap((letter) => [letter.charCodeAt(0), 0]);

type CellValue = string | number | boolean | Date | null | undefined;

/**
 * Reads an `.xlsx` file. Nothing is inflated before the archive's own figures have been checked.
 *
 * @param bytes the whole file
 * @returns every sheet as text, blank rows in their place
 * @throws Refusal `xlsform.binary-xls`, `xlsform.too-large` or `xlsform.unreadable`
 */
export async function readXlsx(bytes: Uint8Array): Promise<Workbook> {
	if (bytes.byteLength > XLSX_LIMITS.bytes) tooLarge('bytes', XLSX_LIMITS.bytes);
	if (OLE_MAGIC.every((byte, at) => bytes[at] === byte)) {
		if (contains(bytes, ENCRYPTED)) refuse('xlsform.unreadable', {}, { detail: 'protected with a password' });
		refuse('xlsform.binary-xls', {});
	}
	checkArchive(bytes);
	const sheets = await parse(bytes);
	if (sheets.length > XLSX_LIMITS.sheets) tooLarge('sheets', XLSX_LIMITS.sheets);
	const read = sheets.map(toSheet);
	const [only] = read;
	// A file with one sheet means its questions, whatever the sheet is called.
	return { sheets: read.length === 1 && only !== undefined ? [{ ...only, name: 'survey' }] : read };
}

async function parse(bytes: Uint8Array): Promise<{ name: string; rows: CellValue[][] }[]> {
	try {
		return (await parseXlsx(bytes, { maxRows: XLSX_LIMITS.rows + 1 })).sheets;
	} catch (cause) {
		return refuse('xlsform.unreadable', {}, { detail: cause instanceof Error ? cause.message.slice(0, 200) : 'unknown' });
	}
}

function toSheet(sheet: { name: string; rows: CellValue[][] }): Sheet {
	const rows = sheet.rows.map((row) => trimEnd(row.map(valueText)));
	while (rows.length > 0 && rows.at(-1)?.length === 0) rows.pop();
	if (rows.length > XLSX_LIMITS.rows) tooLarge(`rows in ${sheet.name}`, XLSX_LIMITS.rows);
	if (rows.some((row) => row.length > XLSX_LIMITS.columns)) tooLarge(`columns in ${sheet.name}`, XLSX_LIMITS.columns);
	return { name: sheet.name, rows: withoutRemarks(rows) };
}

/** Remarks beside the table, in columns without a heading, are common and harmless. A sheet without headings keeps all. */
function withoutRemarks([header = [], ...rows]: string[][]): string[][] {
	if (header.every((heading) => heading === '')) return [header, ...rows];
	return [header, ...rows.map((row) => row.map((cell, column) => ((header[column] ?? '') === '' ? '' : cell)))];
}

function trimEnd(row: string[]): string[] {
	let length = row.length;
	while (length > 0 && row[length - 1] === '') length -= 1;
	return row.slice(0, length);
}

/** A cell as pyxform writes it: whole numbers without `.0`, TRUE and FALSE, dates as `2026-03-08 00:00:00`. */
function valueText(value: CellValue): string {
	if (value === null || value === undefined) return '';
	if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : dateText(value);
	return cellText(String(value));
}

/** A cell with a time but no date lies on the spreadsheet's day zero. */
function dateText(value: Date): string {
	const [day = '', time = ''] = value.toISOString().slice(0, 19).split('T');
	return value.getUTCFullYear() < 1900 ? time : `${day} ${time}`;
}

function contains(bytes: Uint8Array, wanted: readonly number[]): boolean {
	const first = wanted[0] ?? 0;
	for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) {
		if (wanted.every((byte, offset) => bytes[at + offset] === byte)) return true;
	}
	return false;
}

function tooLarge(what: string, limit: number): never {
	return refuse('xlsform.too-large', {}, { what, limit: String(limit) });
}
