import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { baseline } from './baseline.ts';
import type { Three } from './row.ts';

const languages = ['Oʻzbekcha (uz)', 'Русский (ru)', 'English (en)'];

const inLanguages = (column: string): string[] => languages.map((language) => `${column}::${language}`);
const texts = (three: Three | undefined): string[] => [...(three ?? ['', '', ''])];

/** The instrument as the sheets of an XLSForm: rows of text, the header first. */
export function sheetsOfBaseline(): { name: string; rows: string[][] }[] {
	const survey = [
		['type', 'name', ...inLanguages('label'), ...inLanguages('hint'), 'required', 'relevant', 'constraint',
			...inLanguages('constraint_message'), 'calculation', 'repeat_count'],
		...baseline.survey.map((row) => [
			row.type, row.name, ...texts(row.label), ...texts(row.hint), row.required ?? '', row.relevant ?? '', row.constraint ?? '',
			...texts(row.constraintMessage), row.calculation ?? '', row.repeatCount ?? ''
		])
	];
	const choices = [
		['list_name', 'name', ...inLanguages('label')],
		...Object.entries(baseline.choices).flatMap(([list, entries]) => entries.map(([name, label]) => [list, name, ...label]))
	];
	return [
		{ name: 'survey', rows: survey },
		{ name: 'choices', rows: choices },
		{ name: 'settings', rows: [Object.keys(baseline.settings), Object.values(baseline.settings)] }
	];
}

/** Writes `baseline.xlsx` beside this file. */
export async function writeBaseline(): Promise<void> {
	const bytes = await writeXlsx({ sheets: sheetsOfBaseline().map((sheet) => ({ ...sheet, freezePane: { rows: 1 } })) });
	writeFileSync(path.join(import.meta.dirname, 'baseline.xlsx'), bytes);
}

if (import.meta.main) await writeBaseline();
