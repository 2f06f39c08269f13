import { sql } from 'kysely';
import { importer } from '#modules/network/importer.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { journal } from '#platform/journal.server.ts';
import { baseLocale } from '#platform/locales.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { importTargets, type TargetsOf } from './permits.ts';
import { planTargets, type TargetCell } from './target.ts';
import { targetGround } from './target-queries.server.ts';

/**
 * Sets targets of a round: a number, or none. Those that are not named stay.
 * @throws Problem `round.closed-plan` (409), `target.place-unknown`, `target.choice-unknown` (400)
 */
export async function setTargets(tx: Tx, permit: Permit<'round.set-targets'> | Permit<'round.import-targets'>, cells: readonly TargetCell[]): Promise<void> {
	const { id: roundId, programmeId } = permit.subject;
	const { state } = await tx.selectFrom('assessment.round').select('state').where('id', '=', roundId).executeTakeFirstOrThrow();
	if (state === 'closed') throw problem('round.closed-plan', 409);
	const ground = await targetGround(tx, programmeId, roundId, baseLocale);
	const places = new Set(ground.places.map((place) => place.id));
	const choices = new Set(['', ...ground.choices.map((choice) => choice.name)]);
	if (cells.some(({ placeId }) => !places.has(placeId))) throw problem('target.place-unknown', 400);
	if (cells.some(({ choice }) => !choices.has(choice))) throw problem('target.choice-unknown', 400);
	const before = new Map(ground.there.map((each) => [`${each.placeId}|${each.choice}`, each.target]));
	const changed = cells.filter(({ placeId, choice, target }) => (before.get(`${placeId}|${choice}`) ?? null) !== target);
	if (changed.length === 0) return;
	await sql`delete from assessment.round_target t using jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as c ("placeId" uuid, choice text)
		where t.round_id = ${roundId} and t.place_id = c."placeId" and t.choice = c.choice`.execute(tx);
	await sql`insert into assessment.round_target (programme_id, round_id, place_id, choice, target)
		select ${programmeId}::uuid, ${roundId}::uuid, c."placeId", c.choice, c.target
		from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as c ("placeId" uuid, choice text, target integer) where c.target is not null`.execute(tx);
	await journal(tx, permit, { table: 'assessment.round', id: roundId, before: changed.map((each) => before.get(`${each.placeId}|${each.choice}`) ?? null), after: changed });
}

/** Targets from a CSV or XLSX file, with a preview. */
export const targetImporter = importer({
	verb: importTargets,
	hold: async (tx: Tx, { roundId }: TargetsOf) => void (await tx.selectFrom('assessment.round').select('id').where('id', '=', roundId).forUpdate().execute()),
	plan: async (tx, { programmeId, roundId }, table) => planTargets(await targetGround(tx, programmeId, roundId, baseLocale), table, baseLocale),
	write: (tx, permit, writes: readonly TargetCell[]) => setTargets(tx, permit, writes)
});

