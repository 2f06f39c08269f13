import { z } from 'zod';

/** What the re-check found about one answer. */
export const flagSchema = z.object({
	/** Where in the submission, each repeat with its number: `/data/child[2]/age`. Empty: the submission as a whole. */
	path: z.string(),
	/** irrelevant: answered though the form would not have asked; unreadable: the form's engine could not open it. */
	kind: z.enum(['constraint', 'required', 'irrelevant', 'unreadable'])
});
export type Flag = z.infer<typeof flagSchema>;

/** What the worker is given: a form and submissions of it. */
export const recheckOrder = z.object({
	xform: z.string(),
	submissions: z.array(z.object({ id: z.string(), xml: z.string(), answers: z.record(z.string(), z.unknown()) }))
});
/** What the worker hands back. */
export const recheckOutcome = z.array(z.object({ id: z.string(), flags: z.array(flagSchema) }));
