import { createHash } from 'node:crypto';
import { diagnose } from '#xforms/diagnose.ts';
import { identifyingQuestions } from '#xforms/identifying.ts';
import { describe } from '#xforms/instrument.ts';
import { findSheet, type Workbook } from '#xforms/workbook.ts';
import type { XlsFormResult } from './xlsform.ts';

/** The workbook with a version on its settings sheet. */
export function withVersion(workbook: Workbook, version: string): Workbook {
	const settings = findSheet(workbook, 'settings');
	const [head = [], values = []] = settings?.rows ?? [];
	const at = head.findIndex((title) => title.trim().toLowerCase() === 'version');
	const column = at === -1 ? head.length : at;
	const put = (row: readonly string[], value: string): string[] => Array.from({ length: Math.max(row.length, column + 1) }, (_, i) => (i === column ? value : (row[i] ?? '')));
	const sheet = { name: settings?.name ?? 'settings', rows: [put(head, at === -1 ? 'version' : (head[at] ?? 'version')), put(values, version), ...(settings?.rows.slice(2) ?? [])] };
	return { sheets: settings === undefined ? [...workbook.sheets, sheet] : workbook.sheets.map((each) => (each === settings ? sheet : each)) };
}

/** A short mark of the sheets' content. */
export const contentVersion = (workbook: Workbook): string => createHash('sha256').update(JSON.stringify(workbook)).digest('hex').slice(0, 10);

/**
 * Reads sheets as an instrument: the XForm, its model, warnings and questions that may identify a person, or everything
 * that is wrong. Collection apps tell forms apart by their version, so that a form without one is given one by its content.
 */
export function checkWorkbook(workbook: Workbook, formId: string): XlsFormResult {
	const first = diagnose(workbook, { formId });
	if (!first.ok) return { ok: false, errors: first.errors.map((error) => ({ ...error, facts: { ...error.facts } })) };
	const named = (first.form.version ?? '').trim() !== '';
	const read = named ? workbook : withVersion(workbook, contentVersion(workbook));
	const result = named ? first : diagnose(read, { formId });
	if (!result.ok) return { ok: false, errors: result.errors.map((error) => ({ ...error, facts: { ...error.facts } })) };
	const model = describe(result.form);
	const sheets = read.sheets.map(({ name, rows }) => ({ name, rows: rows.map((row) => [...row]) }));
	const identifying = identifyingQuestions(model).map((question) => ({ ...question, labels: { ...question.labels }, reasons: [...question.reasons] }));
	return { ok: true, model, xml: result.xml, warnings: [...result.warnings], identifying, versionGiven: !named, workbook: { sheets } };
}
