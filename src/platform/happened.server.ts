import type { Tx } from './database.server.ts';
import { problem } from './problem.ts';
import { today } from './today.ts';

/**
 * Demands that nothing which has happened is dated after today, as the programme's time zone has it. Every command that takes the day
 * of something that has happened asks here: a delivery, an answer, what was said, seen or verified. What is planned may lie ahead.
 * @param days by the field of the form that they came from; none given is none to ask
 * @throws Problem `day.in-future` (409) at the first such field
 */
export async function demandHappened(tx: Tx, programmeId: string, days: Readonly<Record<string, string | null | undefined>>): Promise<void> {
	const programme = await tx.selectFrom('network.programme').select('timeZone').where('id', '=', programmeId).executeTakeFirst();
	const now = today(programme?.timeZone ?? 'UTC');
	for (const [field, day] of Object.entries(days)) if (day && day > now) throw problem('day.in-future', 409, {}, field);
}
