import { describe, expect, it } from 'vitest';
import { system, type Actor } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { asProblem } from '#platform/thrown-problem.ts';
import { useDatabase } from '../database.ts';
import { makeWorld } from '../personas.ts';
import { makeEvidence } from '../thread/whole.ts';
import { endorseGap } from '#modules/gaps/endorsement/commands.server.ts';
import { mergeGaps } from '#modules/gaps/lineage/commands.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { getGap } from '#modules/gaps/queries.server.ts';
import { makeGap } from './making.ts';

useDatabase();

describe('two people at once', () => {
	/** Runs two pieces of work in two transactions that overlap, and says how each ended. */
	async function together(first: [Actor, (tx: Tx) => Promise<unknown>], second: [Actor, (tx: Tx) => Promise<unknown>]): Promise<(string | null)[]> {
		const run = async ([actor, work]: [Actor, (tx: Tx) => Promise<unknown>]): Promise<string | null> => {
			try {
				await inTransaction(actor, work);
				return null;
			} catch (thrown) {
				return asProblem(thrown)?.code ?? String(thrown);
			}
		};
		return Promise.all([run(first), run(second)]);
	}
	const scene = () =>
		inTransaction(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const { findingId } = await makeEvidence(tx, world);
			return { world, findingId, a: await makeGap(tx, world, 'A', [findingId]), b: await makeGap(tx, world, 'B', [findingId]) };
		});

	it('who endorse while it is merged: the word was in time, or is refused; never on a merged gap', async () => {
		for (let i = 0; i < 5; i++) {
			const { world, a, b } = await scene();
			const [merged, endorsed] = await together(
				[world.person.coordinator, async (tx) => mergeGaps(tx, await permit(tx, verbs.mergeGaps, { into: b, from: [a] }), { from: [a], reason: 'Bir xil' })],
				[world.person.official, async (tx) => endorseGap(tx, await permit(tx, verbs.endorseGap, { gapId: a, organisationId: world.organisations.ministry }), { stance: 'endorse', reason: {} })]
			);
			expect(merged).toBeNull();
			expect([null, 'gap.not-open']).toContain(endorsed);
			await inTransaction(world.person.coordinator, async (tx) => expect((await getGap(tx, world.programmeId, a)).state).toBe('merged'));
		}
	});
	it('who merge two gaps into each other: one of them does, and nothing goes in a circle', async () => {
		for (let i = 0; i < 5; i++) {
			const { world, a, b } = await scene();
			const merge = (into: string, from: string) => async (tx: Tx) => mergeGaps(tx, await permit(tx, verbs.mergeGaps, { into, from: [from] }), { from: [from], reason: 'Bir xil' });
			const ends = await together([world.person.coordinator, merge(a, b)], [world.person.analyst, merge(b, a)]);
			expect(ends.filter((end) => end === null)).toHaveLength(1);
			expect(ends.filter((end) => end !== null)).toEqual(['gap.not-open']);
		}
	});
	it('who speak for the same organisation: one word stands', async () => {
		const { world, a } = await scene();
		const say = async (tx: Tx) => endorseGap(tx, await permit(tx, verbs.endorseGap, { gapId: a, organisationId: world.organisations.cso }), { stance: 'endorse', reason: {} });
		const ends = await together([world.person.coordinator, say], [world.person.member, say]);
		expect(ends.filter((end) => end === null)).toHaveLength(1);
		expect(['exists-already', 'endorsement.given-already']).toContain(ends.find((end) => end !== null));
	});
});
