import { writeXlsx } from 'hucre';

/** A cell of an exported table. */
export type ExportCell = string | number | null;

/** What a spreadsheet program would take for a formula is handed over as text. */
const harmless = (cell: ExportCell): ExportCell => (typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

/** Rows as CSV (RFC 4180, UTF-8 with a byte order mark so that spreadsheet programs read Cyrillic). */
export function csvOf(header: readonly string[], rows: readonly (readonly ExportCell[])[]): string {
	const line = (cells: readonly ExportCell[]): string =>
		cells.map((cell) => (cell === null ? '' : `"${String(harmless(cell)).replaceAll('"', '""')}"`)).join(',');
	return `\uFEFF${[header, ...rows].map(line).join('\r\n')}\r\n`;
}

/** Rows as an XLSX workbook of one sheet, header fixed on top. */
export async function xlsxOf(sheet: string, header: readonly string[], rows: readonly (readonly ExportCell[])[]): Promise<Uint8Array> {
	return writeXlsx({
		sheets: [{ name: sheet.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31), rows: [[...header], ...rows.map((row) => row.map(harmless))], freezePane: { rows: 1 } }]
	});
}

/** An export as an answer to a request. @param name of the file, without its ending */
export async function tableFile(
	format: 'xlsx' | 'csv',
	name: string,
	header: readonly string[],
	rows: readonly (readonly ExportCell[])[]
): Promise<Response> {
	const body = format === 'csv' ? csvOf(header, rows) : new Uint8Array(await xlsxOf(name, header, rows));
	const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
	return new Response(body, {
		headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}.${format}"`, 'x-content-type-options': 'nosniff' }
	});
}
