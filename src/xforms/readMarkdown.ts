import { cellText, type Sheet, type Workbook } from './workbook.ts';

/**
 * Reads the table format in which XLSForms are written in mail and tests:
 *
 *     | survey |      |      |       |
 *     |        | type | name | label |
 *     |        | text | q1   | Name  |
 *
 * The first column names a sheet and starts it. Empty rows do not count; `\|` is a pipe. Lines that are no table,
 * and what follows a table's last pipe, are remarks.
 */
export function readMarkdown(text: string): Workbook {
	const sheets: { name: string; rows: string[][] }[] = [];
	for (const line of text.split('\n')) {
		const cells = tableCells(line);
		if (cells === undefined) continue;
		const [first = '', ...rest] = cells;
		if (first !== '') sheets.push({ name: first, rows: [] });
		if (rest.some((cell) => cell !== '')) sheets.at(-1)?.rows.push(rest);
	}
	return { sheets: sheets satisfies Sheet[] };
}

function tableCells(line: string): string[] | undefined {
	const inside = /^\s*\|(.*)\|/.exec(line)?.[1];
	if (inside === undefined || /^[|-]+$/.test(line.trim())) return undefined;
	return inside.split(/(?<!\\)\|/).map((cell) => cellText(cell.replace(/\\\|/g, '|')));
}
