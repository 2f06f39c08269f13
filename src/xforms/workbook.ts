/**
 * A spreadsheet as the converter sees it: text only, whatever it was read from.
 *
 * `rows[0]` is the header row; `rows[i]` stands in row `i + 1` of the spreadsheet, so an error can name the row
 * the author sees. Missing trailing cells may be absent.
 */
export type Sheet = { readonly name: string; readonly rows: readonly (readonly string[])[] };

export type Workbook = { readonly sheets: readonly Sheet[] };

/** The sheets of an XLSForm that carry meaning; any other sheet may stand in the file and is ignored. */
export type SheetName = 'survey' | 'choices' | 'settings' | 'external_choices' | 'entities' | 'osm';

/** The sheet of that name, letter case aside. */
export function findSheet(workbook: Workbook, name: SheetName): Sheet | undefined {
	return workbook.sheets.find((sheet) => sheet.name.trim().toLowerCase() === name);
}

/** Characters that XML 1.0 cannot carry, not even escaped: control characters and lone surrogates. */
 
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

/** Cell text as it enters the converter: no-break spaces become spaces, what XML cannot carry is taken out. */
export function cellText(text: string): string {
	return text.replace(/\u00a0/g, ' ').replace(NOT_XML, '').trim();
}
