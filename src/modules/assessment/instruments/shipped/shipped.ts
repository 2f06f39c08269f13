import type { LocalText } from '#platform/locales.ts';
import type { Workbook } from '#xforms/workbook.ts';
import { coordination } from './coordination.ts';
import { qualityFirst } from './quality-first.ts';
import { qualitySecond } from './quality-second.ts';
import { barriers, norms, type ShippedSection } from './surveys.ts';
import type { ShippedArea, Words } from './words.ts';

/** An instrument of ours, from which others start. */
export type Shipped = {
	readonly id: string;
	readonly title: Words;
	readonly kaa: string;
	readonly content: { readonly areas: readonly ShippedArea[] } | { readonly sections: readonly ShippedSection[] };
};

/** The instruments that come with the program (docs/instruments.md says on what facts they rest). */
export const shipped: readonly Shipped[] = [
	{ id: 'service_quality', title: ['Boshpana yoki markaz xizmati sifati', 'Качество услуг убежища или центра', 'Service quality of a shelter or centre'], kaa: 'Panajay yamasa oray xızmetiniń sapası', content: { areas: [...qualityFirst, ...qualitySecond] } },
	{ id: 'coordination', title: ['Idoralararo hamkorlik', 'Межведомственная координация', 'Coordination of the response'], kaa: 'Mekemeler aralıq birge islesiw', content: { areas: coordination } },
	{ id: 'reporting_barriers', title: ['Murojaat qilishdagi toʻsiqlar: mutaxassislar fikri', 'Барьеры для обращения: взгляд специалистов', 'Barriers to reporting as professionals see them'], kaa: 'Múrájat etiwdegi tosıqlar: qánigeler pikiri', content: { sections: barriers } },
	{ id: 'community_norms', title: ['Jamiyatdagi qarashlar', 'Нормы в сообществе', 'Community norms'], kaa: 'Jámiyettegi kózqaraslar', content: { sections: norms } }
];

/** The version of our wording. */
export const shippedVersion = '2026112401';

export const shippedTitle = ({ title: [uz, ru, en], kaa }: Shipped): LocalText => ({ uz, ru, kaa, en });

const areas = shipped.flatMap(({ content }) => ('areas' in content ? content.areas : []));
/** What an area is called: as a form has it, and in Karakalpak where it is an area of ours under our own name. */
export const areaNamed = (code: string, title: LocalText): LocalText => {
	const ours = areas.find((area) => area.code === code && area.title[0] === title.uz);
	return ours && title.kaa === undefined ? { ...title, kaa: ours.kaa } : title;
};

/** How many areas, criteria and questions it has, counted from what it is. */
export function shippedFacts({ content }: Shipped): { areas: number; criteria: number; questions: number } {
	if ('areas' in content) {
		const criteria = content.areas.reduce((sum, area) => sum + area.criteria.length, 0);
		return { areas: content.areas.length, criteria, questions: criteria * 2 };
	}
	return { areas: 0, criteria: 0, questions: content.sections.reduce((sum, section) => sum + section.questions.length, 0) };
}

const languages = ['Oʻzbekcha (uz)', 'Русский (ru)', 'English (en)'];
const surveyHeadings = ['type', 'name', ...languages.map((language) => `label::${language}`), ...languages.map((language) => `hint::${language}`), 'required', 'appearance', 'relevant', 'bind::hamkor:criterion', 'bind::hamkor:critical', 'bind::hamkor:evidence'];

type Line = { type: string; name?: string; words?: Words; hint?: Words; required?: string; appearance?: string; relevant?: string; area?: string; critical?: boolean; evidence?: string };
const blank: Words = ['', '', ''];
const cells = ({ type, name = '', words = blank, hint = blank, required = '', appearance = '', relevant = '', area = '', critical = false, evidence = '' }: Line): string[] => [
	type, name, ...words, ...hint, required, appearance, relevant, area, critical ? 'yes' : '', evidence
];

