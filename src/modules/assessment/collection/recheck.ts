import { z } from 'zod';

/** What the re-check can find. */
export const recheckKinds = ['constraint', 'required', 'choice', 'irrelevant', 'unreadable'] as const;

/** What the re-check found about one answer. */
export const flagSchema = z.object({
	/** Where in the submission, each repeat with its number: `/data/child[2]/age`. Empty: the submission as a whole. */
	path: z.string(),
	/** choice: not among those the form offers; irrelevant: answered though it would not have asked; unreadable: its engine could not open it. */
	kind: z.enum(recheckKinds)
});
export type Flag = z.infer<typeof flagSchema>;

/** What the worker is given: a form and submissions of it. */
export const recheckOrder = z.object({
	xform: z.string(),
	submissions: z.array(z.object({ id: z.string(), xml: z.string(), answers: z.record(z.string(), z.unknown()) }))
});
/** What the worker hands back. */
export const recheckOutcome = z.array(z.object({ id: z.string(), flags: z.array(flagSchema) }));
