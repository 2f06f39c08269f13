import { z } from 'zod';
import type { AnswerType, Instrument, InstrumentNode, InstrumentQuestion } from '#xforms/instrument.ts';
import type { Revision } from '#xforms/revise.ts';
import type { Answers } from './quality/observe.ts';

/** An answer that can be changed at review, as the form shows it. */
export type EditField = {
	/** `q3`, or `q3-2` for the second instance of a repeat: the third question of the form. */
	readonly key: string;
	readonly question: InstrumentQuestion;
	readonly repeatIndexes: readonly number[];
	readonly value: string;
};

/** What a person can type again; sounds, pictures, places on a map and what is worked out stay as they came. */
const editable = new Set<AnswerType>(['text', 'integer', 'decimal', 'range', 'date', 'time', 'select_one', 'select_multiple', 'barcode', 'acknowledge']);

/** The answers of a submission that can be changed, in the order of the form; inside a repeat the instances that there are. */
export function editFields(instrument: Instrument, answers: Answers): EditField[] {
	const fields: EditField[] = [];
	let at = 0;
	const walk = (nodes: readonly InstrumentNode[], repeats: number, instances: number): void => {
		for (const node of nodes) {
			if (node.kind !== 'question') {
				walk(node.children, repeats + (node.kind === 'repeat' ? 1 : 0), node.kind === 'repeat' ? instancesOf(node.children, answers) : instances);
				continue;
			}
			at += 1;
			if (!editable.has(node.type) || node.readOnly === 'true()' || node.calculation !== null || repeats > 1) continue;
			const value = answers[node.xpath];
			if (repeats === 0) fields.push({ key: `q${at}`, question: node, repeatIndexes: [], value: typeof value === 'string' ? value : '' });
			else for (let i = 1; i <= instances; i++) fields.push({ key: `q${at}-${i}`, question: node, repeatIndexes: [i], value: (typeof value === 'string' ? [value] : (value ?? []))[i - 1] ?? '' });
		}
	};
	walk(instrument.questions, 0, 0);
	return fields;
}

/** How many instances of a repeat left an answer. */
function instancesOf(nodes: readonly InstrumentNode[], answers: Answers): number {
	return nodes.reduce((most, node) => {
		if (node.kind !== 'question') return node.kind === 'group' ? Math.max(most, instancesOf(node.children, answers)) : most;
		const value = answers[node.xpath];
		return Math.max(most, value === undefined ? 0 : typeof value === 'string' ? 1 : value.length);
	}, 0);
}

/** An edit at review as its form sends it. `id` is minted with the page, so that sending it twice makes one version. */
export const editForm = z.object({
	id: z.uuid(),
	reason: z.string().trim().min(3, 'reason.missing').max(1000),
	answer: z.record(z.string().regex(/^q\d+(-\d+)?$/), z.union([z.string().max(20_000), z.array(z.string().max(500))])).default({})
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
export function editOutcome(fields: readonly EditField[], sent: Readonly<Record<string, string | readonly string[]>>): EditOutcome {
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
