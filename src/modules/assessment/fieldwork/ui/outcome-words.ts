import { m } from '#paraglide/messages.js';
import type { Outcome } from '#modules/assessment/fieldwork/back-check.ts';

export const outcomeWords: Readonly<Record<Outcome, () => string>> = {
	waiting: m.fieldwork_outcome_waiting,
	done: m.fieldwork_outcome_done,
	refused: m.fieldwork_outcome_refused,
	'not-found': m.fieldwork_outcome_not_found
};
export const outcomeTones = { waiting: 'plain', done: 'ok', refused: 'late', 'not-found': 'late' } as const;
