import { describe as suite, expect, it } from 'vitest';
import { convert } from '#xforms/convert.ts';
import { describe } from '#xforms/instrument.ts';
import { readMarkdown } from '#xforms/readMarkdown.ts';
import { paperForm, plain, type PaperItem } from './paper.ts';

const form = `
| survey |
|        | type              | name   | label::Oʻzbekcha (uz) | label::English (en)     | relevant                                       |
|        | note              | hello  | Salom                 | Hello                   |                                                |
|        | integer           | age    | **Yosh**              | **Age**                 |                                                |
|        | select_one yesno  | help   | Yordam?               | Help?                   | \${age} >= 18                                   |
|        | begin_repeat      | visit  | Tashrif               | Visit                   | \${help} = 'yes' and not(selected(\${whom}, 'x')) |
|        | select_multiple w | whom   | \${age} yoshda kim?    | Who at \${age}?          | \${help} != ''                                  |
|        | end_repeat        |        |                       |                         |                                                |
|        | text              | more   | Yana                  | More                    | count(\${visit}) > 2                            |
| choices |
|         | list_name | name | label::Oʻzbekcha (uz) | label::English (en) |
|         | yesno     | yes  | Ha                    | Yes                 |
|         | w         | x    | Doʻst                 | Friend              |
| settings |
|          | form_id | form_title | version | default_language |
|          | p       | Paper      | 3       | Oʻzbekcha (uz)   |
`;

function instrument() {
	const converted = convert(readMarkdown(form));
	if (!converted.ok) throw new Error(JSON.stringify(converted.errors));
	return describe(converted.form);
}

const flat = (items: readonly PaperItem[]): PaperItem[] => items.flatMap((item) => (item.kind === 'section' ? [item, ...flat(item.items)] : [item]));

suite('a form on paper', () => {
	it('numbers what is asked, leaves a gap where another answer would stand, and drops the marks', () => {
		const items = flat(paperForm(instrument(), 'en', 'ru').items);
		expect(items.flatMap((item) => (item.kind === 'question' ? [`${item.number} ${item.text}`] : []))).toEqual(['1 Age', '2 Help?', '3 Who at ______?', '4 More']);
		expect(items.flatMap((item) => (item.kind === 'question' ? [item.space] : []))).toEqual(['number', 'one', 'several', 'lines']);
	});

	it('says in words when a question is asked, in the language of the paper', () => {
		const skips = (language: string) => flat(paperForm(instrument(), language, 'ru').items).map(({ skip }) => skip).filter((skip) => skip !== null);
		expect(skips('en')).toEqual([
			'Only if question 1 ≥ 18', 'Only if question 2: «Yes» and not question 3: «Friend»', 'Only if question 2 was answered', 'Only if count(visit) > 2'
		]);
		expect(skips('uz')[1]).toBe('Faqat quyidagi holda: 2-savol: «Ha» va 3-savol: «Doʻst» boʻlmasa');
	});

	it('bears marks that never end', () => {
		expect(plain('<b>Ha</b> [link](https://x) ** a')).toBe('Ha link  a');
		expect(plain(`${'<'.repeat(20_000)}${'['.repeat(20_000)}`).length).toBeGreaterThan(0);
	});
});
