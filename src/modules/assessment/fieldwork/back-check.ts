import { createHash } from 'node:crypto';
import { z } from 'zod';
import { fold } from '#platform/search-fold.ts';
import type { Instrument, InstrumentQuestion } from '#xforms/instrument.ts';
import { askedOnce } from './edit.ts';

export const outcomes = ['waiting', 'done', 'refused', 'not-found'] as const;
export type Outcome = (typeof outcomes)[number];

const paths = z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(z.string().max(500)).min(1, 'back-check.no-questions').max(15));

/** A draw as its form sends it. */
export const drawFields = z.object({ id: z.uuid(), percent: z.coerce.number().min(1).max(100), seed: z.string().trim().min(1).max(100), questions: paths });
export type DrawFields = z.output<typeof drawFields>;

/** A second interview as its form sends it. */
export const interviewFields = z.object({
	outcome: z.enum(['done', 'refused', 'not-found']),
	note: z.string().trim().max(1000).default(''),
	answer: z.record(z.string().regex(/^q\d+$/), z.union([z.string().max(5000), z.array(z.string().max(500))])).default({})
});
export type InterviewFields = z.output<typeof interviewFields>;

/** Questions that can be asked a second time: those that can be typed and stand outside of repeats. */
export const askable = (instrument: Instrument): { key: string; question: InstrumentQuestion }[] => askedOnce(instrument);

/**
 * Draws a share of submissions, of each team's its share, at least one each. Who is drawn follows from the seed and the instanceIDs
 * alone: each submission's SHA-256 with the seed is its lot, and the smallest lots are drawn. Anybody can draw again and compare.
 * @param share above 0, at most 1
 */
export function drawSample<T extends { readonly instanceId: string; readonly teamId: string | null }>(all: readonly T[], share: number, seed: string): T[] {
	const lot = ({ instanceId }: T): string => createHash('sha256').update(`${seed}\n${instanceId}`).digest('hex');
	return [...Map.groupBy(all, (each) => each.teamId).values()].flatMap((team) => {
		const lots = team.map((each) => ({ each, lot: lot(each) })).sort((a, b) => (a.lot < b.lot ? -1 : 1));
		return lots.slice(0, Math.min(team.length, Math.ceil(share * team.length - 1e-9))).map(({ each }) => each);
	});
}

/** Whether a question was answered alike both times: numbers as numbers, choices in any order, texts without case and script. */
export function sameAnswer({ type }: Pick<InstrumentQuestion, 'type'>, first: string, second: string): boolean {
	if (first.trim() === '' || second.trim() === '') return first.trim() === second.trim();
	if (type === 'integer' || type === 'decimal' || type === 'range') return Number(first) === Number(second);
	if (type === 'select_multiple' || type === 'rank') return first.split(/\s+/).sort().join(' ') === second.split(/\s+/).sort().join(' ');
	return type === 'text' ? fold(first) === fold(second) : first.trim() === second.trim();
}

/** How many answers were compared, and how many of them differ. */
export type Rate = { readonly key: string; readonly compared: number; readonly differing: number };

export type Compared = { readonly teamId: string | null; readonly path: string; readonly same: boolean };

/** Rates of differing answers, by question or by team, the worst first. */
export function rates(all: readonly Compared[], keyOf: (each: Compared) => string): Rate[] {
	return [...Map.groupBy(all, keyOf)]
		.map(([key, group]) => ({ key, compared: group.length, differing: group.filter((each) => !each.same).length }))
		.sort((a, b) => b.differing / b.compared - a.differing / a.compared || (a.key < b.key ? -1 : 1));
}
