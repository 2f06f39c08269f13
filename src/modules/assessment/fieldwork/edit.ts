import { z } from 'zod';
import { questionsOf, type AnswerType, type Instrument, type InstrumentNode, type InstrumentQuestion } from '#xforms/instrument.ts';
import type { Instance, Revision } from '#xforms/revise.ts';
import type { Filled } from './filled.ts';

/** An answer that can be changed at review, as the form shows it. */
export type EditField = {
	/** `q3`, or `q3-2-1` for the first instance of a repeat within the second of the one around it: the third question of the form. */
	readonly key: string;
	readonly question: InstrumentQuestion;
	readonly repeatIndexes: readonly number[];
	readonly value: string;
	/** The innermost instance of a repeat that it stands in. */
	readonly within: EditInstance | null;
	/** That instance is not there yet: it is added when something is written in it. */
	readonly fresh: boolean;
};

/** An instance of a repeat, as the form shows it. */
export type EditInstance = Instance & {
	/** `r1-2`: the second instance of the form's first repeat. */
	readonly key: string;
	readonly labels: Readonly<Record<string, string>>;
	readonly name: string;
	/** How many there are is asked, not worked out from another answer: it can be taken out. */
	readonly free: boolean;
};

/** What a person can type again; sounds, pictures, places on a map and what is worked out stay as they came. */
const editable = new Set<AnswerType>(['text', 'integer', 'decimal', 'range', 'date', 'time', 'select_one', 'select_multiple', 'barcode', 'acknowledge']);

const typable = ({ type, readOnly, calculation }: InstrumentQuestion): boolean => editable.has(type) && readOnly !== 'true()' && calculation === null;

/** The numbers of the form's questions, from 1. */
const numbersOf = (instrument: Instrument): ReadonlyMap<string, number> => new Map([...questionsOf(instrument.questions)].map((question, i) => [question.xpath, i + 1]));

/** The questions outside of repeats that a person can type an answer to, in the order of the form. */
export function askedOnce(instrument: Instrument): { key: string; question: InstrumentQuestion }[] {
	const numbers = numbersOf(instrument);
	const outside = (nodes: readonly InstrumentNode[]): InstrumentQuestion[] => nodes.flatMap((node) => (node.kind === 'question' ? [node] : node.kind === 'repeat' ? [] : outside(node.children)));
	return outside(instrument.questions).filter(typable).map((question) => ({ key: `q${numbers.get(question.xpath) ?? 0}`, question }));
}

/** The answers of a submission that can be changed, in the order of the form; in each repeat the instances that there are, and one more. */
export function editFields(instrument: Instrument, filled: Filled): EditField[] {
	const fields: EditField[] = [];
	const numbers = numbersOf(instrument);
	const repeats = repeatsOf(instrument.questions);
	const walk = (nodes: readonly InstrumentNode[], indexes: readonly number[], within: EditInstance | null, fresh: boolean): void => {
		for (const node of nodes) {
			if (node.kind === 'question') {
				if (!typable(node)) continue;
				fields.push({ key: [`q${numbers.get(node.xpath) ?? 0}`, ...indexes].join('-'), question: node, repeatIndexes: indexes, value: filled.text(node.xpath, indexes), within, fresh });
			} else if (node.kind === 'group') walk(node.children, indexes, within, fresh);
			else {
				const { xpath: path, labels, name, repeatCount } = node;
				const free = repeatCount === null;
				const walkOne = (index: number, isFresh: boolean): void => {
					const repeatIndexes = [...indexes, index];
					walk(node.children, repeatIndexes, { key: [`r${repeats.indexOf(path) + 1}`, ...repeatIndexes].join('-'), path, repeatIndexes, labels, name, free }, isFresh);
				};
				const there = filled.instances(path, indexes);
				for (let i = 1; i <= there; i++) walkOne(i, fresh);
				// One more within one more would be offered before there is anything to put it into.
				if (!fresh && free) walkOne(there + 1, true);
			}
		}
	};
	walk(instrument.questions, [], null, false);
	return fields;
}

