import { describe, expect, it } from 'vitest';
import { asActor } from '#platform/database.server.ts';
import { mayI, permit, roles } from '#platform/permit.server.ts';
import { downstream, stateOfGaps, threadOf } from '#thread/queries.server.ts';
import { useDatabase } from '../database.ts';
import { addPerson } from '../personas.ts';
import { makeEvidence, makeThread, settle, words } from '../thread/whole.ts';
import { closeGap, reopenGap } from '#modules/gaps/commands.server.ts';
import { mergeGaps, splitGap, undoLineage } from '#modules/gaps/lineage/commands.server.ts';
import { lineageOf } from '#modules/gaps/lineage/queries.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { getGap } from '#modules/gaps/queries.server.ts';
import { inWorld, refusal, clock, makeGap } from './making.ts';

useDatabase();

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
