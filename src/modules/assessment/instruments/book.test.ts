import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { convert } from '#xforms/convert.ts';
import { readMarkdown } from '#xforms/readMarkdown.ts';
import { readSheetsJson } from '#xforms/readSheetsJson.ts';
import { readXlsx } from '#xforms/readXlsx.ts';
import { Refusal } from '#xforms/refusal.ts';
import type { Workbook } from '#xforms/workbook.ts';
import { bookOf, fieldsOf, columnsOf, languagesOf, markOf, sheetOf, workbookOf, type Book } from './book.ts';
import { differences, nothingChanged } from './differences.ts';
import { emptyBook, formIdFrom, nextVersion } from './draft.ts';
import { applyEdit } from './edit.ts';
import type { Edit } from './edit-kinds.ts';
import { xlsxOf } from './export.server.ts';
import { listsOf, outlineOf } from './outline.ts';

const sheet = `
| survey |
| | type | name | label::Oʻzbekcha (uz) | label::Русский (ru) | relevant |
| | begin_group | about | Siz haqingizda | О вас | |
| | select_one sex | sex | Jinsingiz? | Ваш пол? | |
| | integer | age | Yoshingiz? | Ваш возраст? | \${sex} = 'f' |
| | end_group | | | | |
| | text | more | Yana nima? | Что ещё? | |
| choices |
| | list_name | name | label::Oʻzbekcha (uz) | label::Русский (ru) |
| | sex | f | Ayol | Женщина |
| | sex | m | Erkak | Мужчина |
| settings |
| | form_id | form_title | version |
| | sinov | Sinov | 1 |
`;
const given = (): Book => bookOf(readMarkdown(sheet));
const idOf = (book: Book, name: string): string => outlineOf(book).find((row) => row.fields['name'] === name)?.id ?? '';
const seen = (book: Book, name: string): string => outlineOf(book).find((row) => row.fields['name'] === name)?.mark ?? '';
const names = (book: Book): string[] => outlineOf(book).map((row) => row.fields['name'] ?? row.kind);
const edited = (book: Book, ...edits: Edit[]): Book => edits.reduce((now, edit) => applyEdit(now, edit).book, book);
const xml = (workbook: Workbook): string => {
	const result = convert(workbook);
	if (!result.ok) throw new Error(JSON.stringify(result.errors));
	return result.xml;
};

