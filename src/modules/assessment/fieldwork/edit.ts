import { z } from 'zod';
import { questionsOf, type AnswerType, type Instrument, type InstrumentNode, type InstrumentQuestion } from '#xforms/instrument.ts';
import type { Revision } from '#xforms/revise.ts';
import type { Filled } from './filled.ts';

/** An answer that can be changed at review, as the form shows it. */
export type EditField = {
	/** `q3`, or `q3-2-1` for the first instance of a repeat within the second of the one around it: the third question of the form. */
	readonly key: string;
	readonly question: InstrumentQuestion;
	readonly repeatIndexes: readonly number[];
	readonly value: string;
	/** It stands in an instance that is not there yet: one is added when something is written in it. */
	readonly fresh: boolean;
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
	const walk = (nodes: readonly InstrumentNode[], indexes: readonly number[], fresh: boolean): void => {
		for (const node of nodes) {
			if (node.kind === 'question') {
				if (!typable(node)) continue;
				fields.push({ key: [`q${numbers.get(node.xpath) ?? 0}`, ...indexes].join('-'), question: node, repeatIndexes: indexes, value: filled.text(node.xpath, indexes), fresh });
			} else if (node.kind === 'group') walk(node.children, indexes, fresh);
			else {
				const there = filled.instances(node.xpath, indexes);
				for (let i = 1; i <= there; i++) walk(node.children, [...indexes, i], fresh);
				// One more within one more would be offered before there is anything to put it into.
				if (!fresh && node.repeatCount === null) walk(node.children, [...indexes, there + 1], true);
			}
		}
	};
	walk(instrument.questions, [], false);
	return fields;
}

/** An edit at review as its form sends it. `id` is minted with the page, so that sending it twice makes one version. */
export const editForm = z.object({
	id: z.uuid(),
	reason: z.string().trim().min(3, 'reason.missing').max(1000),
	answer: z.record(z.string().regex(/^q\d+(-\d+)*$/).max(60), z.union([z.string().max(20_000), z.array(z.string().max(500))])).default({})
});

const forms: Partial<Record<AnswerType, RegExp>> = {
	integer: /^[+-]?\d{1,10}$/,
	decimal: /^[+-]?\d+([.]\d+)?$/,
	range: /^[+-]?\d+([.]\d+)?$/,
	date: /^\d{4}-\d{2}-\d{2}$/,
	time: /^\d{2}:\d{2}(:\d{2}(\.\d+)?)?([+-]\d{2}:\d{2}|Z)?$/
};

export type EditOutcome = { readonly revisions: readonly Revision[]; readonly wrong: readonly string[] };

/**
 * What was changed, and the keys of fields that hold something the question cannot be answered with. Whether the form's own rules
 * are kept is looked at afterwards, as with everything that comes in. A field that was not sent stays.
 */
export function editOutcome(fields: readonly Omit<EditField, 'fresh'>[], sent: Readonly<Record<string, string | readonly string[]>>): EditOutcome {
	const revisions: Revision[] = [];
	const wrong: string[] = [];
	for (const { key, question, repeatIndexes, value } of fields) {
		const typed = sent[key];
		if (typed === undefined) continue;
		const text = normal(question, typed);
		if (text === normal(question, value)) continue;
		if (text !== '' && !fits(question, text)) wrong.push(key);
		else revisions.push({ path: question.xpath, repeatIndexes, text });
	}
	return { revisions, wrong };
}

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
