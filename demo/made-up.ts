/**
 * Everything in the demonstration that is made up. None of it is about a real organisation or person: services are lettered,
 * accounts and quotations are named by role. Days are counted from the day on which the demonstration is laid out.
 */
import { documents, figures, findings, priorities, quotations } from './made-up/evidence.ts';
import { accounts, organisations, services } from './made-up/people.ts';
import { briefing, changes, commitments, recommendations } from './made-up/policy.ts';
import { gaps, responses, results } from './made-up/thread.ts';

export const madeUp = {
	services, organisations, accounts, figures, quotations, documents, findings, gaps, priorities, responses, results,
	recommendations, commitments, changes, briefing,
	/** When the two rounds are open, in days from today. */
	rounds: { baseline: { opens: -150, closes: -115 }, repeat: { opens: -95, closes: -71 } }
};