describe('a questionnaire in the browser', () => {
	it('holds every cell of its spreadsheet', () => {
		const book = given();
		expect(workbookOf(book).sheets.map((each) => each.rows.length)).toEqual(readMarkdown(sheet).sheets.map((each) => each.rows.length));
		expect(xml(workbookOf(book))).toBe(xml(readMarkdown(sheet)));
		expect(languagesOf(book)).toEqual(['Oʻzbekcha (uz)', 'Русский (ru)']);
	});
	it('moves questions one row at a time, into groups and out of them, groups whole', () => {
		const book = given();
		expect(names(edited(book, { do: 'up', row: idOf(book, 'more') }))).toEqual(['about', 'sex', 'age', 'more', 'end_group']);
		expect(names(edited(book, { do: 'up', row: idOf(book, 'sex') }))).toEqual(['sex', 'about', 'age', 'end_group', 'more']);
		expect(names(edited(book, { do: 'down', row: idOf(book, 'about') }))).toEqual(['more', 'about', 'sex', 'age', 'end_group']);
		expect(names(edited(book, { do: 'up', row: idOf(book, 'about') }))).toEqual(names(book));
	});
	it('copies a group with names of its own and references into the copy', () => {
		const book = given();
		const copy = edited(book, { do: 'duplicate', row: idOf(book, 'about') });
		expect(names(copy)).toEqual(['about', 'sex', 'age', 'end_group', 'about_2', 'sex_2', 'age_2', 'end_group', 'more']);
		expect(outlineOf(copy).find((row) => row.fields['name'] === 'age_2')?.fields['bind::relevant']).toBe("${sex_2} = 'f'");
	});
	it('deletes a group with its questions, or the group alone', () => {
		const book = given();
		const what = { do: 'remove', row: idOf(book, 'about'), seen: seen(book, 'about') } as const;
		expect(names(edited(book, { ...what, keep: false }))).toEqual(['more']);
		expect(names(edited(book, { ...what, keep: true }))).toEqual(['sex', 'age', 'more']);
	});
	it('writes a new name into every reference', () => {
		const book = given();
		const renamed = edited(book, { do: 'set', row: idOf(book, 'sex'), seen: seen(book, 'sex'), fields: { name: 'jins' } });
		expect(outlineOf(renamed).find((row) => row.fields['name'] === 'age')?.fields['bind::relevant']).toBe("${jins} = 'f'");
		expect(convert(workbookOf(renamed)).ok).toBe(true);
	});
	it('refuses to write over what somebody else changed, and lets another question be', () => {
		const book = given();
		const mine = seen(book, 'age');
		const theirs = edited(book, { do: 'set', row: idOf(book, 'age'), seen: mine, fields: { 'label::Русский (ru)': 'Сколько вам лет?' } });
		const late: Edit = { do: 'set', row: idOf(book, 'age'), seen: mine, fields: { 'label::Русский (ru)': 'Возраст' } };
		expect(() => applyEdit(theirs, late)).toThrow(/draft.row-changed/);
		expect(() => applyEdit(theirs, { do: 'remove', row: idOf(book, 'age'), seen: mine, keep: false })).toThrow(/draft.row-changed/);
		expect(() => applyEdit(theirs, { ...late, row: idOf(book, 'more'), seen: seen(book, 'more') })).not.toThrow();
	});
	it('is written from nothing to a form that converts', () => {
		const key = 'label::Oʻzbekcha (uz)';
		let book = emptyBook('Mahalla soʻrovi', ['uz', 'ru']);
		const first = applyEdit(book, { do: 'add', after: '', kind: 'select_one' });
		book = first.book;
		const row = outlineOf(book)[0];
		book = edited(book, { do: 'set', row: first.row ?? '', seen: row?.mark ?? '', fields: { [key]: 'Roʻyxatdan oʻtganmisiz?', 'bind::required': 'yes' } });
		const list = listsOf(book)[0];
		expect(list?.choices.map((choice) => choice.fields['name'])).toEqual(['1', '2']);
		book = edited(book, { do: 'list', list: list?.name ?? '', name: 'ha_yoq', seen: list?.mark ?? '', rows: [...(list?.choices ?? []).map(({ id }, i) => ({ id, fields: { [key]: ['Ha', 'Yoʻq'][i] ?? '' } })), { id: '', fields: { [key]: 'Bilmayman' } }] });
		expect(outlineOf(book)[0]?.fields['type']).toBe('select_one ha_yoq');
		expect(listsOf(book)[0]?.choices.map((choice) => choice.fields['name'])).toEqual(['1', '2', '3']);
		expect(xml(workbookOf(book))).toContain('Roʻyxatdan oʻtganmisiz?');
	});
	it('adds, renames and removes languages on all sheets', () => {
		const book = edited(given(), { do: 'language-add', language: 'English (en)' }, { do: 'language-rename', from: 'Русский (ru)', to: 'Русский язык (ru)' }, { do: 'language-remove', language: 'Oʻzbekcha (uz)' });
		expect(languagesOf(book)).toEqual(['Русский язык (ru)', 'English (en)']);
		expect(xml(workbookOf(book))).toContain('Женщина');
		expect(() => applyEdit(book, { do: 'language-add', language: 'English (en)' })).toThrow(/draft.language-exists/);
	});
	it('divides headings one way when a sheet with single colons grows', () => {
		const book = bookOf(readMarkdown('| survey |\n| | type | name | label:English (en) | bind:relevant |\n| | text | a | A | |\n| | text | b | B | ${a} = 1 |'));
		const grown = edited(book, { do: 'set', row: idOf(book, 'a'), seen: seen(book, 'a'), fields: { 'hint::English (en)': 'H' } });
		expect(xml(workbookOf(grown))).toContain('relevant=" /data/a  = 1"');
		expect(languagesOf(grown)).toEqual(['English (en)']);
	});
	it('stays well formed whatever is done to it', () => {
		const step = fc.record({ what: fc.constantFrom('up', 'down', 'duplicate', 'remove', 'keep', 'add', 'group'), at: fc.nat(30) });
		fc.assert(
			fc.property(fc.array(step, { maxLength: 25 }), (all) => {
				let book = given();
				for (const { what, at } of all) {
					const rows = outlineOf(book).filter((row) => row.edge !== 'end');
					const row = rows[at % Math.max(rows.length, 1)];
					if (!row || rows.length > 40) continue;
					if (what === 'up' || what === 'down' || what === 'duplicate') book = edited(book, { do: what, row: row.id });
					else if (what === 'add') book = edited(book, { do: 'add', after: row.id, kind: 'text' });
					else if (what === 'group') book = edited(book, { do: 'add', after: row.id, kind: 'begin_repeat' });
					else book = edited(book, { do: 'remove', row: row.id, seen: row.mark, keep: what === 'keep' });
				}
				let depth = 0;
				for (const row of outlineOf(book)) {
					depth += row.edge === 'begin' ? 1 : row.edge === 'end' ? -1 : 0;
					expect(depth).toBeGreaterThanOrEqual(0);
				}
				expect(depth).toBe(0);
				const ids = book.sheets.flatMap((each) => each.rows.map((row) => row.id));
				expect(new Set(ids).size).toBe(ids.length);
				const found = names(book).filter((name) => name !== 'end_group' && name !== 'end_repeat');
				expect(new Set(found).size).toBe(found.length);
			}),
			{ numRuns: 150 }
		);
	});
	it('names forms and versions', () => {
		expect(formIdFrom('Boshpana sifati: 2026')).toBe('boshpana_sifati_2026');
		expect(formIdFrom('Анкета')).toBe('form');
		expect(nextVersion('2026-11-24', ['2026112401'])).toBe('2026112402');
		expect(markOf(['a', ''])).toBe(markOf(['a']));
	});
});

