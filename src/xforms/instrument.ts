import { z } from 'zod';
import { anyText, type Text } from './cells.ts';
import { descendants, xpath, type Choice, type FormNode, type XForm } from './form.ts';
import { QUESTION_TYPES } from './questionTypes.ts';
import { languageCode, languagesIn } from './translations.ts';
import { yesNo } from './vocabulary.ts';

/** A language of an instrument: as the author named it, and its BCP 47 code if that was given in brackets. */
const languageSchema = z.object({
	/** Key of this language in labels and hints: the code, or the name where there is no code. */
	key: z.string(),
	/** `Oʻzbekcha (uz)`; `default` where the instrument names no language. */
	name: z.string(),
	code: z.string().nullable()
});

/** Text by language key. */
const textsSchema = z.record(z.string(), z.string());

const choiceSchema = z.object({ name: z.string(), labels: textsSchema });

/** What people are asked, whatever its spelling on the sheet. */
export const ANSWER_TYPES = [
	'text', 'integer', 'decimal', 'range', 'date', 'time', 'dateTime', 'select_one', 'select_multiple', 'rank', 'note',
	'acknowledge', 'calculate', 'hidden', 'geopoint', 'geotrace', 'geoshape', 'barcode', 'image', 'audio', 'video', 'file',
	'metadata'
] as const;

const shared = {
	name: z.string(),
	/** Where answers stand in a submission: `/data/household/age`. */
	xpath: z.string(),
	labels: textsSchema,
	hints: textsSchema,
	relevant: z.string().nullable(),
	/** How the author wants it shown: `minimal`, `field-list`. */
	appearance: z.string().nullable(),
	/** Row on the survey sheet; null for what the converter added. */
	row: z.int().nullable()
};

/** A criterion belongs to an area; a critical one caps the score of its whole area. */
const criterionSchema = z.object({
	/** Code of the area: the name of the group that holds its heading, `safety`. */
	area: z.string(),
	critical: z.boolean()
});
export type Criterion = z.infer<typeof criterionSchema>;

const questionSchema = z.object({
	kind: z.literal('question'),
	...shared,
	type: z.enum(ANSWER_TYPES),
	/** `true()`, `false()` or an expression. */
	required: z.string().nullable(),
	constraint: z.string().nullable(),
	constraintMessages: textsSchema,
	calculation: z.string().nullable(),
	readOnly: z.string().nullable(),
	choiceFilter: z.string().nullable(),
	/** Choices written in the form; null for questions without, and for choices that come from elsewhere. */
	choices: z.array(choiceSchema).nullable(),
	/** File or reference from which choices come, if not from the form. */
	choicesFrom: z.string().nullable(),
	/** Set for a question that scores a criterion of quality (docs/xlsform.md, "Criteria"). */
	criterion: criterionSchema.nullable().default(null),
	/** Name of the criterion question whose evidence this question asks for. */
	evidenceFor: z.string().nullable().default(null)
});

const containerFields = z.object({
	kind: z.enum(['group', 'repeat']),
	...shared,
	/** How many instances a repeat has, when the form says so. */
	repeatCount: z.string().nullable()
});

export type InstrumentQuestion = z.infer<typeof questionSchema>;
export type InstrumentContainer = z.infer<typeof containerFields> & { children: InstrumentNode[] };
export type InstrumentNode = InstrumentQuestion | InstrumentContainer;

const nodeSchema: z.ZodType<InstrumentNode> = z.lazy(() =>
	z.union([questionSchema, containerFields.extend({ children: z.array(nodeSchema) })])
);

/** An instrument as the rest of the program uses it. JSON-serialisable; expressions are as the author wrote them. */
export const instrumentSchema = z.object({
	formId: z.string(),
	title: z.string(),
	version: z.string().nullable(),
	/** Name of the root element of a submission. */
	root: z.string(),
	languages: z.array(languageSchema),
	/** Key of the language in which plain labels are. */
	defaultLanguage: z.string(),
	questions: z.array(nodeSchema),
	/** XPaths of elements that carry no answer: `/data/meta/instanceID`, entities. */
	metadata: z.array(z.string())
});

