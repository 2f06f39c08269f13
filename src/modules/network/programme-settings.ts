import { z } from 'zod';
import { localTextOf, type LocalText } from '#platform/locales.ts';

/** Thresholds below which no figure may ever be shown, whatever a programme asks for. */
export const lowestThresholds = { people: 3, survivors: 5 } as const;

const emptyAsNull = (value: unknown): unknown => (value === '' || value === undefined ? null : value);
const day = z.preprocess(emptyAsNull, z.iso.date().nullable());
const noText: LocalText = {};
const maybeText = (longest: number) =>
	z.preprocess((value) => value ?? {}, localTextOf(longest).or(z.record(z.string(), z.string().trim().max(0)).transform(() => noText)));
const whole = (lowest: number, highest: number) => z.coerce.number().int().min(lowest).max(highest);

const isTimeZone = (name: string): boolean => {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
};

/** What can be changed about a programme. */
export const programmeSettings = z
	.object({
		name: localTextOf(300),
		summary: maybeText(2000),
		country: z.string().trim().regex(/^[A-Z]{2}$/, 'programme.country'),
		timeZone: z.string().trim().max(60).refine(isTimeZone, 'programme.time-zone'),
		currency: z.string().trim().regex(/^[A-Z]{3}$/, 'programme.currency'),
		startsOn: day,
		endsOn: day,
		funderStatement: maybeText(1000),
		funderDisclaimer: maybeText(4000),
		thresholdPeople: whole(lowestThresholds.people, 1000),
		thresholdSurvivors: whole(lowestThresholds.survivors, 1000),
		stalledAfterDays: whole(1, 3650)
	})
	.refine(({ startsOn, endsOn }) => !startsOn || !endsOn || startsOn <= endsOn, { message: 'programme.dates', path: ['endsOn'] });
export type ProgrammeSettings = z.output<typeof programmeSettings>;

/** Stages and outcomes as a programme keeps them: numbered texts. */
export const numberedTexts = z.array(z.object({ number: z.number(), text: z.record(z.string(), z.string()) }).loose()).catch([]);
