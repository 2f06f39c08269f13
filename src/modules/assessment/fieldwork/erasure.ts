import { z } from 'zod';

/** Why something is erased. */
export const erasureReasons = ['asked', 'no-consent', 'mistake', 'minor', 'danger'] as const;
export type ErasureReason = (typeof erasureReasons)[number];
export const reasonSchema = z.enum(erasureReasons);

/** An erasure as its form sends it: `id` is minted with the page, `confirm_name` is the receipt typed again. */
export const erasureFields = z.object({
	id: z.uuid(),
	reason: reasonSchema,
	note: z.string().trim().max(500).default(''),
	confirm_name: z.string().max(100).default('')
});
export type ErasureFields = z.output<typeof erasureFields>;

/** A receipt without what people put between its signs. */
export const plainReceipt = (typed: string): string => typed.replace(/[^0-9A-Za-z]/g, '').toUpperCase();
