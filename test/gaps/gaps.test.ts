import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { system, type Actor } from '#platform/actor.ts';
import { asActor, inTransaction, type Tx } from '#platform/database.server.ts';
import { mayI, permit, roles } from '#platform/permit.server.ts';
import { asProblem } from '#platform/request.server.ts';
import { downstream, stateOfGaps, threadOf } from '#thread/queries.server.ts';
import { rolledBack, useDatabase } from '../database.ts';
import { addPerson, makeWorld, type World } from '../personas.ts';
import { makeEvidence, makeThread, settle, words } from '../thread/whole.ts';
import { closeGap, draftGap, editGap, openGap, reopenGap } from '#modules/gaps/commands.server.ts';
import { endorseGap, withdrawEndorsement } from '#modules/gaps/endorsement/commands.server.ts';
import { endorsedBy } from '#modules/gaps/endorsement/endorsement.ts';
import { speakersOn, wordsOn } from '#modules/gaps/endorsement/queries.server.ts';
import { mergeGaps, splitGap, undoLineage } from '#modules/gaps/lineage/commands.server.ts';
import { lineageOf } from '#modules/gaps/lineage/queries.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { getGap } from '#modules/gaps/queries.server.ts';
import { readRegister } from '#modules/gaps/ranking/queries.server.ts';
import { setWeighting, weighGap } from '#modules/gaps/weigh/commands.server.ts';
import { weighFields } from '#modules/gaps/weigh/weigh.ts';

useDatabase();

const inWorld = (work: (tx: Tx, world: World) => Promise<void>): Promise<void> =>
	rolledBack(system('first-run'), async (tx) => work(tx, await makeWorld(tx)));

