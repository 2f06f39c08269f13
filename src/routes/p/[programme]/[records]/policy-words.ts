import { m } from '#paraglide/messages.js';

const answers: Record<string, () => string> = { accepted: m.policy_answer_accepted, partly: m.policy_answer_partly, refused: m.policy_answer_refused };

/** An authority's answer in words. */
export const answerWord = (answer: string): string => answers[answer]?.() ?? answer;

const statuses: Record<string, () => string> = {
	not_started: m.policy_status_not_started,
	under_way: m.policy_status_under_way,
	done: m.policy_status_done,
	stopped: m.policy_status_stopped
};

/** The status of a commitment in words. */
export const statusWord = (status: string): string => statuses[status]?.() ?? status;
