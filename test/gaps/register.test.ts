import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#platform/actor.ts';
import { asActor } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { useDatabase } from '../database.ts';
import { makeEvidence } from '../thread/whole.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { readRegister } from '#modules/gaps/ranking/queries.server.ts';
import { setWeighting } from '#modules/gaps/weigh/commands.server.ts';
import { weighFields } from '#modules/gaps/weigh/weigh.ts';
import { inWorld, refusal, clock, makeGap, weigh } from './making.ts';

useDatabase();

describe('the register', () => {
	it('ranks open gaps by their components, the same for whoever looks, and says what is missing', () =>
		inWorld(async (tx, world) => {
			const evidence = await makeEvidence(tx, world);
			const [light, heavy, unsaid] = [await makeGap(tx, world, 'Yengil', [evidence.findingId]), await makeGap(tx, world, 'Ogʻir', [evidence.findingId]), await makeGap(tx, world, 'Aytilmagan', [evidence.findingId])];
			await asActor(tx, world.person.member, async () => {
				await weigh(tx, light, 2, 2, 50);
				await weigh(tx, heavy, 5, 4);
			});
			const look = async (actor: Actor) => asActor(tx, actor, async () => new Map((await readRegister(tx, world.programmeId, clock.today)).map((row) => [row.id, row])));
			const seen = await look(world.person.official);
			expect([seen.get(heavy)?.rank?.first, seen.get(light)?.rank?.first, seen.get(unsaid)?.rank]).toEqual([1, 2, null]);
			expect(seen.get(unsaid)?.weighed.missing).toEqual(['severity', 'feasibility']);
			expect(seen.get(heavy)?.rank?.holds).toBe(1);
			expect(seen.get(heavy)?.weighed.strength).toMatchObject({ sources: 1, kinds: ['document'], cap: null, level: 1 });
			for (const role of ['coordinator', 'member', 'analyst', 'reviewer'] as const) expect(await look(world.person[role])).toEqual(seen);
			expect((await look(world.person.donor)).size).toBe(0);
			expect((await look(world.stranger)).size).toBe(0);
		}));
	it('weighs evidence that lies at a place closed to the reader all the same, and shows nothing of it', () =>
		inWorld(async (tx, world) => {
			const evidence = await makeEvidence(tx, world);
			const gap = await makeGap(tx, world, 'Butun dastur', [evidence.findingId]);
			await asActor(tx, world.person.coordinator, async () => {
				await tx.updateTable('assessment.document').set({ placeId: world.samarkand }).where('id', '=', evidence.documentId).execute();
			});
			const strengthFor = async (actor: Actor) => asActor(tx, actor, async () => (await readRegister(tx, world.programmeId, clock.today)).find((row) => row.id === gap)?.weighed.strength.value);
			expect(await strengthFor(world.memberInJizzakh)).toBe(await strengthFor(world.person.coordinator));
			await asActor(tx, world.memberInJizzakh, async () => expect(await tx.selectFrom('assessment.document').select('id').execute()).toEqual([]));
			await asActor(tx, world.stranger, async () => expect((await sql`select * from assessment.pieces_of(${[evidence.findingId]}::uuid[])`.execute(tx)).rows).toEqual([]));
		}));
	it('takes withdrawn evidence out of the strength, and the gap out of the ranking when nothing is left', () =>
		inWorld(async (tx, world) => {
			const [first, second] = [await makeEvidence(tx, world), await makeEvidence(tx, world)];
			const gap = await makeGap(tx, world, 'Kamchilik', [first.findingId, second.findingId]);
			await asActor(tx, world.person.coordinator, async () => {
				await weigh(tx, gap, 3, 3);
				const withdraw = (id: string) => tx.updateTable('assessment.finding').set({ state: 'withdrawn', withdrawnAt: new Date('2026-11-01') }).where('id', '=', id).execute();
				const strength = async () => (await readRegister(tx, world.programmeId, clock.today)).find((row) => row.id === gap);
				const before = (await strength())?.weighed.strength;
				expect(before?.pieces).toHaveLength(2);
				await withdraw(first.findingId);
				expect((await strength())?.weighed.strength.pieces).toHaveLength(1);
				await withdraw(second.findingId);
				expect(await strength()).toMatchObject({ rank: null, weighed: { strength: { value: 0, level: 0 }, missing: ['strength'] } });
			});
		}));
	it('counts with the weights of the programme, which the coordinator sets with a reason', () =>
		inWorld(async (tx, world) => {
			const { findingId } = await makeEvidence(tx, world);
			const [severe, feasible] = [await makeGap(tx, world, 'Ogʻir', [findingId]), await makeGap(tx, world, 'Oson', [findingId])];
			await asActor(tx, world.person.coordinator, async () => {
				await weigh(tx, severe, 5, 2);
				await weigh(tx, feasible, 2, 5);
				const order = async () => (await readRegister(tx, world.programmeId, clock.today)).filter((row) => row.rank).map((row) => [row.id, row.rank?.first, row.rank?.last]);
				expect(await order()).toEqual([[severe, 1, 2], [feasible, 1, 2]]);
				const weights = { severity: 3, people: 1, strength: 1, feasibility: 1, reason: 'Hayot birinchi' };
				await setWeighting(tx, await permit(tx, verbs.setWeights, { programmeId: world.programmeId }), weights);
				expect(await order()).toEqual([[severe, 1, 1], [feasible, 2, 2]]);
			});
			expect(await refusal(tx, world.person.analyst, async () => permit(tx, verbs.setWeights, { programmeId: world.programmeId }))).toBe('not-permitted');
		}));
	it('asks where a number of people comes from, and that a range stands the right way up', () => {
		const parse = (typed: Record<string, string>) => weighFields.safeParse({ severity: '', feasibility: '', peopleLow: '', peopleHigh: '', peopleSource: '', ...typed });
		expect(parse({}).data).toEqual({ severity: null, feasibility: null, peopleLow: null, peopleHigh: null, peopleSource: null });
		expect(parse({ peopleLow: '40', peopleSource: 'Sanoq 2026' }).data).toMatchObject({ peopleLow: 40, peopleHigh: 40 });
		for (const wrong of [{ peopleLow: '40' }, { peopleLow: '40', peopleHigh: '30', peopleSource: 'Sanoq' }, { severity: '6' }, { severity: '0' }, { feasibility: '2.5' }, { peopleLow: '-1', peopleSource: 'xyz' }, { peopleHigh: '1e99', peopleSource: 'xyz' }]) {
			expect([wrong, parse(wrong).success]).toEqual([wrong, false]);
		}
	});
});