export type Instrument = z.infer<typeof instrumentSchema>;
export type InstrumentLanguage = z.infer<typeof languageSchema>;
export type AnswerType = (typeof ANSWER_TYPES)[number];

/** Describes a converted form: its questions as a tree, with labels in every language. */
export function describe(form: XForm): Instrument {
	const languages = languagesOfForm(form);
	const keyOf = new Map(languages.map((language) => [language.name, language.key]));
	const texts = (text: Text | undefined): Record<string, string> => {
		if (text === undefined || anyText(text).trim() === '') return {};
		if (typeof text === 'string') return { [keyOf.get(form.defaultLanguage) ?? form.defaultLanguage]: text };
		return Object.fromEntries(Object.entries(text).map(([name, each]) => [keyOf.get(name) ?? name, each]));
	};
	const described = (list: readonly Choice[]): DescribedChoice[] => list.map((choice) => ({ name: choice.name, labels: texts(choice.label) }));
	// Questions with the same choices share one description of them.
	const lists = new Map([...form.choices].map(([name, list]) => [name, described(list)]));
	const nodes = (parent: FormNode): InstrumentNode[] =>
		parent.children.filter((child) => child.type !== 'meta').flatMap((child) => describeNode(child, lists, texts, nodes));
	return {
		formId: form.id,
		title: form.title,
		version: form.version ?? null,
		root: form.root.name,
		languages,
		defaultLanguage: keyOf.get(form.defaultLanguage) ?? languages[0]?.key ?? 'default',
		questions: nodes(form.root),
		metadata: [...descendants(form.root)].filter((node) => node.type === 'meta').flatMap(elementsBelow)
	};
}

function elementsBelow(meta: FormNode): string[] {
	return [...descendants(meta)].filter((node) => node.kind !== 'attribute').map(xpath);
}

/**
 * The default language counts only where something is written in it, or nothing in any other. Two languages may
 * carry one code by mistake; the second then goes by its name.
 */
function languagesOfForm(form: XForm): InstrumentLanguage[] {
	const named = languagesIn(form.root, form.choices);
	const plain = [...descendants(form.root)].some((node) => typeof node.label === 'string' || typeof node.hint === 'string');
	const first = plain || named.includes(form.defaultLanguage) || named.length === 0 ? [form.defaultLanguage] : [];
	const keys = new Set<string>();
	return [...new Set([...first, ...named])].map((name) => {
		const code = languageCode(name) ?? null;
		const key = code === null || keys.has(code) ? name : code;
		keys.add(key);
		return { key, name, code };
	});
}

type Texts = (text: Text | undefined) => Record<string, string>;
type DescribedChoice = z.infer<typeof choiceSchema>;

function describeNode(
	node: FormNode,
	lists: ReadonlyMap<string, DescribedChoice[]>,
	texts: Texts,
	nodes: (parent: FormNode) => InstrumentNode[]
): InstrumentNode[] {
	const common = {
		name: node.name,
		xpath: xpath(node),
		labels: texts(node.label),
		hints: texts(node.hint),
		relevant: expression(node, 'relevant'),
		appearance: node.control['appearance'] ?? null,
		row: node.row ?? null
	};
	if (node.kind === 'group' || node.kind === 'repeat') {
		return [{ kind: node.kind, ...common, repeatCount: node.control['jr:count'] ?? null, children: nodes(node) }];
	}
	if (node.kind !== 'question') return [];
	const choices = lists.get(node.itemset ?? '') ?? null;
	const from = node.query ?? node.itemset;
	return [
		{
			kind: 'question',
			...common,
			type: answerType(node),
			required: expression(node, 'required'),
			constraint: expression(node, 'constraint'),
			constraintMessages: texts(node.bind['jr:constraintMsg']),
			calculation: expression(node, 'calculate'),
			readOnly: expression(node, 'readonly'),
			choiceFilter: node.choiceFilter ?? null,
			choices,
			choicesFrom: choices === null ? (from ?? null) : null,
			criterion: criterionOf(node),
			evidenceFor: textOf(node, 'hamkor:evidence')
		}
	];
}

