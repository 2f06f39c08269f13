import { describe as suite, expect, it } from 'vitest';
import { criterionAreas, questionsOf } from '#xforms/instrument.ts';
import { checkWorkbook } from '../check.ts';
import { areaNamed, shipped, shippedFacts, shippedTitle, shippedWorkbook } from './shipped.ts';

suite.each(shipped)('the ready questionnaire $id', (each) => {
	const result = checkWorkbook(shippedWorkbook(each), each.id);
	if (!result.ok) throw new Error(JSON.stringify(result.errors));
	const questions = [...questionsOf(result.model.questions)];

	it('is an instrument without a fault, in Uzbek, Russian and English', () => {
		expect(result.model.languages.map(({ code }) => code)).toEqual(['uz', 'ru', 'en']);
		for (const question of questions) {
			for (const language of ['uz', 'ru', 'en']) {
				expect(question.labels[language]?.trim()).toBeTruthy();
				for (const choice of question.choices ?? []) expect(choice.labels[language]?.trim()).toBeTruthy();
			}
		}
	});
	it('asks nothing that may identify a person', () => {
		expect(result.identifying).toEqual([]);
	});
	it('counts what it says it holds, and marks every criterion with its area and its evidence', () => {
		const areas = criterionAreas(result.model);
		const facts = shippedFacts(each);
		expect([areas.length, areas.flatMap((area) => area.criteria).length, questions.length]).toEqual([facts.areas, facts.criteria, facts.questions]);
		for (const { labels, criteria } of areas) {
			expect(labels['uz']).toBeTruthy();
			for (const { name, choices } of criteria) {
				expect(choices?.map((choice) => choice.name)).toEqual(['0', '1', '2', '3', 'na']);
				expect(questions.filter((question) => question.evidenceFor === name)).toHaveLength(1);
			}
		}
	});
});

suite('the ready questionnaires', () => {
	it('have ten areas with sixty criteria, and eight with thirty-two', () => {
		expect(shipped.map(shippedFacts).slice(0, 2)).toEqual([{ areas: 10, criteria: 60, questions: 120 }, { areas: 8, criteria: 32, questions: 64 }]);
	});
	it('write Uzbek with its own letters', () => {
		expect(JSON.stringify(shipped.map(shippedWorkbook))).not.toMatch(/[oOgG]['‘’`]/);
	});
	it('are called in Karakalpak too, with its letters, and so are their areas unless a programme calls them otherwise', () => {
		const names = shipped.flatMap(({ content }) => ('areas' in content ? content.areas.map(({ code, title: [uz] }) => areaNamed(code, { uz }).kaa ?? '') : []));
		expect(names).toHaveLength(18);
		for (const name of [...names, ...shipped.map((each) => shippedTitle(each).kaa ?? '')]) expect(name).toMatch(/^[A-ZÁÓÚÍǴŃ][^'‘’`ʻʼ]+$/);
		expect(areaNamed('staffing', { uz: 'Xodimlar' })).toEqual({ uz: 'Xodimlar' });
	});
});
