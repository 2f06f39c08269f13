import { sql } from 'kysely';
import { DatabaseError } from 'pg';
import { z } from 'zod';
import { inTransaction } from '#platform/database.server.ts';
import { record } from '#platform/journal.server.ts';
import { problem } from '#platform/problem.ts';
import type { Sender } from './arrival.ts';
import type { OpenRound } from './link.server.ts';

/** That somebody declined, as a filling page tells it. There is nothing else to tell. */
export const refusalFields = z.strictObject({
	/** Minted where it was said, so that telling it twice counts once. */
	id: z.uuid(),
	/** She had begun to answer, and stopped. */
	during: z.enum(['yes', 'no']).transform((value) => value === 'yes'),
	/** The day, by the clock of the device. */
	on: z.iso.date()
});
export type Refusal = z.output<typeof refusalFields>;

/** Days that a device may have been without a connection; a clock that says otherwise is wrong. */
const longestAway = 400;

/**
 * Records that somebody declined to be asked in an open round: a number, with nothing about the person. As with answers the fence
 * asks whether this link or person may send into this round now.
 * A closed round still says that it has what it has.
 * @param madeUp for a demonstration
 * @throws Problem `collection.*` (403) when the round or the link does not allow it, `not-permitted` (403)
 */
export async function receiveRefusal(sender: Sender, round: OpenRound, { id, during, on }: Refusal, madeUp = false): Promise<void> {
	const { programmeId, roundId, placeId } = round;
	const today = new Date().toISOString().slice(0, 10);
	const earliest = new Date(Date.now() - longestAway * 86_400_000).toISOString().slice(0, 10);
	const declinedOn = on < earliest || on > today ? today : on;
	try {
		await inTransaction(sender, async (tx) => {
			const written = await tx
				.insertInto('assessment.refusal')
				.values({
					id, programmeId, roundId, placeId, during, declinedOn, madeUp,
					tokenId: sender.kind === 'token' ? sender.tokenId : null,
					personId: sender.kind === 'person' ? sender.personId : null
				})
				.onConflict((conflict) => conflict.doNothing())
				.executeTakeFirst();
			if (written.numInsertedOrUpdatedRows === 0n) return;
			await record(tx, 'refusal.receive', programmeId, { table: 'assessment.refusal', id, after: { roundId, during, declinedOn } });
		});
	} catch (error) {
		if (!(error instanceof DatabaseError)) throw error;
		if (await knows(sender, roundId, id)) return;
		if (error.code === 'HM001') throw problem(error.message, 403);
		if (error.code === '42501') throw problem(sender.kind === 'token' ? 'collection.round-closed' : 'not-permitted', 403);
		throw error;
	}
}

const knows = (sender: Sender, roundId: string, id: string): Promise<boolean> =>
	inTransaction(sender, async (tx) => {
		const { rows } = await sql<{ known: boolean }>`select assessment.knows_refusal(${roundId}::uuid, ${id}::uuid) as known`.execute(tx);
		return rows[0]?.known ?? false;
	});
