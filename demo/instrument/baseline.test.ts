import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { convert } from '#xforms/convert.ts';
import { identifyingQuestions } from '#xforms/identifying.ts';
import { describe as describeInstrument } from '#xforms/instrument.ts';
import { readXlsx } from '#xforms/readXlsx.ts';
import { baseline } from './baseline.ts';
import { sheetsOfBaseline } from './write.ts';

const file = readFileSync(path.join(import.meta.dirname, 'baseline.xlsx'));
const asked = baseline.survey.filter(({ type }) => !/^(note|calculate|today|begin_|end_)/.test(type));

describe('the baseline instrument', () => {
	it('has about 60 questions', () => {
		expect(asked.length).toBeGreaterThanOrEqual(55);
		expect(asked.length).toBeLessThanOrEqual(66);
	});

	it('lies beside its source as a spreadsheet that says the same', async () => {
		const { sheets } = await readXlsx(new Uint8Array(file));
		const filled = (rows: readonly (readonly string[])[]) => rows.map((row) => row.join('\t').trimEnd());
		expect(sheets.map(({ name, rows }) => [name, filled(rows)])).toEqual(sheetsOfBaseline().map(({ name, rows }) => [name, filled(rows)]));
	});

	it('is converted without an error or a warning', async () => {
		const conversion = convert(await readXlsx(new Uint8Array(file)));
		expect(conversion.ok ? conversion.warnings : conversion.errors).toEqual([]);
	});

	it('asks for nothing that identifies a person', async () => {
		const conversion = convert(await readXlsx(new Uint8Array(file)));
		if (!conversion.ok) throw new Error('not converted');
		const pointedOut = identifyingQuestions(describeInstrument(conversion.form));
		expect(pointedOut.filter(({ certainty }) => certainty === 'asks')).toEqual([]);
		expect(pointedOut.map(({ name }) => name)).toEqual(['good_practice', 'suggestion']);
	});

	it('says everything in three languages', () => {
		for (const { name, label, hint, constraintMessage } of baseline.survey) {
			for (const text of [label, hint, constraintMessage]) {
				if (text !== undefined) expect(text.every((words) => words.trim() !== ''), name).toBe(true);
			}
		}
		for (const [name, list] of Object.entries(baseline.choices)) {
			expect(list.every(([, label]) => label.every((words) => words !== '')), name).toBe(true);
		}
	});

	it('writes Uzbek with its own letters', () => {
		const uzbek = [...baseline.survey.flatMap(({ label, hint }) => [label?.[0], hint?.[0]]), ...Object.values(baseline.choices).flatMap((list) => list.map(([, label]) => label[0]))];
		for (const text of uzbek) expect(text ?? '').not.toMatch(/['`‘’]|[oOgG]ʼ/);
	});

	it('uses every list of choices it has, and has every list it uses', () => {
		const used = new Set(baseline.survey.flatMap(({ type }) => /^select_\w+ (\w+)$/.exec(type)?.[1] ?? []));
		expect([...used].sort()).toEqual(Object.keys(baseline.choices).sort());
	});

	it('gives each question one name', () => {
		const names = baseline.survey.filter(({ type }) => !type.startsWith('end_')).map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
	});
});
