import { z } from 'zod';
import { idList } from '#platform/form-fields.ts';
import { localTextOf, type LocalText } from '#platform/locales.ts';

/** Days within which a merge or a split can be undone. */
export const undoDays = 30;

const reason = z.string().trim().min(3, 'reason.missing').max(1000);

/** Which gaps go into this one, and why. */
export const mergeFields = z.object({ from: idList.refine((ids) => ids.length > 0, 'gap.merge-none'), reason });
export type MergeFields = z.output<typeof mergeFields>;

/** At most so many parts. */
export const mostParts = 4;
const part = z.object({ title: localTextOf(200), findings: idList });
const typed = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && 'title' in value && typeof value.title === 'object' && value.title !== null && Object.values(value.title).some((text) => typeof text === 'string' && text.trim() !== '');

/** Into which gaps this one is split: each with its words and those of the findings that it rests on. */
export const splitFields = z.object({
	parts: z.preprocess((value) => (Array.isArray(value) ? value.filter(typed) : value), z.array(part).min(2, 'gap.split-two').max(mostParts)),
	reason
});
export type SplitFields = z.output<typeof splitFields>;

/** The forms of the parts as a page sends them: `title1.uz`, `findings1[]`, `title2.uz`, … */
export const splitForm = z
	.record(z.string(), z.unknown())
	.transform((form): unknown => ({
		reason: form['reason'],
		parts: Array.from({ length: mostParts }, (_, i) => ({ title: form[`title${i + 1}`], findings: form[`findings${i + 1}`] }))
	}))
	.pipe(splitFields);

/** A step in a gap's history: what it came from or went into. */
export type LineageStep = {
	readonly id: string;
	readonly kind: string;
	readonly from: Related;
	readonly into: Related;
	readonly reason: string;
	readonly by: string | null;
	readonly madeAt: Date;
	readonly undoneAt: Date | null;
};
export type Related = { readonly id: string; readonly number: number | null; readonly title: LocalText; readonly state: string };

/** Whether what was done on a day may still be undone. */
export const mayUndo = (madeAt: Date, now: Date): boolean => now.getTime() - madeAt.getTime() <= undoDays * 86_400_000;
