import type { Tx } from '#platform/database.server.ts';
import { notFound } from '#platform/problem.ts';
import { numberedTexts } from './programme-settings.ts';

/** A programme's stages and outcomes. @throws Problem `not-found` */
export async function programmePlan(tx: Tx, id: string) {
	const found = await tx.selectFrom('network.programme').select(['stages', 'outcomes']).where('id', '=', id).executeTakeFirst();
	if (!found) throw notFound();
	return { stages: numberedTexts.parse(found.stages), outcomes: numberedTexts.parse(found.outcomes) };
}
