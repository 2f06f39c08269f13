/**
 * Everything in the demonstration that is made up. None of it is about a real organisation or person: services are lettered,
 * accounts and quotations are named by role. Days are counted from the day on which the demonstration is laid out.
 */
import { documents, figures, findings, priorities, quotations } from './made-up/evidence.ts';
import { endorsements, merged, session, watched, weighings } from './made-up/gaps.ts';
import { accounts, organisations, services } from './made-up/people.ts';
import { briefing, changes, commitments, pages, recommendations, waitingBriefing } from './made-up/policy.ts';
import { rounds } from './made-up/rounds.ts';
import { gaps, responses, results } from './made-up/thread.ts';

export const madeUp = {
	services, organisations, accounts, figures, quotations, documents, findings, gaps, priorities, responses, results,
	recommendations, commitments, changes, briefing, pages, waitingBriefing,
	merged, weighings, endorsements, session, watched,
	rounds
};

export type RoundKey = keyof typeof rounds;
