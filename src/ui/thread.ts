/** The seven steps of the thread, in their order: each rests on the one before it. */
export const threadSteps = [
	'evidence',
	'gap',
	'response',
	'result',
	'recommendation',
	'commitment',
	'change'
] as const;

export type ThreadStepName = (typeof threadSteps)[number];

/** Something stands there; nothing does; it stands but is overdue; or the thread stalled here. */
export type ThreadState = 'ok' | 'none' | 'late' | 'broken';

/** One step as drawn. */
export interface ThreadStep {
	step: ThreadStepName;
	state: ThreadState;
	/** How many records stand at this step. */
	count?: number | undefined;
	/** The records of this step. */
	href?: string | undefined;
	/** A few words below, said in the person's language: "no reply, 31 days". */
	note?: string | undefined;
}
