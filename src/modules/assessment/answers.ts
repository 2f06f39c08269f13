import { z } from 'zod';
import { localText, type Locale, type LocalText } from '#platform/locales.ts';
import { m } from '#paraglide/messages.js';
import { questionsOf, type Instrument, type InstrumentQuestion } from '#xforms/instrument.ts';
import { momentText } from '#ui/format.ts';
import type { Column } from '#ui/table.ts';
import { instrumentText } from './figures/figure.ts';

/** Answers as they are kept: the path of a question to its text, of a repeated one to a list. */
export const answersSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** What the re-check found: at least a message or the question it belongs to. */
export const flagsSchema = z.array(z.looseObject({}));

export type AnswerRow = { id: string; receivedAt: Date; place: LocalText | null; answers: z.output<typeof answersSchema>; flags: number; reviewState: string; team: string | null };

/** Questions that hold an answer. */
export const answeredQuestions = (instrument: Instrument): InstrumentQuestion[] => [...questionsOf(instrument.questions)].filter((question) => question.type !== 'note');

/** An answer in the reader's language: choices by their labels, several joined, repeats one after the other. */
export function answerText(question: InstrumentQuestion, value: string | string[] | undefined, locale: Locale, language: string): string {
	if (value === undefined) return '';
	if (Array.isArray(value)) return value.map((each) => answerText(question, each, locale, language)).filter((text) => text !== '').join(' | ');
	const label = (name: string): string => {
		const choice = question.choices?.find((each) => each.name === name);
		return choice ? instrumentText(choice.labels, locale, language, name) : name;
	};
	if (question.type === 'select_multiple' || question.type === 'rank') return value.split(/\s+/).filter(Boolean).map(label).join(', ');
	return question.type === 'select_one' ? label(value) : value;
}

const reviewWords: Readonly<Record<string, (inputs: object, options: { locale: Locale }) => string>> = {
	received: m.fieldwork_state_received,
	edited: m.fieldwork_state_edited,
	approved: m.fieldwork_state_approved,
	has_issues: m.fieldwork_state_has_issues,
	rejected: m.fieldwork_state_rejected
};

/** What the last review said, or that an edit waits for one, in words. */
export const reviewText = (state: string, locale: Locale): string => reviewWords[state]?.({}, { locale }) ?? state;

/** The key under which a question's column stands in the address: `a1`, `a2`, … in the order of the form. */
export const columnKey = (index: number): string => `a${index + 1}`;

/** How many questions show before one chooses. */
const shownAtFirst = 5;

/** The columns of the table of answers. @param timeZone the programme's */
export function answerColumns(instrument: Instrument, locale: Locale, timeZone: string): Column<AnswerRow>[] {
	const language = instrument.defaultLanguage;
	return [
		{ key: 'received', label: m.assessment_received_at({}, { locale }), text: (row) => momentText(row.receivedAt, timeZone), sortable: true, always: true },
		{ key: 'place', label: m.assessment_place({}, { locale }), text: (row) => (row.place ? localText(row.place, locale).text : '') },
		...answeredQuestions(instrument).map((question, i) => ({
			key: columnKey(i),
			label: instrumentText(question.labels, locale, language, question.name),
			text: (row: AnswerRow) => answerText(question, row.answers[question.xpath], locale, language),
			sortable: true,
			hidden: i >= shownAtFirst
		})),
		{ key: 'state', label: m.fieldwork_review({}, { locale }), text: (row) => reviewText(row.reviewState, locale) },
		{ key: 'team', label: m.fieldwork_team({}, { locale }), text: (row) => row.team ?? '' },
		{ key: 'flags', label: m.assessment_flags({}, { locale }), text: (row) => (row.flags === 0 ? '' : String(row.flags)), numeric: true }
	];
}
