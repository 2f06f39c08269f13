import { controlOf } from '#xforms/containers.ts';
import { columnsOf, fieldsOf, inLanguage, languagesOf, markOf, sheetOf, type Book } from './book.ts';

/** Whether a type opens or closes a group or repeat, however it is spelled. */
export function edgeOf(type: string | undefined): { edge: 'begin' | 'end'; kind: 'group' | 'repeat' | 'loop' } | undefined {
	const control = controlOf((type ?? '').trim());
	return control && { edge: control.edge, kind: control.control };
}

/** A type cell taken apart: `select_one yesno or_other` is `select_one`, `yesno`, `or_other`. */
export type TypeParts = { readonly kind: string; readonly list: string; readonly rest: string };

const listed = /^(select_one|select_multiple|select one|select multiple|rank|select_one_from_file|select_multiple_from_file)(?:\s+from)?\s+(\S+)(?:\s+(.*))?$/i;

export function typeParts(type: string): TypeParts {
	const edge = edgeOf(type);
	if (edge) return { kind: edge.edge === 'begin' ? `begin_${edge.kind}` : `end_${edge.kind}`, list: '', rest: '' };
	const found = listed.exec(type.trim());
	if (!found) return { kind: type.trim(), list: '', rest: '' };
	return { kind: (found[1] ?? '').toLowerCase().replace(' ', '_'), list: found[2] ?? '', rest: found[3] ?? '' };
}

export const typeText = ({ kind, list, rest }: TypeParts): string => [kind, list, rest].filter((part) => part !== '').join(' ');

/** A row of the survey sheet as the editor shows it. */
export type OutlineRow = {
	readonly id: string;
	/** Row in the spreadsheet. */
	readonly number: number;
	readonly depth: number;
	readonly kind: string;
	readonly edge: 'begin' | 'end' | undefined;
	readonly fields: Readonly<Record<string, string>>;
	readonly mark: string;
};

/** The rows of the survey sheet that say something, each with its depth. Ends of groups are left out of the picture. */
export function outlineOf(book: Book): OutlineRow[] {
	const sheet = sheetOf(book, 'survey');
	if (!sheet) return [];
	const columns = columnsOf(sheet);
	let depth = 0;
	const rows: OutlineRow[] = [];
	sheet.rows.forEach((row, index) => {
		if (row.cells.every((cell) => cell === '')) return;
		const fields = fieldsOf(columns, row);
		const edge = edgeOf(fields['type'])?.edge;
		if (edge === 'end') depth = Math.max(0, depth - 1);
		rows.push({ id: row.id, number: index + 2, depth, kind: typeParts(fields['type'] ?? '').kind, edge, fields, mark: markOf(row.cells) });
		if (edge === 'begin') depth += 1;
	});
	return rows;
}

/** A choice list: its name and its choices. */
export type OutlineList = { readonly name: string; readonly choices: readonly { readonly id: string; readonly number: number; readonly fields: Readonly<Record<string, string>> }[]; readonly mark: string };

export function listsOf(book: Book): OutlineList[] {
	const sheet = sheetOf(book, 'choices');
	if (!sheet) return [];
	const columns = columnsOf(sheet);
	const lists = new Map<string, { id: string; number: number; fields: Record<string, string>; cells: string[] }[]>();
	sheet.rows.forEach((row, index) => {
		const fields = fieldsOf(columns, row);
		const name = fields['list_name'];
		if (name === undefined) return;
		lists.set(name, [...(lists.get(name) ?? []), { id: row.id, number: index + 2, fields, cells: row.cells }]);
	});
	return [...lists].map(([name, choices]) => ({ name, mark: markOf(choices.flatMap(({ id, cells }) => [id, ...cells])), choices: choices.map(({ id, number, fields }) => ({ id, number, fields })) }));
}

/** The settings of a book by their name. */
export function settingsOf(book: Book): Record<string, string> {
	const sheet = sheetOf(book, 'settings');
	const first = sheet?.rows[0];
	return sheet && first ? fieldsOf(columnsOf(sheet), first) : {};
}

/** A row's text in a language, or in the first that has one. */
export function shownText(fields: Readonly<Record<string, string>>, field: string, languages: readonly string[], wanted: string): string {
	for (const language of [wanted, '', ...languages]) {
		const text = fields[inLanguage(field, language)];
		if (text !== undefined) return text;
	}
	return '';
}

/** The language of a book that suits a reader: the one with that code in brackets, else the default, else the first. */
export function languageFor(book: Book, locale: string): string {
	const languages = languagesOf(book);
	const coded = (code: string): string | undefined => languages.find((language) => language.toLowerCase().endsWith(`(${code.toLowerCase()})`));
	return coded(locale) ?? coded(locale.split('-')[0] ?? locale) ?? languages.find((language) => language === settingsOf(book)['default_language']) ?? languages[0] ?? '';
}

