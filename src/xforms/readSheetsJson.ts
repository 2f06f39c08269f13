import { z } from 'zod';
import { cellText, type Workbook } from './workbook.ts';
import { refuse } from './refusal.ts';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const sheetsJson = z.record(z.string(), z.array(z.record(z.string(), scalar)));

/**
 * Reads sheets given as JSON: sheet name -> rows, each row an object from header to value. The headers are those of
 * the first 100 rows, in the order in which they occur; a later row with another header has lost its header row.
 *
 * @throws Refusal `xlsform.unreadable` when the value has another shape, `headers.missing` for a value without header
 */
export function readSheetsJson(value: unknown): Workbook {
	const parsed = sheetsJson.safeParse(value);
	if (!parsed.success) return refuse('xlsform.unreadable', {}, { detail: 'not sheet -> rows' });
	const sheets = Object.entries(parsed.data).map(([name, rows]) => {
		const headers = [...new Set(rows.slice(0, 100).flatMap((row) => Object.keys(row)))];
		rows.forEach((row, index) => {
			if (Object.keys(row).some((header) => !headers.includes(header))) {
				refuse('headers.missing', { sheet: name, row: index + 2 });
			}
		});
		const cells = rows.map((row) =>
			headers.map((header) => (Object.hasOwn(row, header) ? scalarText(row[header] ?? null) : ''))
		);
		return { name, rows: [headers, ...cells] };
	});
	return { sheets };
}

function scalarText(value: z.infer<typeof scalar>): string {
	if (value === null) return '';
	if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
	return cellText(String(value));
}
