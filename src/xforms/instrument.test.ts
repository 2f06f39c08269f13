import { describe as suite, expect, it } from 'vitest';
import { convert } from './convert.ts';
import { criterionAreas, describe, instrumentSchema, questionsOf, type Instrument } from './instrument.ts';
import { readMarkdown } from './readMarkdown.ts';

function instrumentOf(table: string): Instrument {
	const result = convert(readMarkdown(table));
	if (!result.ok) throw new Error(JSON.stringify(result.errors));
	return describe(result.form);
}

const BASELINE = `
| survey   |
|          | type               | name    | label::Oʻzbekcha (uz) | label::English (en) | label::Русский (ru) | hint::English (en) | relevant | constraint | required |
|          | select_one yes_no  | consent | Rozimisiz?            | Do you agree?       | Вы согласны?        |                    |          |            | yes      |
|          | begin_group        | home    | Uy                    | Home                | Дом                 |                    | \${consent} = 'yes' | |      |
|          | begin_repeat       | child   | Bola                  | Child               | Ребёнок             |                    |          |            |          |
|          | integer            | age     | Yoshi                 | Age                 | Возраст             | In full years      |          | . < 18     |          |
|          | end_repeat         |         |                       |                     |                     |                    |          |            |          |
|          | end_group          |         |                       |                     |                     |                    |          |            |          |
| choices  |
|          | list_name | name | label::Oʻzbekcha (uz) | label::English (en) | label::Русский (ru) |
|          | yes_no    | yes  | Ha                    | Yes                 | Да                  |
|          | yes_no    | no   | Yoʻq                  | No                  | Нет                 |
| settings |
|          | form_id  | form_title | version | default_language |
|          | baseline | Baseline   | 1       | Oʻzbekcha (uz)   |
`;

suite('an instrument', () => {
	const instrument = instrumentOf(BASELINE);

	it('knows its languages by code and by the name the author gave', () => {
		expect(instrument.languages).toEqual([
			{ key: 'uz', name: 'Oʻzbekcha (uz)', code: 'uz' },
			{ key: 'en', name: 'English (en)', code: 'en' },
			{ key: 'ru', name: 'Русский (ru)', code: 'ru' }
		]);
		expect(instrument.defaultLanguage).toBe('uz');
	});

	it('is a tree of groups, repeats and questions with labels in every language', () => {
		const [consent, home] = instrument.questions;
		expect(consent).toMatchObject({ type: 'select_one', required: 'true()', labels: { uz: 'Rozimisiz?', ru: 'Вы согласны?' } });
		expect(consent?.kind === 'question' && consent.choices).toEqual([
			{ name: 'yes', labels: { uz: 'Ha', en: 'Yes', ru: 'Да' } },
			{ name: 'no', labels: { uz: 'Yoʻq', en: 'No', ru: 'Нет' } }
		]);
		expect(home).toMatchObject({ kind: 'group', relevant: "${consent} = 'yes'", children: [{ kind: 'repeat', name: 'child' }] });
		const age = [...questionsOf(instrument.questions)].at(-1);
		expect(age).toMatchObject({ xpath: '/data/home/child/age', type: 'integer', constraint: '. < 18', hints: { en: 'In full years' }, row: 5 });
	});

	it('survives being stored as JSON', () => {
		expect(instrumentSchema.parse(JSON.parse(JSON.stringify(instrument)))).toEqual(instrument);
	});

	it('keeps its metadata apart from its questions', () => {
		expect(instrument.metadata).toEqual(['/data/meta', '/data/meta/instanceID']);
	});

	it('names a language without a code by what the author wrote', () => {
		expect(instrumentOf('| survey |\n| | type | name | label::Uzbek |\n| | text | a | A |').languages).toEqual([
			{ key: 'Uzbek', name: 'Uzbek', code: null }
		]);
	});
});

suite('criteria', () => {
	const sheet = `
| survey |
| | type | name | label::Oʻzbekcha (uz) | label::English (en) | bind::hamkor:criterion | bind::hamkor:critical | bind::hamkor:evidence |
| | begin_group | safety | Xavfsizlik | Safety | | | |
| | select_one score | entry | Kirish nazorat qilinadi | Entry is controlled | safety | yes | |
| | select_multiple kind | entry_evidence | Dalil | Evidence | | | entry |
| | end_group | | | | | | |
| | select_one score | exit | Chiqish | Exit | other | | |
| choices |
| | list_name | name | label::Oʻzbekcha (uz) | label::English (en) |
| | score | 0 | Yoʻq | Absent |
| | kind | seen | Koʻrildi | Seen |
| settings |
| | form_id | namespaces |
| | quality | hamkor="urn:hamkor:xforms" |
`;
	it('are recognised by their mark, with their area, whether they are critical, and what their evidence is', () => {
		const result = convert(readMarkdown(sheet));
		if (!result.ok) throw new Error(JSON.stringify(result.errors));
		expect(result.xml).toContain('hamkor:criterion="safety"');
		const instrument = describe(result.form);
		expect([...questionsOf(instrument.questions)].map(({ name, criterion, evidenceFor }) => [name, criterion, evidenceFor])).toEqual([
			['entry', { area: 'safety', critical: true }, null],
			['entry_evidence', null, 'entry'],
			['exit', { area: 'other', critical: false }, null]
		]);
		expect(criterionAreas(instrument).map(({ code, labels, criteria }) => [code, labels['en'], criteria.length])).toEqual([['safety', 'Safety', 1], ['other', undefined, 1]]);
		const before = JSON.parse(JSON.stringify(instrument, (key: string, value: unknown) => (key === 'criterion' || key === 'evidenceFor' ? undefined : value)));
		expect([...questionsOf(instrumentSchema.parse(before).questions)].map((each) => each.criterion)).toEqual([null, null, null]);
	});
});
