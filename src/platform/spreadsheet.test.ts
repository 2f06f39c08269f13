import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { neutralise } from './neutral.ts';
import { readTable, writeCsv, writeWorkbook } from './spreadsheet.server.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('an export', () => {
	it('makes plain text of what a spreadsheet would run', () => {
		for (const text of ['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', ' =1', '\ufeff=1', '＝1', '=HYPERLINK("http://x")']) expect(neutralise(text)).toBe(`'${text}`);
		for (const text of ['-5', '+12,5', '7', 'a=b', 'Oʻzbekiston']) expect(neutralise(text)).toBe(text);
	});
	it('comes back from CSV and XLSX as it went out, whatever is in it', async () => {
		const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replace(/\p{Cc}|[\ufffe\uffff]|\p{Cs}/gu, '').trim());
		await fc.assert(
			fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), async (rows) => {
				const table = { name: 'x', columns: ['a', 'b'], rows };
				const expected = rows.map((row) => row.map((text) => neutralise(text).trim()));
				expect((await readTable(writeCsv(table), 'csv')).slice(1)).toEqual(expected);
			}),
			{ numRuns: 60 }
		);
		const table = { name: 'Javoblar', columns: ['savol', 'soni'], rows: [['=1+1', 5], ['Ўзбек, "тил"\nсатр', null]] };
		const back = await readTable(await writeWorkbook([table]), 'xlsx');
		expect(back.map((row) => [row[0], row[1] ?? ''])).toEqual([['savol', 'soni'], ["'=1+1", '5'], ['Ўзбек, "тил"\nсатр', '']]);
	});
	it('refuses what is no table with a clear code', async () => {
		await expect(readTable(utf8('"open'), 'csv')).rejects.toMatchObject({ code: 'table.unreadable' });
		await expect(readTable(new Uint8Array([0xff, 0xfe, 0x00]), 'csv')).rejects.toMatchObject({ code: 'table.unreadable' });
		await expect(readTable(utf8('no archive'), 'xlsx')).rejects.toMatchObject({ code: 'table.unreadable' });
	});
	it('survives a sheet of 60,000 rows that inflates to 75 MB', async () => {
		const row = `<row>${'<c t="inlineStr"><is><t>aaaaaaaaaaaaaaaaaaaaaaaa</t></is></c>'.repeat(20)}</row>`;
		const sheet = utf8(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${row.repeat(60_000)}</sheetData></worksheet>`);
		const bomb = zipSync({
			'[Content_Types].xml': utf8('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'),
			'_rels/.rels': utf8('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'),
			'xl/workbook.xml': utf8('<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'),
			'xl/_rels/workbook.xml.rels': utf8('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'),
			'xl/worksheets/sheet1.xml': sheet
		});
		expect(bomb.length).toBeLessThan(1_000_000);
		await expect(readTable(bomb, 'xlsx')).rejects.toMatchObject({ code: 'table.too-large' });
	});
});