function expression(node: FormNode, key: string): string | null {
	const value = node.bind[key];
	if (typeof value !== 'string') return null;
	const answer = yesNo(value);
	return answer === undefined ? value : answer ? 'true()' : 'false()';
}

function textOf(node: FormNode, key: string): string | null {
	const value = node.bind[key];
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function criterionOf(node: FormNode): Criterion | null {
	const area = textOf(node, 'hamkor:criterion');
	return area === null ? null : { area, critical: yesNo(textOf(node, 'hamkor:critical') ?? undefined) === true };
}

const BY_CONTROL: Readonly<Record<string, AnswerType>> = {
	select1: 'select_one',
	select: 'select_multiple',
	'odk:rank': 'rank',
	trigger: 'acknowledge',
	range: 'range'
};

const BY_DATA_TYPE: Readonly<Record<string, AnswerType>> = { string: 'text', int: 'integer' };

const BY_MEDIA: Readonly<Record<string, AnswerType>> = { 'image/*': 'image', 'audio/*': 'audio', 'video/*': 'video' };

function answerType(node: FormNode): AnswerType {
	const known = QUESTION_TYPES.get(node.type);
	if (node.type === 'select one external') return 'select_one';
	if (node.type === 'background-audio') return 'audio';
	if (node.bind['jr:preload'] !== undefined) return 'metadata';
	const control = known?.control;
	if (control === undefined) return node.bind['calculate'] === undefined && node.type !== 'calculate' ? 'hidden' : 'calculate';
	if (control === 'upload') return BY_MEDIA[known?.attributes?.['mediatype'] ?? ''] ?? 'file';
	if (BY_CONTROL[control] !== undefined) return BY_CONTROL[control];
	if (known?.bind['readonly'] === 'true()') return 'note';
	const dataType = known?.bind['type'] ?? 'string';
	return BY_DATA_TYPE[dataType] ?? ANSWER_TYPES.find((type) => type === dataType) ?? 'text';
}

/** All questions of an instrument, groups and repeats opened, in the order of the form. */
export function* questionsOf(nodes: readonly InstrumentNode[]): Generator<InstrumentQuestion> {
	for (const node of nodes) {
		if (node.kind === 'question') yield node;
		else yield* questionsOf(node.children);
	}
}

/** An area of criteria: its code, its heading in every language, and the questions that score it. */
export type CriterionArea = { readonly code: string; readonly labels: Record<string, string>; readonly criteria: readonly InstrumentQuestion[] };

/**
 * The areas of an instrument that scores criteria, in the order in which they first occur. The heading is the label of
 * the group named like the area; where there is no such group, the area goes by its code.
 */
export function criterionAreas(instrument: Instrument): CriterionArea[] {
	const areas = new Map<string, InstrumentQuestion[]>();
	for (const question of questionsOf(instrument.questions)) {
		if (question.criterion === null) continue;
		const { area } = question.criterion;
		areas.set(area, [...(areas.get(area) ?? []), question]);
	}
	return [...areas].map(([code, criteria]) => ({ code, labels: groupLabels(instrument.questions, code) ?? {}, criteria }));
}

function groupLabels(nodes: readonly InstrumentNode[], name: string): Record<string, string> | undefined {
	for (const node of nodes) {
		if (node.kind === 'question') continue;
		if (node.name === name) return node.labels;
		const found = groupLabels(node.children, name);
		if (found) return found;
	}
	return undefined;
}
