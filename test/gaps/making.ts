import { sql } from 'kysely';
import { system, type Actor } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { asProblem } from '#platform/thrown-problem.ts';
import { rolledBack } from '../database.ts';
import { makeWorld, type World } from '../personas.ts';
import { settle, words } from '../thread/whole.ts';
import { draftGap, openGap } from '#modules/gaps/commands.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { weighGap } from '#modules/gaps/weigh/commands.server.ts';

/** Work in a world of its own, which is gone afterwards. */
export const inWorld = (work: (tx: Tx, world: World) => Promise<void>): Promise<void> =>
	rolledBack(system('first-run'), async (tx) => work(tx, await makeWorld(tx)));

/** The code with which the database or a command refuses, or nothing when it does not. */
export async function refusal(tx: Tx, actor: Actor, work: () => Promise<unknown>): Promise<string | undefined> {
	await sql`savepoint asked`.execute(tx);
	try {
		await asActor(tx, actor, async () => {
			await work();
			await settle(tx);
		});
		return undefined;
	} catch (thrown) {
		return asProblem(thrown)?.code ?? String(thrown);
	} finally {
		await sql`rollback to savepoint asked`.execute(tx);
	}
}

/** What counts as today, and as stalled. */
export const clock = { today: '2026-11-23', stalledAfterDays: 30 };

/** A gap in the register, written by the coordinator. */
export async function makeGap(tx: Tx, world: World, title: string, findings: string[], placeId: string | null = null): Promise<string> {
	return asActor(tx, world.person.coordinator, async () => {
		const id = await draftGap(tx, await permit(tx, verbs.draftGap, { programmeId: world.programmeId }), { title: words(title), description: {}, forWhom: {}, barrier: 'access', placeId, findings });
		await openGap(tx, await permit(tx, verbs.openGap, id));
		await settle(tx);
		return id;
	});
}

/** Says how a gap weighs, as the acting person. */
export const weigh = async (tx: Tx, id: string, severity: number, feasibility: number, people: number | null = null): Promise<void> =>
	weighGap(tx, await permit(tx, verbs.weighGap, id), { severity, feasibility, peopleLow: people, peopleHigh: people, peopleSource: people === null ? null : 'sanoq' });
