import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { briefings } from './briefings.ts';
import { evidence } from './evidence.ts';
import type { Told } from './happening.ts';
import { interviewsHappen } from './interviews.ts';
import { policy } from './policy.ts';
import { weightOfGaps } from './gaps.ts';
import { closeRounds } from './rounds.ts';
import { scoringStory } from './scoring.ts';
import { onDay, type Stage } from './stage.ts';
import { thread } from './thread.ts';

/**
 * Lets everything happen in the order of its days, and within a day in the order of the thread: from the closed round to the
 * published briefing, in one transaction, so that an interrupted run leaves no half of a story.
 */
export async function tellStory(tx: Tx, stage: Stage, progress: (told: number, of: number) => Promise<void>): Promise<void> {
	await closeRounds(tx, stage);
	const told: Told = { figure: new Map(), quotation: new Map(), document: new Map(), score: new Map() };
	const happenings = [interviewsHappen, evidence, scoringStory, thread, weightOfGaps, policy, briefings].flatMap((part) => part(tx, stage, told)).sort((a, b) => a.day - b.day);
	for (const [at, { day, happen }] of happenings.entries()) {
		onDay(tx, stage, day);
		await happen();
		await checkNow(tx);
		if (at % 20 === 0) await progress(at, happenings.length);
	}
}

/** What the database checks at a commit, it checks after each happening: a finding may fall later, on which a gap stood when it was opened. */
async function checkNow(tx: Tx): Promise<void> {
	await sql`set constraints all immediate`.execute(tx);
	await sql`set constraints all deferred`.execute(tx);
}
