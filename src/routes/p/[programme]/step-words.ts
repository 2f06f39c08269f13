import { m } from '#paraglide/messages.js';
import type { ThreadState, ThreadStepName } from '#ui/thread.ts';

const steps: Record<ThreadStepName, () => string> = {
	evidence: m.ui_thread_evidence,
	gap: m.ui_thread_gap,
	response: m.ui_thread_response,
	result: m.ui_thread_result,
	recommendation: m.ui_thread_recommendation,
	commitment: m.ui_thread_commitment,
	change: m.ui_thread_change
};
const states: Record<ThreadState, () => string> = {
	ok: m.ui_thread_state_ok,
	none: m.ui_thread_state_none,
	late: m.ui_thread_state_late,
	broken: m.ui_thread_state_broken
};

/** A step in words, without the soft hyphens that help narrow columns. */
export const stepWord = (step: ThreadStepName): string => steps[step]().replaceAll('\u00AD', '');

/** A step's state in words. */
export const threadStateWord = (state: ThreadState): string => states[state]();