describe('what changed', () => {
	it('is told question by question, field by field, choice by choice', () => {
		const book = given();
		const changed = edited(
			book,
			{ do: 'set', row: idOf(book, 'age'), seen: seen(book, 'age'), fields: { 'label::Русский (ru)': 'Сколько вам лет?' } },
			{ do: 'up', row: idOf(book, 'more') },
			{ do: 'add', after: '', kind: 'integer' }
		);
		const found = differences(book, changed);
		expect(found.survey.map(({ name, kind }) => [name, kind])).toEqual([['age', 'changed'], ['more', 'moved'], ['q1', 'added']]);
		expect(found.survey[0]?.fields).toEqual([{ field: 'label::Русский (ru)', before: 'Ваш возраст?', after: 'Сколько вам лет?' }]);
		expect(found.survey[1]?.moved).toEqual({ from: { inside: '', after: 'about' }, to: { inside: 'about', after: 'age' } });
		const list = listsOf(book)[0];
		const choices = edited(book, { do: 'choice-up', row: list?.choices[1]?.id ?? '' });
		expect(differences(book, choices).lists).toMatchObject([{ list: 'sex', changes: [{ kind: 'moved' }] }]);
		expect(nothingChanged(differences(book, given()))).toBe(true);
	});
	it('counts one question taken to the end as one move', () => {
		const order = (list: string[]): Book => bookOf({ sheets: [{ name: 'survey', rows: [['type', 'name', 'label'], ...list.map((name) => ['text', name, name])] }] });
		expect(differences(order(['a', 'b', 'c', 'd']), order(['b', 'c', 'd', 'a'])).survey.map(({ name, kind }) => [name, kind])).toEqual([['a', 'moved']]);
	});
	it('finds nothing where only columns were arranged anew, and everything that is different', () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1 }), fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1 }), (one, other) => {
				const book = (list: string[]): Book => bookOf({ sheets: [{ name: 'survey', rows: [['type', 'name', 'label'], ...list.map((name) => ['text', name, name])] }] });
				const found = differences(book(one), book(other)).survey;
				const of = (kind: string): string[] => found.filter((each) => each.kind === kind).map((each) => each.name).sort();
				expect(of('added')).toEqual(other.filter((name) => !one.includes(name)).sort());
				expect(of('removed')).toEqual(one.filter((name) => !other.includes(name)).sort());
				// Without what moved, the rest stands in the same order on both sides.
				const moved = of('moved');
				const stayed = (list: string[]): string[] => list.filter((name) => one.includes(name) && other.includes(name) && !moved.includes(name));
				expect(stayed(one)).toEqual(stayed(other));
			})
		);
	});
});

