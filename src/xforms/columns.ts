import { emptyGroup, type Cell, type CellGroup, type Row } from './cells.ts';
import { refuse } from './refusal.ts';
import type { Sheet, SheetName } from './workbook.ts';

/** How the columns of a sheet are called, and what they mean. */
export type Vocabulary = {
	/** Other names of a column: `relevance` stands for `bind::relevant`. */
	readonly aliases: Readonly<Record<string, readonly string[]>>;
	readonly columns: ReadonlySet<string>;
	/** Without these there is nothing to read. */
	readonly required: readonly string[];
};

/** A sheet with its columns recognised. */
export type Table = { readonly headings: readonly (readonly string[])[]; readonly rows: readonly Row[] };

type Options = {
	readonly sheet: SheetName;
	readonly vocabulary: Vocabulary;
	/** Language of a `label` that stands beside `label::French`. */
	readonly defaultLanguage: string;
	/** Runs of spaces become one (the survey sheet, unless the settings forbid it). */
	readonly collapseSpaces: boolean;
};

/**
 * Recognises the columns of a sheet and groups the cells of each row by them, so that `label::uz` and `label::ru`
 * become one label in two languages. Method: pyxform 4.5, `parsing/sheet_headers`.
 *
 * @throws Refusal `headers.duplicate`, `headers.required`, `headers.missing`
 */
export function readTable(sheet: Sheet, options: Options): Table {
	const header = (sheet.rows[0] ?? []).map((cell) => cell.replace(/ +/g, ' ').trim());
	const headings = headingsOf(header, options.vocabulary);
	checkTwins(header, headings, options);
	const rows = sheet.rows.slice(1).map((cells, index) => readRow(cells, index + 2, headings, options));
	const found = new Set(headings.map((tokens) => tokens[0]));
	const missing = options.vocabulary.required.filter((column) => !found.has(column));
	if (missing.length > 0 && (rows.length > 0 || options.sheet === 'survey')) {
		refuse('headers.required', { sheet: options.sheet, row: 1 }, { header: missing.join(', ') });
	}
	return { headings: headings.filter((tokens) => tokens.length > 0), rows };
}

/** What each column of a sheet means: `relevance` is `bind`, `relevant`; empty for a column without a heading. */
export function headingsOf(header: readonly string[], vocabulary: Vocabulary): string[][] {
	const doubleColon = header.some((cell) => cell.includes('::'));
	return header.map((cell) => (cell.trim() === '' ? [] : heading(cell.replace(/ +/g, ' ').trim(), doubleColon, vocabulary)));
}

/** `Constraint Message::Russian (ru)` -> `bind`, `jr:constraintMsg`, `Russian (ru)`. */
function heading(cell: string, doubleColon: boolean, vocabulary: Vocabulary): string[] {
	for (const name of [cell, snakeCase(cell)]) {
		if (vocabulary.columns.has(name) && !Object.hasOwn(vocabulary.aliases, name)) return [name];
	}
	const tokens = split(cell, doubleColon);
	const [first = '', ...rest] = tokens;
	const name = snakeCase(first);
	if (Object.hasOwn(vocabulary.aliases, name)) return [...(vocabulary.aliases[name] ?? []), ...rest];
	if (vocabulary.columns.has(name)) return [name, ...rest];
	// An unknown column keeps its spelling: a choice filter may speak of it.
	return tokens;
}

/** A single colon divides too, in sheets that have no `::` anywhere; `jr:count` stays whole. */
function split(cell: string, doubleColon: boolean): string[] {
	if (doubleColon) return cell.split('::').map((part) => part.trim());
	const parts = cell.split(':').map((part) => part.trim());
	const jr = parts.indexOf('jr');
	if (jr !== -1 && jr + 1 < parts.length) parts.splice(jr, 2, `jr:${parts[jr + 1] ?? ''}`);
	return parts;
}

function snakeCase(text: string): string {
	return text.trim().split(/\s+/).join('_').toLowerCase();
}

/** Two columns for one thing are a mistake, unless the later one bears the thing's own name: then that one counts. */
function checkTwins(header: readonly string[], headings: readonly string[][], { sheet, vocabulary }: Options): void {
	const seen = new Map<string, string>();
	headings.forEach((tokens, column) => {
		if (tokens.length === 0) return;
		const key = tokens.join('\u0000');
		const first = seen.get(key);
		const second = header[column] ?? '';
		const isOwnName = vocabulary.columns.has(second) && !Object.hasOwn(vocabulary.aliases, second);
		if (first !== undefined && !(isOwnName && first !== second)) refuse('headers.duplicate', { sheet, row: 1, column: second }, { first, second });
		seen.set(key, second);
	});
}

function readRow(cells: readonly string[], number: number, headings: readonly string[][], options: Options): Row {
	const row: CellGroup = emptyGroup();
	cells.forEach((raw, column) => {
		if (raw === '') return;
		const tokens = headings[column] ?? [];
		if (tokens.length === 0) return refuse('headers.missing', { sheet: options.sheet, row: number });
		const value = cleanText(raw, options.collapseSpaces);
		place(row, tokens, value, options.defaultLanguage);
	});
	return { number, cells: row };
}

/**
 * Word processors turn straight quotes into typographic ones, which no expression understands. Inside a word after
 * o or g the opening quote is the Uzbek letter's own mark, typed for want of a better key.
 */
function cleanText(text: string, collapseSpaces: boolean): string {
	const collapsed = collapseSpaces ? text.trim().replace(/ +/g, ' ') : text;
	const letters = collapsed.replace(/(?<=[oOgG])\u2018(?=\p{L})/gu, '\u02bb');
	return letters.replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"');
}

function place(group: CellGroup, tokens: readonly string[], value: string, defaultLanguage: string): void {
	const [first = '', ...rest] = tokens;
	const before = group[first];
	if (rest.length === 0) {
		group[first] = typeof before === 'object' ? withDefault(before, value, defaultLanguage) : value;
		return;
	}
	const inner: CellGroup = typeof before === 'object' ? before : emptyGroup();
	if (typeof before === 'string' && rest[0] !== defaultLanguage) inner[defaultLanguage] = before;
	place(inner, rest, value, defaultLanguage);
	group[first] = inner;
}

/** `label` beside `label::French`: the text without a language is in the default one, unless that is there already. */
function withDefault(group: CellGroup, value: string, defaultLanguage: string): Cell {
	if (group[defaultLanguage] === undefined) group[defaultLanguage] = value;
	return group;
}