async function refusal(tx: Tx, actor: Actor, work: () => Promise<unknown>): Promise<string | undefined> {
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

const clock = { today: '2026-11-23', stalledAfterDays: 30 };

async function makeGap(tx: Tx, world: World, title: string, findings: string[], placeId: string | null = null): Promise<string> {
	return asActor(tx, world.person.coordinator, async () => {
		const id = await draftGap(tx, await permit(tx, verbs.draftGap, { programmeId: world.programmeId }), { title: words(title), description: {}, forWhom: {}, barrier: 'access', placeId, findings });
		await openGap(tx, await permit(tx, verbs.openGap, id));
		await settle(tx);
		return id;
	});
}
const weigh = async (tx: Tx, id: string, severity: number, feasibility: number, people: number | null = null): Promise<void> =>
	weighGap(tx, await permit(tx, verbs.weighGap, id), { severity, feasibility, peopleLow: people, peopleHigh: people, peopleSource: people === null ? null : 'sanoq' });

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

describe('endorsement', () => {
	const endorse = async (tx: Tx, gapId: string, organisationId: string, stance: 'endorse' | 'dissent' = 'endorse') =>
		endorseGap(tx, await permit(tx, verbs.endorseGap, { gapId, organisationId }), { stance, reason: stance === 'dissent' ? words('Boshqacha') : {} });
	it('is of both sides when a CSO and an authority have spoken, and dissent stands beside it', () =>
		inWorld(async (tx, world) => {
			const gap = await makeGap(tx, world, 'Kamchilik', [(await makeEvidence(tx, world)).findingId]);
			const { cso, ministry, authority } = world.organisations;
			const now = async () => endorsedBy(await wordsOn(tx, gap));
			await asActor(tx, world.person.member, async () => endorse(tx, gap, cso));
			await asActor(tx, world.person.member, async () => expect(await now()).toEqual({ by: 'civil_society', dissents: 0 }));
			await asActor(tx, world.person.official, async () => {
				await endorse(tx, gap, ministry);
				expect(await now()).toEqual({ by: 'both', dissents: 0 });
			});
			await asActor(tx, world.officialInJizzakh, async () => {
				expect(await speakersOn(tx, world.programmeId, gap)).toHaveLength(1);
				expect(await mayI(tx, verbs.endorseGap, { gapId: gap, organisationId: authority })).toBe(false);
			});
			const wide = await addPerson(tx, 'official of the authority', { programmeId: world.programmeId, role: 'official', organisationId: authority });
			await asActor(tx, wide, async () => {
				await endorse(tx, gap, authority, 'dissent');
				expect(await now()).toEqual({ by: 'both', dissents: 1 });
				expect(await speakersOn(tx, world.programmeId, gap)).toEqual([]);
			});
		}));
	it('is given only for one\'s own organisation, in one\'s own name, once, on a side, and on an open gap', () =>
		inWorld(async (tx, world) => {
			const { findingId } = await makeEvidence(tx, world);
			const gap = await makeGap(tx, world, 'Kamchilik', [findingId]);
			const { cso, ministry, shelter } = world.organisations;
			expect(await refusal(tx, world.person.member, () => endorse(tx, gap, ministry))).toBe('not-permitted');
			expect(await refusal(tx, world.person.member, () => endorse(tx, gap, shelter))).toBe('not-permitted');
			for (const role of roles) {
				const may = await asActor(tx, world.person[role], () => mayI(tx, verbs.endorseGap, { gapId: gap, organisationId: role === 'official' ? ministry : cso }));
				expect([role, may]).toEqual([role, ['coordinator', 'member', 'official'].includes(role)]);
			}
			await asActor(tx, world.person.member, async () => endorse(tx, gap, cso));
			expect(await refusal(tx, world.person.coordinator, () => endorse(tx, gap, cso))).toBe('endorsement.given-already');
			// Past the command: somebody else's name, somebody else's side, another's words.
			const row = { id: crypto.randomUUID(), programmeId: world.programmeId, gapId: gap, organisationId: ministry, side: 'civil_society', stance: 'endorse', gapTitle: {} };
			expect(await refusal(tx, world.person.official, () => tx.insertInto('gaps.endorsement').values({ ...row, personId: world.person.member.personId }).execute())).toBe('not-permitted');
			await asActor(tx, world.person.official, async () => {
				await tx.insertInto('gaps.endorsement').values({ ...row, personId: world.person.official.personId }).execute();
				expect((await wordsOn(tx, gap)).find((word) => word.id === row.id)).toMatchObject({ side: 'authority', gapTitle: words('Kamchilik') });
			});
			expect(await refusal(tx, world.person.official, () => tx.updateTable('gaps.endorsement').set({ stance: 'dissent' }).where('id', '=', row.id).execute())).toBe('endorsement.kept');
			await asActor(tx, world.person.coordinator, async () => {
				await tx.updateTable('network.organisation').set({ type: 'donor' }).where('id', '=', shelter).execute();
			});
			const donor = await addPerson(tx, 'of the donor', { programmeId: world.programmeId, role: 'member', organisationId: shelter });
			expect(await refusal(tx, donor, () => endorse(tx, gap, shelter))).toBe('endorsement.no-side');
			const draft = await asActor(tx, world.person.coordinator, async () =>
				draftGap(tx, await permit(tx, verbs.draftGap, { programmeId: world.programmeId }), { title: words('Qoralama'), description: {}, forWhom: {}, barrier: 'law', placeId: null, findings: [findingId] })
			);
			expect(await refusal(tx, world.person.member, () => endorse(tx, draft, cso))).toBe('gap.not-open');
		}));
	it('is taken back by who gave it, stays in the history, and shows when the words have changed since', () =>
		inWorld(async (tx, world) => {
			const { findingId } = await makeEvidence(tx, world);
			const gap = await makeGap(tx, world, 'Kamchilik', [findingId]);
			const word = await asActor(tx, world.person.member, async () => endorse(tx, gap, world.organisations.cso));
			for (const role of ['coordinator', 'analyst', 'official'] as const) {
				expect(await refusal(tx, world.person[role], async () => withdrawEndorsement(tx, await permit(tx, verbs.withdrawEndorsement, word), word, 'sabab'))).toBe('not-permitted');
			}
			await asActor(tx, world.person.analyst, async () => editGap(tx, await permit(tx, verbs.editGap, gap), { title: words('Boshqa soʻz'), description: {}, forWhom: {}, barrier: 'access', placeId: null, findings: [findingId] }));
			await asActor(tx, world.person.member, async () => {
				expect((await wordsOn(tx, gap))[0]?.gapTitle).toEqual(words('Kamchilik'));
				await withdrawEndorsement(tx, await permit(tx, verbs.withdrawEndorsement, word), word, 'Soʻzlar oʻzgardi');
				expect(endorsedBy(await wordsOn(tx, gap))).toEqual({ by: 'nobody', dissents: 0 });
				expect(await wordsOn(tx, gap)).toHaveLength(1);
				await endorse(tx, gap, world.organisations.cso, 'dissent');
				expect(endorsedBy(await wordsOn(tx, gap))).toEqual({ by: 'nobody', dissents: 1 });
			});
			expect(await refusal(tx, world.person.member, async () => withdrawEndorsement(tx, await permit(tx, verbs.withdrawEndorsement, word), word, 'yana'))).toBe('endorsement.withdrawn-already');
		}));
});

describe('merging and splitting', () => {
	it('passes on findings and responses, keeps the old gap to read, and shows the lineage both ways', () =>
		inWorld(async (tx, world) => {
			const whole = await makeThread(tx, world);
			const other = await makeEvidence(tx, world);
			const into = await makeGap(tx, world, 'Kattaroq', [other.findingId]);
			await asActor(tx, world.person.coordinator, async () => {
				await mergeGaps(tx, await permit(tx, verbs.mergeGaps, { into, from: [whole.gap] }), { from: [whole.gap], reason: 'Bir xil' });
				await settle(tx);
				expect((await getGap(tx, world.programmeId, into)).findings.sort()).toEqual([whole.findingId, other.findingId].sort());
				expect((await getGap(tx, world.programmeId, whole.gap)).state).toBe('merged');
				const states = await stateOfGaps(tx, world.programmeId, clock);
				expect(states.map((state) => state.gap.id)).toEqual([into]);
				expect(states[0]?.steps.map((step) => step.state)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok']);
				const thread = await threadOf(tx, world.programmeId, into);
				expect(thread?.parts.find((part) => part.part === 'change')?.knots.map((knot) => knot.id)).toEqual([whole.change]);
				expect(thread?.parts.find((part) => part.part === 'gap')?.knots.map((knot) => knot.id).sort()).toEqual([into, whole.gap].sort());
				const [fromOld] = await lineageOf(tx, whole.gap);
				expect(fromOld).toEqual((await lineageOf(tx, into))[0]);
				expect(fromOld).toMatchObject({ kind: 'merge', reason: 'Bir xil', by: 'coordinator', from: { id: whole.gap, state: 'merged' }, into: { id: into, state: 'open' } });
			});
		}));
	it('lets withdrawn evidence travel down through a merged gap', () =>
		inWorld(async (tx, world) => {
			const whole = await makeThread(tx, world);
			const other = await makeEvidence(tx, world);
			const into = await makeGap(tx, world, 'Kattaroq', [other.findingId]);
			await asActor(tx, world.person.coordinator, async () => {
				await mergeGaps(tx, await permit(tx, verbs.mergeGaps, { into, from: [whole.gap] }), { from: [whole.gap], reason: 'Bir xil' });
				expect((await downstream(tx, world.programmeId, whole.findingId)).fallen).toEqual([]);
				await tx.updateTable('assessment.finding').set({ state: 'withdrawn', withdrawnAt: new Date('2026-10-01') }).where('id', '=', other.findingId).execute();
				const fallen = (await downstream(tx, world.programmeId, whole.findingId)).fallen.map((knot) => knot.id);
				expect(fallen).toEqual(expect.arrayContaining([into, whole.gap, whole.training, whole.result, whole.change]));
			});
		}));
	it('splits a gap into open parts that rest on its findings, and nothing else', () =>
		inWorld(async (tx, world) => {
			const [a, b, c] = [await makeEvidence(tx, world), await makeEvidence(tx, world), await makeEvidence(tx, world)];
			const gap = await makeGap(tx, world, 'Ikki narsa', [a.findingId, b.findingId]);
			const parts = (second: string[]) => ({ reason: 'Ikki xil', parts: [{ title: words('Birinchi'), findings: [a.findingId] }, { title: words('Ikkinchi'), findings: second }] });
			const split = async (second: string[]) => splitGap(tx, await permit(tx, verbs.splitGap, gap), parts(second));
			expect(await refusal(tx, world.person.analyst, () => split([]))).toBe('gap.without-finding');
			expect(await refusal(tx, world.person.analyst, () => split([c.findingId]))).toBe('gap.split-findings');
			await asActor(tx, world.person.analyst, async () => {
				const made = await split([b.findingId]);
				await settle(tx);
				expect(await Promise.all(made.map(async (id) => (await getGap(tx, world.programmeId, id)).state))).toEqual(['open', 'open']);
				expect((await stateOfGaps(tx, world.programmeId, clock)).map((state) => state.gap.id).sort()).toEqual([...made].sort());
				await undoLineage(tx, await permit(tx, verbs.undoLineage, gap));
				await settle(tx);
				expect((await stateOfGaps(tx, world.programmeId, clock)).map((state) => state.gap.id)).toEqual([gap]);
				expect((await lineageOf(tx, gap)).every((step) => step.undoneAt !== null)).toBe(true);
			});
		}));
	it('is undone within thirty days, unless the parts have moved on', () =>
		inWorld(async (tx, world) => {
			const { findingId } = await makeEvidence(tx, world);
			const [from, into, third] = [await makeGap(tx, world, 'A', [findingId]), await makeGap(tx, world, 'B', [findingId]), await makeGap(tx, world, 'C', [findingId])];
			const undo = async (gap: string) => undoLineage(tx, await permit(tx, verbs.undoLineage, gap));
			await asActor(tx, world.person.coordinator, async () => {
				await mergeGaps(tx, await permit(tx, verbs.mergeGaps, { into, from: [from] }), { from: [from], reason: 'Bir xil' });
				await settle(tx);
			});
			expect(await refusal(tx, world.person.coordinator, () => undo(third))).toBe('gap.not-merged');
			expect(await refusal(tx, world.person.coordinator, async () => {
				await undo(from);
				expect((await getGap(tx, world.programmeId, from)).state).toBe('open');
			})).toBeUndefined();
			expect(await refusal(tx, world.person.coordinator, async () => {
				const parts = await splitGap(tx, await permit(tx, verbs.splitGap, third), { reason: 'Ikki xil', parts: [{ title: words('1'), findings: [findingId] }, { title: words('2'), findings: [findingId] }] });
				await mergeGaps(tx, await permit(tx, verbs.mergeGaps, { into, from: [parts[0] ?? ''] }), { from: [parts[0] ?? ''], reason: 'Bir xil' });
				await undo(third);
			})).toBe('gap.undo-moved-on');
		}));
	it('refuses what would go in a circle, into itself, or into what is not open; and the database refuses half a merge', () =>
		inWorld(async (tx, world) => {
			const { findingId } = await makeEvidence(tx, world);
			const [a, b] = [await makeGap(tx, world, 'A', [findingId]), await makeGap(tx, world, 'B', [findingId])];
			const merge = async (into: string, from: string) => mergeGaps(tx, await permit(tx, verbs.mergeGaps, { into, from: [from] }), { from: [from], reason: 'Bir xil' });
			expect(await refusal(tx, world.person.coordinator, () => merge(a, a))).toBe('gap.merge-self');
			expect(await refusal(tx, world.person.coordinator, async () => {
				await merge(a, b);
				await merge(b, a);
			})).toBe('gap.not-open');
			expect(await refusal(tx, world.person.coordinator, () => tx.updateTable('gaps.gap').set({ state: 'merged' }).where('id', '=', a).execute())).toBe('gap.lineage-broken');
			const row = { id: crypto.randomUUID(), programmeId: world.programmeId, kind: 'merge', fromGapId: a, intoGapId: b, reason: 'r' };
			expect(await refusal(tx, world.person.coordinator, () => tx.insertInto('gaps.lineage').values(row).execute())).toBe('gap.lineage-broken');
			expect(await refusal(tx, world.person.coordinator, async () => {
				await merge(a, b);
				await tx.updateTable('gaps.lineage').set({ reason: 'boshqa' }).where('fromGapId', '=', b).execute();
			})).toBe('gap.lineage-kept');
			for (const role of roles) {
				const may = await asActor(tx, world.person[role], () => mayI(tx, verbs.mergeGaps, { into: a, from: [b] }));
				expect([role, may]).toEqual([role, role === 'coordinator' || role === 'analyst']);
			}
			const far = await makeGap(tx, world, 'Jizzaxda', [findingId], world.jizzakh);
			const inJizzakh = await addPerson(tx, 'analyst in Jizzakh', { programmeId: world.programmeId, role: 'analyst', placeId: world.jizzakh });
			await asActor(tx, inJizzakh, async () => expect([await mayI(tx, verbs.mergeGaps, { into: far, from: [a] }), await mayI(tx, verbs.splitGap, far)]).toEqual([false, true]));
		}));
});

describe('closing', () => {
	it('needs a finding that stands and was cited for it since the gap was opened, and falls with it', () =>
		inWorld(async (tx, world) => {
			const [ground, met, again] = [await makeEvidence(tx, world), await makeEvidence(tx, world), await makeEvidence(tx, world)];
			const gap = await makeGap(tx, world, 'Kamchilik', [ground.findingId]);
			const close = async (findings: string[]) => closeGap(tx, await permit(tx, verbs.closeGap, gap), findings);
			expect(await refusal(tx, world.person.analyst, () => close([]))).toBe('gap.not-met');
			await asActor(tx, world.person.analyst, async () => {
				await close([met.findingId]);
				await settle(tx);
			});
			await asActor(tx, world.person.coordinator, async () => {
				expect((await stateOfGaps(tx, world.programmeId, clock))[0]?.worst.state).toBe('ok');
				await tx.updateTable('assessment.finding').set({ state: 'withdrawn', withdrawnAt: new Date('2026-10-05') }).where('id', '=', met.findingId).execute();
				expect((await stateOfGaps(tx, world.programmeId, clock))[0]?.worst).toMatchObject({ step: 'gap', state: 'broken', reason: 'closing-withdrawn', since: '2026-10-05' });
				await reopenGap(tx, await permit(tx, verbs.reopenGap, gap));
				await settle(tx);
			});
			expect(await refusal(tx, world.person.analyst, () => close([met.findingId]))).toBe('gap.not-met');
			expect(await refusal(tx, world.person.analyst, () => close([again.findingId]))).toBeUndefined();
		}));
});

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
