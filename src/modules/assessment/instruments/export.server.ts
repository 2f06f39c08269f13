import { writeXlsx } from 'hucre/xlsx';
import { downloadHeaders, safeName } from '#platform/files.server.ts';
import { cellText, type Workbook } from '#xforms/workbook.ts';

/**
 * Sheets as an `.xlsx` file that converts to the same form. Every cell is a text cell, which no spreadsheet runs as a
 * formula; so nothing is put before what begins with `=` or `-`, which would change the form.
 */
export async function xlsxOf(workbook: Workbook): Promise<Uint8Array> {
	const names = new Set<string>();
	const sheets = workbook.sheets.map(({ name, rows }, i) => {
		const plain = name.replace(/[\\/?*[\]:]/g, ' ').trim().slice(0, 31);
		const own = plain === '' || names.has(plain.toLowerCase()) ? `Sheet${i + 1}` : plain;
		names.add(own.toLowerCase());
		return { name: own, rows: rows.map((row) => row.map((cell) => (cell === '' ? null : cellText(cell)))), freezePane: { rows: 1 } };
	});
	return writeXlsx({ sheets });
}

/** The answer that hands sheets over as a file. */
export async function xlsxResponse(workbook: Workbook, name: string): Promise<Response> {
	return new Response(new Uint8Array(await xlsxOf(workbook)), { headers: downloadHeaders({ name: safeName(`${name}.xlsx`), mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }) });
}
