import { z } from 'zod';
import type { LocalText } from '#platform/locales.ts';
import { optionalText } from '#platform/form-fields.ts';

/** The two sides of the partnership, as `network.side_of` has them. */
export const sides = ['civil_society', 'authority'] as const;
export type Side = (typeof sides)[number];

export const stances = ['endorse', 'dissent'] as const;
export type Stance = (typeof stances)[number];

/** An organisation's word, as its form sends it. Who dissents says why. */
export const endorsementFields = z
	.object({ organisationId: z.uuid(), stance: z.enum(stances), reason: optionalText(2000) })
	.superRefine(({ stance, reason }, context) => {
		if (stance === 'dissent' && Object.keys(reason).length === 0) context.addIssue({ code: 'custom', path: ['reason', 'uz'], message: 'endorsement.reason-missing' });
	});
export type EndorsementFields = z.output<typeof endorsementFields>;

/** One word that was given. */
export type Word = { readonly side: Side; readonly stance: Stance; readonly withdrawnAt: Date | null };

/** Who stands behind a gap: both sides, one of them, nobody; and how many organisations dissent. */
export type Endorsed = { readonly by: 'both' | Side | 'nobody'; readonly dissents: number };

/** Reads who stands behind a gap from the words that have not been withdrawn. */
export function endorsedBy(words: readonly Word[]): Endorsed {
	const standing = words.filter((word) => word.withdrawnAt === null);
	const behind = sides.filter((side) => standing.some((word) => word.side === side && word.stance === 'endorse'));
	const [first, second] = behind;
	return { by: second !== undefined ? 'both' : (first ?? 'nobody'), dissents: standing.filter((word) => word.stance === 'dissent').length };
}

/** Whether the words of the gap have changed since they were endorsed. */
export const wordsChanged = (endorsed: LocalText, now: LocalText): boolean =>
	[...new Set([...Object.keys(endorsed), ...Object.keys(now)])].some((locale) => textIn(endorsed, locale) !== textIn(now, locale));
const textIn = (text: LocalText, locale: string): string | undefined => Object.entries(text).find(([key]) => key === locale)?.[1];
