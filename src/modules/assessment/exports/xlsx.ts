import { neutralise } from '#platform/neutral.ts';
import type { ExportColumn, ExportTable } from './columns.ts';
import { labeller, type CsvForm } from './csv.ts';
import { TextEncoding } from './encoder.ts';
import type { Row } from './rows.ts';
import { clockOf, dayOf, numberOf } from './values.ts';

/** Rows that a sheet holds below its heading, and columns. */
export const sheetLimits = { rows: 1_048_575, columns: 16_384 } as const;
/** Longest text of a cell, in UTF-16 units. */
const longestCell = 32_767;

const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escapeXml = (text: string): string => text.replace(notXml, '').replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

/** `A`, `B`, …, `AA` */
export function columnLetters(index: number): string {
	let letters = '';
	for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26)) letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
	return letters;
}

/** Styles of cells, by their place in the style sheet below. */
const styles = { heading: 1, day: 2, moment: 3, text: 4 } as const;
const firstDay = Date.UTC(1900, 2, 1);

/** A table as a sheet of a workbook, its heading kept in sight. */
export class SheetEncoder extends TextEncoding {
	readonly #heads: readonly string[];
	readonly #columns: readonly (ExportColumn | null)[];
	readonly #letters: readonly string[];
	readonly #show: readonly (((text: string) => string) | null)[];
	#rows = 1;
	/** Texts that were longer than a cell can hold. */
	cut = 0;

	constructor(heads: readonly string[], columns: readonly (ExportColumn | null)[], values: CsvForm['values']) {
		super();
		this.#heads = heads;
		this.#columns = columns;
		this.#letters = heads.map((_, i) => columnLetters(i));
		this.#show = columns.map((column) => (column !== null && values === 'labels' && column.options.length > 0 ? labeller(column.options, column.several) : null));
	}

	static ofTable(table: ExportTable, { headings, values }: Pick<CsvForm, 'headings' | 'values'>): SheetEncoder {
		return new SheetEncoder(table.columns.map((column) => (headings === 'labels' ? column.label : column.name)), table.columns, values);
	}

	head(): Uint8Array {
		const cells = this.#heads.map((head, i) => this.#inline(`${this.#letters[i] ?? ''}1`, head, styles.heading)).join('');
		return Buffer.from(
			`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15" defaultColWidth="16"/><sheetData><row r="1">${cells}</row>`
		);
	}

	row(row: Row): void {
		this.#rows += 1;
		let line = `<row r="${this.#rows}">`;
		for (let i = 0; i < row.length; i++) {
			const value = row[i];
			if (value !== null && value !== undefined) line += this.#cell(`${this.#letters[i] ?? ''}${this.#rows}`, value, i);
		}
		this.text += `${line}</row>`;
	}

	override tail(): Iterable<Uint8Array> {
		this.text += '</sheetData></worksheet>';
		return [this.take()];
	}

	#cell(at: string, value: string, index: number): string {
		const show = this.#show[index];
		if (show) return this.#inline(at, show(value), styles.text);
		const kind = this.#columns[index]?.kind;
		if (kind === 'integer' || kind === 'number' || kind === 'flag') {
			const number = numberOf(value);
			if (!Number.isNaN(number)) return `<c r="${at}"><v>${number}</v></c>`;
		} else if (kind === 'date' || kind === 'moment') {
			const moment = kind === 'date' ? dayOf(value) : clockOf(value);
			if (moment >= firstDay) return `<c r="${at}" s="${styles[kind === 'date' ? 'day' : 'moment']}"><v>${moment / 86_400_000 + 25_569}</v></c>`;
		}
		return this.#inline(at, value, styles.text);
	}

	#inline(at: string, text: string, style: number): string {
		let shown = neutralise(text);
		if (shown.length > longestCell) {
			this.cut += 1;
			shown = shown.slice(0, longestCell);
		}
		return `<c r="${at}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${escapeXml(shown)}</t></is></c>`;
	}
}

/** Names of sheets: without what a spreadsheet forbids, of bearable length, all different. */
export function sheetNames(names: readonly string[]): string[] {
	const taken = new Set<string>();
	return names.map((name, i) => {
		const plain = name.replace(/[\\/?*[\]:']/g, ' ').trim().slice(0, 31) || `Sheet${i + 1}`;
		let free = plain;
		for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${plain.slice(0, 30 - String(n).length)} ${n}`;
		taken.add(free.toLowerCase());
		return free;
	});
}

const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The files of a workbook beside its sheets, which are `xl/worksheets/sheet1.xml` and on. */
export function workbookFiles(names: readonly string[]): readonly (readonly [string, string])[] {
	const sheets = names.map((_, i) => i + 1);
	const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
	const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
	return [
		['[Content_Types].xml', `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/>${sheets.map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${types}.worksheet+xml"/>`).join('')}</Types>`],
		['_rels/.rels', `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
		['xl/workbook.xml', `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${names.map((name, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`],
		['xl/_rels/workbook.xml.rels', `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets.map((n) => `<Relationship Id="rId${n}" Type="${relations}/worksheet" Target="worksheets/sheet${n}.xml"/>`).join('')}<Relationship Id="rId${names.length + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`],
		['xl/styles.xml', `${head}<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`]
	];
}
