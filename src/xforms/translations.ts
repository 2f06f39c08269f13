import type { Table } from './columns.ts';
import { descendants, type Choice, type ChoiceLists, type FormNode } from './form.ts';
import type { Warning } from './refusal.ts';
import { warning } from './warnings.ts';

/** Columns in which people read something. */
const SURVEY_COLUMNS = ['label', 'hint', 'guidance_hint', 'image', 'big-image', 'audio', 'video', 'jr:constraintMsg', 'jr:requiredMsg'];
const CHOICE_COLUMNS = ['label', 'image', 'big-image', 'audio', 'video'];
const SHOWN_AS: Readonly<Record<string, string>> = { 'jr:constraintMsg': 'constraint_message', 'jr:requiredMsg': 'required_message' };

/** Points out columns that exist in one language and not in another. */
export function translationWarnings(survey: Table, choices: Table | undefined): Warning[] {
	return [...missing('survey', survey, SURVEY_COLUMNS), ...(choices === undefined ? [] : missing('choices', choices, CHOICE_COLUMNS))];
}

function missing(sheet: string, table: Table, translatable: readonly string[]): Warning[] {
	const seen = new Map<string, Set<string>>();
	const columns = new Set<string>();
	for (const tokens of table.headings) {
		const [first = '', ...rest] = tokens;
		const [column = '', language = 'default'] = first === 'media' || first === 'bind' ? rest : tokens;
		if (!translatable.includes(column)) continue;
		columns.add(column);
		seen.set(language, (seen.get(language) ?? new Set()).add(column));
	}
	if (seen.size === 0 || (seen.size === 1 && seen.has('default'))) return [];
	return [...seen].flatMap(([language, has]) => {
		const lacks = [...columns].filter((column) => !has.has(column)).map((column) => SHOWN_AS[column] ?? column);
		return lacks.length === 0 ? [] : [warning('languages.columns-missing', { sheet, row: 1 }, { language, columns: lacks.sort().join(', ') })];
	});
}

/** `Русский (ru)` -> `ru`; undefined when no code stands in brackets. */
export function languageCode(language: string): string | undefined {
	const code = /\(\s*([^()]+?)\s*\)\s*$/.exec(language)?.[1];
	if (code === undefined || !/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(code)) return undefined;
	try {
		return Intl.getCanonicalLocales(code)[0];
	} catch {
		return undefined;
	}
}

/** Languages of a form, in the order in which they first occur. */
export function languagesIn(root: FormNode, choices: ChoiceLists): string[] {
	const languages = new Set<string>();
	const look = (text: unknown): void => {
		if (typeof text === 'object' && text !== null) for (const language of Object.keys(text)) languages.add(language);
	};
	for (const node of descendants(root)) {
		[node.label, node.hint, node.guidance, ...Object.values(node.media), ...Object.values(node.bind)].forEach(look);
	}
	for (const list of choices.values()) for (const choice of list) [choice.label, ...Object.values(choice.media)].forEach(look);
	return [...languages];
}

export function languageWarnings(root: FormNode, choices: ReadonlyMap<string, readonly Choice[]>, orOther: boolean): Warning[] {
	const languages = languagesIn(root, choices);
	const unnamed = languages.filter((language) => language !== 'default' && languageCode(language) === undefined);
	const warnings: Warning[] = [];
	if (unnamed.length > 0) {
		warnings.push(warning('languages.no-code', {}, { languages: unnamed.join(', ') }));
	}
	if (orOther && languages.length > 0) {
		warnings.push(warning('languages.or-other'));
	}
	return warnings;
}
