import { actorOf, type Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { mayI } from '#platform/permit.server.ts';
import { shownNameIfAny } from '#platform/shown-name.ts';
import { endorseGap } from '../permits.ts';
import { wordOf } from '../ranking/queries.server.ts';

/** Every word that was given on a gap, also those withdrawn, newest first. */
export async function wordsOn(tx: Tx, gapId: string) {
	const actor = actorOf(tx);
	const rows = await tx
		.selectFrom('gaps.endorsement as e')
		.innerJoin('network.organisation as o', 'o.id', 'e.organisationId')
		.leftJoin('network.person as p', 'p.id', 'e.personId')
		.select(['e.id', 'e.side', 'e.stance', 'e.reason', 'e.gapTitle', 'e.saidAt', 'e.withdrawnAt', 'e.withdrawnReason', 'e.personId', 'e.organisationId', 'o.name as organisation', shownNameIfAny('p').as('person')])
		.where('e.gapId', '=', gapId)
		.orderBy('e.saidAt', 'desc')
		.orderBy('e.id')
		.execute();
	return rows.flatMap(wordOf).map((word) => ({ ...word, own: actor.kind === 'person' && actor.personId === word.personId }));
}

/** An organisation that somebody can speak for. */
export type Speaker = { readonly id: string; readonly name: LocalText };

/** Organisations that the acting person may speak for on this gap, that sit on a side, and that have not spoken on it. */
export async function speakersOn(tx: Tx, programmeId: string, gapId: string): Promise<Speaker[]> {
	const actor = actorOf(tx);
	if (actor.kind !== 'person') return [];
	const found = await tx
		.selectFrom('network.organisation as o')
		.select(['o.id', 'o.name'])
		.where('o.programmeId', '=', programmeId)
		.where((on) =>
			on.exists(
				on.selectFrom('network.roleGrant as g').select('g.id').whereRef('g.organisationId', '=', 'o.id').where('g.personId', '=', actor.personId).where('g.endedAt', 'is', null).where('g.role', 'in', ['coordinator', 'member', 'official'])
			)
		)
		.where((on) => on(on.fn('network.side_of', ['o.type']), 'is not', null))
		.where((on) => on.not(on.exists(on.selectFrom('gaps.endorsement as e').select('e.id').whereRef('e.organisationId', '=', 'o.id').where('e.gapId', '=', gapId).where('e.withdrawnAt', 'is', null))))
		.orderBy('o.search')
		.execute();
	const may = await Promise.all(found.map(({ id }) => mayI(tx, endorseGap, { gapId, organisationId: id })));
	return found.filter((_, i) => may[i]);
}
