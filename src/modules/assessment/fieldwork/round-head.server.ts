import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { notFound } from '#platform/problem.ts';

/** What every page of a round shows on top, and which of its pages are open to the actor. */
export type RoundHead = { id: string; number: number; name: LocalText; state: string; joint: boolean; makes: boolean; follows: boolean; named: boolean };

/** @throws Problem `not-found` */
export async function roundHead(tx: Tx, programmeId: string, id: string): Promise<RoundHead> {
	const found = await tx
		.selectFrom('assessment.round as r')
		.select(['r.id', 'r.number', 'r.name', 'r.state', 'r.joint'])
		.select(sql<boolean>`r.programme_id = any(network.programmes_with('{coordinator,analyst}'))`.as('makes'))
		.select(sql<boolean>`assessment.runs_round(r.id)`.as('follows'))
		.select(sql<boolean>`r.id = any(assessment.analysed_rounds())`.as('named'))
		.where('r.id', '=', id)
		.where('r.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!found) throw notFound();
	return found;
}
