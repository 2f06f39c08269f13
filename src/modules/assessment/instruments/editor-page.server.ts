import type { Tx } from '#platform/database.server.ts';
import type { Locale } from '#platform/locales.ts';
import { mayI } from '#platform/permit.server.ts';
import { draftInstrument } from '../permits.ts';
import { inLanguage, languagesOf, sheetOf, type Book } from './book.ts';
import { checkBook, getDraft, problemsOf, type DraftProblem } from './draft-queries.server.ts';
import { languageFor, listsOf, outlineOf, shownText, typeParts, type OutlineRow } from './outline.ts';

/** A problem with the identity of the row it concerns. */
export type PlacedProblem = DraftProblem & { readonly id: string | null };

/** What every page of a draft shows: its facts, its sheets, and what is wrong with them. */
export async function draftPage(tx: Tx, programmeId: string, id: string, locale: Locale) {
	const { book, ...draft } = await getDraft(tx, programmeId, id);
	const result = await checkBook(book);
	const empty = outlineOf(book).length === 0;
	// An empty questionnaire is not wrong, it is not begun.
	const problems = empty ? [] : placed(book, problemsOf(result, locale));
	return { draft, book, result, problems, mayEdit: draft.state === 'open' && (await mayI(tx, draftInstrument, { programmeId })) };
}

function placed(book: Book, problems: readonly DraftProblem[]): PlacedProblem[] {
	return problems.map((problem) => ({
		...problem,
		id: problem.sheet === null || problem.row === null ? null : (sheetOf(book, problem.sheet)?.rows[problem.row - 2]?.id ?? null)
	}));
}

/** A line of the outline, with the words of the reader's language. */
export type EditorRow = { id: string; number: number; depth: number; kind: string; edge: 'begin' | 'end' | undefined; name: string; label: string; required: boolean; conditional: boolean; mark: string; choices: string[] };

/** What the editor of questions shows. @param open the row that is being edited */
export function editorOf(book: Book, open: string | null, locale: Locale) {
	const languages = languagesOf(book);
	const language = languageFor(book, locale);
	const outline = outlineOf(book);
	const lists = new Map(listsOf(book).map((list) => [list.name, list]));
	const choicesOf = (row: OutlineRow) => lists.get(typeParts(row.fields['type'] ?? '').list)?.choices ?? [];
	const rows: EditorRow[] = outline
		.filter((row) => row.edge !== 'end')
		.map((row) => ({
			id: row.id,
			number: row.number,
			depth: row.depth,
			kind: row.kind,
			edge: row.edge,
			name: row.fields['name'] ?? '',
			label: shownText(row.fields, 'label', languages, language),
			required: /^(yes|true|true\(\))$/i.test(row.fields['bind::required'] ?? ''),
			conditional: row.fields['bind::relevant'] !== undefined,
			mark: row.mark,
			choices: choicesOf(row).slice(0, 12).map((choice) => shownText(choice.fields, 'label', languages, language) || (choice.fields['name'] ?? ''))
		}));
	const opened = outline.find((row) => row.id === open && row.edge !== 'end') ?? null;
	return {
		languages,
		language,
		rows,
		open: opened && { id: opened.id, kind: opened.kind, edge: opened.edge, mark: opened.mark, fields: opened.fields, type: typeParts(opened.fields['type'] ?? '') },
		lists: [...lists.keys()],
		conditions: opened ? conditionsFor(outline, opened, choicesOf, languages, language) : []
	};
}
export type Editor = ReturnType<typeof editorOf>;

/** Answers to earlier questions, as conditions in which a later question can be asked. */
function conditionsFor(
	outline: readonly OutlineRow[],
	opened: OutlineRow,
	choicesOf: (row: OutlineRow) => readonly { fields: Readonly<Record<string, string>> }[],
	languages: readonly string[],
	language: string
): { value: string; label: string }[] {
	const conditions: { value: string; label: string }[] = [];
	for (const row of outline) {
		if (row.id === opened.id) break;
		const name = row.fields['name'];
		if (name === undefined || !['select_one', 'select_multiple'].includes(row.kind)) continue;
		const question = shownText(row.fields, 'label', languages, language) || name;
		for (const { fields } of choicesOf(row).slice(0, 30)) {
			const choice = fields['name'] ?? '';
			const value = row.kind === 'select_one' ? `\${${name}} = '${choice}'` : `selected(\${${name}}, '${choice}')`;
			conditions.push({ value, label: `${question.slice(0, 60)}: ${fields[inLanguage('label', language)] ?? shownText(fields, 'label', languages, language)}` });
		}
	}
	return conditions.slice(-400);
}