const scales: Readonly<Record<string, readonly (readonly [string, Words])[]>> = {
	score: [
		['0', ['0 – yoʻq', '0 – нет', '0 – absent']],
		['1', ['1 – boshlangan', '1 – начато', '1 – started']],
		['2', ['2 – asosan bor', '2 – в основном', '2 – mostly']],
		['3', ['3 – toʻliq bor', '3 – полностью', '3 – fully']],
		['na', ['Taalluqli emas', 'Не применимо', 'Not applicable']]
	],
	evidence: [
		['seen', ['Koʻrildi', 'Увидели сами', 'Seen']],
		['document', ['Hujjat', 'Документ', 'Document']],
		['interview', ['Suhbat', 'Беседа', 'Interview']],
		['feedback', ['Jabr koʻrganlar fikri', 'Отзыв переживших насилие', 'Survivor feedback']]
	],
	agree: [
		['1', ['Mutlaqo qoʻshilmayman', 'Совсем не согласна (не согласен)', 'Strongly disagree']],
		['2', ['Qoʻshilmayman', 'Не согласна (не согласен)', 'Disagree']],
		['3', ['Qoʻshilaman', 'Согласна (согласен)', 'Agree']],
		['4', ['Toʻliq qoʻshilaman', 'Полностью согласна (согласен)', 'Strongly agree']],
		['9', ['Bilmayman, aytolmayman', 'Не знаю, трудно сказать', 'I do not know']]
	],
	obstacle: [
		['0', ['Xalaqit bermaydi', 'Не мешает', 'No obstacle']],
		['1', ['Biroz xalaqit beradi', 'Немного мешает', 'Some obstacle']],
		['2', ['Koʻp xalaqit beradi', 'Сильно мешает', 'Great obstacle']],
		['9', ['Bilmayman', 'Не знаю', 'I do not know']]
	]
};

const evidenceWords: Words = ['Dalil turi', 'Вид подтверждения', 'Kind of evidence'];
const evidenceHint: Words = ['Ism va shaxsiy maʼlumot yozilmaydi.', 'Имена и личные сведения не записываются.', 'No names and no personal details.'];
const criticalHint: Words = ['Muhim xavfsizlik mezoni: u butun soha bahosini cheklaydi.', 'Критический критерий безопасности: он ограничивает оценку всей области.', 'Critical for safety: it caps the score of the whole area.'];

function areaLines(area: ShippedArea): Line[] {
	const rows = area.criteria.flatMap(({ words, critical }, i): Line[] => {
		const name = `${area.code}_${i + 1}`;
		return [
			{ type: 'select_one score', name, words, required: 'yes', area: area.code, ...(critical ? { hint: criticalHint, critical } : {}) },
			{ type: 'select_multiple evidence', name: `${name}_evidence`, words: evidenceWords, hint: evidenceHint, relevant: `\${${name}} != 'na' and \${${name}} != ''`, evidence: name }
		];
	});
	return [{ type: 'begin_group', name: area.code, words: area.title }, ...rows, { type: 'end_group' }];
}

function sectionLines({ code, title, questions }: ShippedSection): Line[] {
	const rows = questions.map((question): Line => {
		const { name, words } = question;
		if ('scale' in question) return { type: `select_one ${question.scale}`, name, words };
		return { type: `${question.several ? 'select_multiple' : 'select_one'} ${name}_list`, name, words };
	});
	return [{ type: 'begin_group', name: `${code}_part`, words: title }, ...rows, { type: 'end_group' }];
}

/** An instrument of ours as the sheets of an XLSForm. */
export function shippedWorkbook({ id, title, content }: Shipped): Workbook {
	const lines = 'areas' in content ? content.areas.flatMap(areaLines) : content.sections.flatMap(sectionLines);
	const own = 'areas' in content ? [] : content.sections.flatMap(({ questions }) => questions.flatMap((question) => ('choices' in question ? [[`${question.name}_list`, question.choices] as const] : [])));
	const used = new Set(lines.map(({ type }) => type.split(' ')[1]));
	const lists = [...Object.entries(scales).filter(([name]) => used.has(name)), ...own];
	const choices = lists.flatMap(([list, entries]) => entries.map(([value, words]) => [list, value, ...words]));
	return {
		sheets: [
			{ name: 'survey', rows: [surveyHeadings, ...lines.map(cells)] },
			{ name: 'choices', rows: [['list_name', 'name', ...languages.map((language) => `label::${language}`)], ...choices] },
			{ name: 'settings', rows: [['form_title', 'form_id', 'version', 'default_language', 'namespaces'], [title[0], id, shippedVersion, languages[0] ?? '', 'hamkor="urn:hamkor:xforms"']] }
		]
	};
}

export const shippedById = (id: string): Shipped | undefined => shipped.find((each) => each.id === id);
