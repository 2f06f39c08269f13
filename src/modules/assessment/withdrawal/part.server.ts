import type { Tx } from '#platform/database.server.ts';
import { mayI } from '#platform/permit.server.ts';
import { withdrawalVerbs } from './permits.ts';
import { withdrawalsOf } from './queries.server.ts';
import type { Withdrawable } from './withdrawal.ts';

/** What the page of a piece of evidence shows of its withdrawals, and whether the reader may take it back or put it back. */
export async function withdrawalPart(tx: Tx, programmeId: string, kind: Withdrawable, id: string) {
	const withdrawals = await withdrawalsOf(tx, programmeId, id);
	const { withdraw, reinstate } = withdrawalVerbs[kind];
	const away = withdrawals.some((each) => each.reinstatedAt === null);
	return { withdrawals, mayWithdraw: await mayI(tx, away ? reinstate : withdraw, id) };
}
