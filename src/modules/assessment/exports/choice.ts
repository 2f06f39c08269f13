import { z } from 'zod';
import { shownStates } from '../collection/review.ts';

/** The forms in which answers leave, in the order in which they are offered. */
export const exportFormats = ['csv', 'xlsx', 'spss', 'spss-syntax', 'stata', 'r'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What each form comes as. A workbook comes bare as long as it is one file. */
export const extensionOf = (format: ExportFormat, attachments: boolean): 'xlsx' | 'zip' => (format === 'xlsx' && !attachments ? 'xlsx' : 'zip');

const yes = z.preprocess((value) => value === 'on' || value === '1' || value === true, z.boolean());
const list = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value]), z.array(schema));
const day = z.preprocess((value) => (value === '' ? undefined : value), z.iso.date().optional());

/** What an analyst asks for, as the form of the page sends it. */
export const exportFields = z.object({
	format: z.enum(exportFormats).default('csv'),
	/** Language of labels, by its key in the questionnaire. */
	language: z.string().max(100).default(''),
	values: z.enum(['names', 'labels']).default('names'),
	headings: z.enum(['names', 'labels']).default('names'),
	/** Several choices: in one column, or beside it one column of 0 and 1 for each choice. */
	multiple: z.enum(['joined', 'split']).default('split'),
	/** Whether names of columns carry the groups around the question. */
	groups: yes.default(false),
	/** For spreadsheets that need a mark to see that a CSV file is in UTF-8. */
	mark: yes.default(false),
	attachments: yes.default(false),
	states: list(z.enum(shownStates)).default([]),
	/** Also versions that a later one took the place of. */
	replaced: yes.default(false),
	from: day,
	to: day,
	/** Answers of this place and what lies below it. */
	place: z.preprocess((value) => (value === '' ? undefined : value), z.uuid().optional()),
	/** Other rounds with versions of the same questionnaire, in the same tables. */
	others: list(z.uuid()).default([])
});
export type ExportChoice = z.output<typeof exportFields>;

/** Review states that leave when nobody says which: those that count. */
export const countedStates = shownStates.filter((state) => state !== 'rejected');
export const statesOf = (choice: ExportChoice): readonly (typeof shownStates)[number][] => (choice.states.length === 0 ? countedStates : choice.states);

/** Submissions up to which a download answers at once; what is more, or brings files along, is prepared by a job. */
export const mostAtOnce = 50_000;
/** Days for which a file that a job prepared is kept. */
export const keptDays = 3;
