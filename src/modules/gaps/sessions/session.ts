import { z } from 'zod';
import { idList, placeChoice } from '#platform/form-fields.ts';
import { localTextOf } from '#platform/locales.ts';
import { scoreChoice } from '../weigh/weigh.ts';

/** A session is prepared, scored in one turn or several, shown after each, and adopted in the end. */
export const sessionStates = ['draft', 'scoring', 'shown', 'adopted', 'cancelled'] as const;
export type SessionState = (typeof sessionStates)[number];

/** Turns that a session may have. */
export const mostTurns = 5;
/** Gaps that a group gets through in one sitting. */
export const mostGaps = 30;

/** What people can judge. How many are affected and how strong the evidence is are facts, and not voted on. */
export const judged = ['severity', 'feasibility'] as const;
export type Judged = (typeof judged)[number];

/** A session as its form sends it. */
export const sessionFields = z.object({
	title: localTextOf(200),
	placeId: placeChoice,
	gaps: idList.refine((ids) => ids.length > 0, 'session.no-gaps').refine((ids) => ids.length <= mostGaps, 'session.too-many-gaps')
});
export type SessionFields = z.output<typeof sessionFields>;

const blankNote = z.preprocess((value) => (value === '' || value === undefined ? null : value), z.string().trim().max(500).nullable());

/** One gap scored, as a phone sends it. */
export const voteFields = z.object({ gapId: z.uuid(), severity: scoreChoice, feasibility: scoreChoice, note: blankNote });
export type VoteFields = z.output<typeof voteFields>;

/** A sheet of paper of somebody without an account: which group, never a name. */
export const sheetFields = z.object({ label: z.string().trim().min(3, 'session.label-missing').max(100) });

/** Letters and digits that nobody mistakes for each other, read aloud across a room. */
const codeLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A code of six, from random bytes. */
export const codeFrom = (bytes: Uint8Array): string => [...bytes.slice(0, 6)].map((byte) => codeLetters[byte % codeLetters.length]).join('');

/** A code as somebody types it: spaces, hyphens and small letters do not matter. */
export const codeFields = z.object({
	code: z
		.string()
		.max(40)
		.transform((typed) => typed.toUpperCase().replace(/[\s-]/g, ''))
		.pipe(z.string().regex(/^[A-Z2-9]{6}$/, 'session.code-unknown'))
});

/** How often each score from 1 to 5 was given. */
export type Counts = readonly [number, number, number, number, number];

/** Sums up scores: how many, their median and quartiles, and how many lie two or more from the median. */
export type Spread = {
	readonly counts: Counts;
	readonly n: number;
	/** Halves for an even number between two scores; null: nobody scored. */
	readonly median: number | null;
	readonly lower: number | null;
	readonly upper: number | null;
	readonly apart: number;
};

/** The spread of some counts. Median and quartiles by the middle of the ordered scores (of the halves, the middle left out of both). */
export function spreadOf(counts: Counts): Spread {
	const scores = counts.flatMap((count, i) => Array.from({ length: count }, () => i + 1));
	const n = scores.length;
	const median = middle(scores);
	const half = Math.floor(n / 2);
	const apart = median === null ? 0 : scores.filter((score) => Math.abs(score - median) >= 2).length;
	return { counts, n, median, lower: n < 2 ? median : middle(scores.slice(0, half)), upper: n < 2 ? median : middle(scores.slice(n - half)), apart };
}

function middle(sorted: readonly number[]): number | null {
	const [a, b] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
	return a === undefined || b === undefined ? null : (a + b) / 2;
}

/** Counts from the rows of the database's spread. */
export function countsOf(rows: readonly { value: number; voices: number }[]): Counts {
	const count = (value: number): number => rows.filter((row) => row.value === value).reduce((sum, row) => sum + row.voices, 0);
	return [count(1), count(2), count(3), count(4), count(5)];
}