const shared = [resolve(import.meta.dirname, '../../../../../shared'), process.env['HAMKOR_SHARED'] ?? ''].find((path) => path !== '' && existsSync(`${path}/conformance/xlsform`));
const caseSchema = z.object({ id: z.string(), format: z.enum(['markdown', 'json']), form_name: z.string().nullish(), input: z.unknown(), xform: z.string().optional() });

describe('an exported spreadsheet', () => {
	it('comes back to the same book, cell by cell', async () => {
		const cell = fc.string({ unit: 'grapheme', maxLength: 15 }).map((text) => text.replace(/\p{Cc}|[\ufffe\uffff\u00a0]|\p{Cs}/gu, '').trim());
		const line = fc.tuple(cell, cell, fc.constantFrom('=1+1', '-5', '1.0', '+7', '@x', 'TRUE', '007', '2026-03-08', cell.toString()));
		await fc.assert(
			fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), async (rows) => {
				const workbook = { sheets: [{ name: 'survey', rows: [['type', 'name', 'label'], ...rows.map((row) => [...row])] }, { name: 'choices', rows: [['list_name', 'name', 'label'], ['l', 'a', 'A']] }] };
				const back = await readXlsx(await xlsxOf(workbook));
				const padded = (all: readonly (readonly string[])[]): string[][] => all.map((row) => Array.from({ length: 3 }, (_, i) => row[i] ?? ''));
				expect(padded(back.sheets[0]?.rows ?? [])).toEqual(padded(workbook.sheets[0]?.rows ?? []));
			}),
			{ numRuns: 60 }
		);
	});
	it.skipIf(shared === undefined)('of every accepted form of the corpus converts to the same XForm, by way of the editor', async () => {
		const cases = readFileSync(`${shared ?? ''}/conformance/xlsform/cases.jsonl`, 'utf8').split('\n').filter(Boolean).map((text) => caseSchema.parse(JSON.parse(text))).filter((each) => each.xform !== undefined);
		const different: string[] = [];
		for (const each of cases) {
			let workbook: Workbook;
			try {
				workbook = each.format === 'json' ? readSheetsJson(each.input) : readMarkdown(String(each.input));
			} catch (cause) {
				if (cause instanceof Refusal) continue;
				throw cause;
			}
			const options = each.form_name == null ? { formId: 'x' } : { formName: each.form_name, formId: 'x' };
			const first = convert(workbook, options);
			if (!first.ok) continue;
			const back = await readXlsx(await xlsxOf(workbookOf(bookOf(workbook))));
			const again = convert(back, options);
			if (!again.ok || again.xml !== first.xml) different.push(each.id);
		}
		expect(different).toEqual([]);
		expect(cases.length).toBeGreaterThan(400);
	}, 120_000);
	it('shows the columns under their own meaning', () => {
		const survey = sheetOf(given(), 'survey');
		expect(survey && fieldsOf(columnsOf(survey), survey.rows[2] ?? { id: '', cells: [] })).toEqual({ type: 'integer', name: 'age', 'label::Oʻzbekcha (uz)': 'Yoshingiz?', 'label::Русский (ru)': 'Ваш возраст?', 'bind::relevant': "${sex} = 'f'" });
	});
});