/** The paths of all repeats, in the order of the form. */
const repeatsOf = (nodes: readonly InstrumentNode[]): string[] => nodes.flatMap((node) => (node.kind === 'question' ? [] : [...(node.kind === 'repeat' ? [node.xpath] : []), ...repeatsOf(node.children)]));

/** An edit at review as its form sends it. `id` is minted with the page, so that sending it twice makes one version. */
export const editForm = z.object({
	id: z.uuid(),
	reason: z.string().trim().min(3, 'reason.missing').max(1000),
	answer: z.record(z.string().regex(/^q\d+(-\d+)*$/).max(60), z.union([z.string().max(20_000), z.array(z.string().max(500))])).default({}),
	/** The instances that are ticked to be taken out, by their keys. */
	remove: z.record(z.string().regex(/^r\d+(-\d+)+$/).max(60), z.string().max(10)).default({}).transform(Object.keys)
});

const forms: Partial<Record<AnswerType, RegExp>> = {
	integer: /^[+-]?\d{1,10}$/,
	decimal: /^[+-]?\d+([.]\d+)?$/,
	range: /^[+-]?\d+([.]\d+)?$/,
	date: /^\d{4}-\d{2}-\d{2}$/,
	time: /^\d{2}:\d{2}(:\d{2}(\.\d+)?)?([+-]\d{2}:\d{2}|Z)?$/
};

export type EditOutcome = { readonly revisions: readonly Revision[]; readonly removals: readonly Instance[]; readonly wrong: readonly string[] };

/**
 * What was changed, and the keys of fields that hold something the question cannot be answered with. Whether the form's own rules
 * are kept is looked at afterwards, as with everything that comes in. A field that was not sent stays; what stands in an instance
 * that is taken out goes with it, whatever was typed there.
 * @param remove keys of instances
 */
export function editOutcome(
	fields: readonly Pick<EditField, 'key' | 'question' | 'repeatIndexes' | 'value' | 'within' | 'fresh'>[],
	sent: Readonly<Record<string, string | readonly string[]>>,
	remove: readonly string[] = []
): EditOutcome {
	const revisions: Revision[] = [];
	const wrong: string[] = [];
	const instances = new Map(fields.flatMap(({ within, fresh }) => (within?.free && !fresh ? [[within.key, within] as const] : [])));
	const removals = [...new Set(remove)].flatMap((key) => instances.get(key) ?? []);
	for (const { key, question, repeatIndexes, value } of fields) {
		if (removals.some((gone) => liesIn({ path: question.xpath, repeatIndexes }, gone))) continue;
		const typed = sent[key];
		if (typed === undefined) continue;
		const text = normal(question, typed);
		if (text === normal(question, value)) continue;
		if (text !== '' && !fits(question, text)) wrong.push(key);
		else revisions.push({ path: question.xpath, repeatIndexes, text });
	}
	return { revisions, removals: removals.map(({ path, repeatIndexes }) => ({ path, repeatIndexes })), wrong };
}

/** Whether an answer stands in an instance of a repeat, or in one within it. */
const liesIn = (answer: Instance, { path, repeatIndexes }: Instance): boolean => answer.path.startsWith(`${path}/`) && repeatIndexes.every((index, i) => answer.repeatIndexes[i] === index);

function normal({ type, choices }: InstrumentQuestion, typed: string | readonly string[]): string {
	if (type !== 'select_multiple') return (typeof typed === 'string' ? typed : (typed[0] ?? '')).trim();
	const ticked = new Set((typeof typed === 'string' ? [typed] : typed).flatMap((each) => each.split(/\s+/)).filter(Boolean));
	const known = (choices ?? []).map(({ name }) => name);
	return [...known.filter((name) => ticked.has(name)), ...[...ticked].filter((name) => !known.includes(name))].join(' ');
}

function fits({ type, choices }: InstrumentQuestion, text: string): boolean {
	const form = forms[type];
	if (form) return form.test(text) && (type !== 'date' || !Number.isNaN(Date.parse(text)));
	if (type === 'acknowledge') return text === 'OK';
	if (choices === null || !type.startsWith('select')) return true;
	const names = new Set(choices.map(({ name }) => name));
	return text.split(' ').every((each) => names.has(each)) && (type === 'select_multiple' || !text.includes(' '));
}
