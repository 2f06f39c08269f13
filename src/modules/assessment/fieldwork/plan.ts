import { z } from 'zod';
import { questionsOf, type Instrument, type InstrumentQuestion } from '#xforms/instrument.ts';
import { blank } from '../round.ts';

const paths = z.preprocess((value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]), z.array(z.string().max(500)).max(10));

/** How a round is run, as its form sends it. */
export const planFields = z.object({
	joint: z.preprocess((value) => value === 'yes', z.boolean()),
	targetQuestion: blank(z.string().max(500)),
	keyQuestions: paths,
	shortestMinutes: blank(z.coerce.number().int().min(1).max(1440))
});
export type PlanFields = z.output<typeof planFields>;

/** Most choices that targets can be set for: more would be a table nobody fills in. */
export const mostTargetChoices = 30;

const single = (instrument: Instrument): InstrumentQuestion[] => {
	const repeated = new Set<string>();
	const walk = (nodes: Instrument['questions'], inside: boolean): void => {
		for (const node of nodes) {
			if (node.kind === 'question') {
				if (inside) repeated.add(node.xpath);
			} else walk(node.children, inside || node.kind === 'repeat');
		}
	};
	walk(instrument.questions, false);
	return [...questionsOf(instrument.questions)].filter((question) => !repeated.has(question.xpath));
};

/** Questions whose choices can have targets of their own: one choice of a few, asked once. */
export const targetQuestions = (instrument: Instrument): InstrumentQuestion[] =>
	single(instrument).filter(({ type, choices }) => type === 'select_one' && choices !== null && choices.length <= mostTargetChoices);

const naming = new Set(['text', 'integer', 'barcode', 'select_one', 'date', 'calculate']);

/** Questions that together can name what was asked about: a household's number, a service. */
export const keyQuestions = (instrument: Instrument): InstrumentQuestion[] => single(instrument).filter(({ type }) => naming.has(type));
