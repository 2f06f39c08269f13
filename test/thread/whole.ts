import { sql } from 'kysely';
import { expect } from 'vitest';
import { asActor, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import * as gaps from '#modules/gaps/commands.server.ts';
import * as priorities from '#modules/gaps/priority-commands.server.ts';
import * as gapVerbs from '#modules/gaps/permits.ts';
import * as changes from '#modules/policy/change-commands.server.ts';
import * as commitments from '#modules/policy/commitment-commands.server.ts';
import * as policy from '#modules/policy/commands.server.ts';
import * as policyVerbs from '#modules/policy/permits.ts';
import * as results from '#modules/results/commands.server.ts';
import * as resultVerbs from '#modules/results/permits.ts';
import * as trainings from '#modules/training/commands.server.ts';
import * as trainingVerbs from '#modules/training/permits.ts';
import type { World } from '../personas.ts';

export const words = (uz: string) => ({ uz });

/** Asks the constraints that wait for the commit now. */
export const settle = async (tx: Tx): Promise<void> => {
	await sql`set constraints all immediate`.execute(tx);
	await sql`set constraints all deferred`.execute(tx);
};

/** A document and a finding that stands on it, written past the forms. */
export async function makeEvidence(tx: Tx, world: World, placeId: string | null = null): Promise<{ documentId: string; findingId: string }> {
	const documentId = newId();
	const findingId = newId();
	const { programmeId } = world;
	const number = Math.floor(Math.random() * 1e9);
	await asActor(tx, world.person.coordinator, async () => {
		await tx.insertInto('assessment.document').values({ id: documentId, programmeId, placeId, number, title: words('Hujjat'), source: 'Sinov' }).execute();
		await tx.insertInto('assessment.finding').values({ id: findingId, programmeId, placeId, number, statement: words('Xulosa') }).execute();
		await tx.insertInto('assessment.findingDocument').values({ programmeId, findingId, documentId }).execute();
		await tx.updateTable('assessment.finding').set({ state: 'stands', standsSince: new Date() }).where('id', '=', findingId).execute();
		await settle(tx);
	});
	return { documentId, findingId };
}

export type Whole = { documentId: string; findingId: string; gap: string; training: string; result: string; recommendation: string; commitment: string; change: string };

/** A whole thread from a document to a verified change, through the real commands. */
export async function makeThread(tx: Tx, world: World): Promise<Whole> {
	const { documentId, findingId } = await makeEvidence(tx, world);
	const { programmeId } = world;
	return asActor(tx, world.person.coordinator, async () => {
		const gap = await gaps.draftGap(tx, await permit(tx, gapVerbs.draftGap, { programmeId }), {
			title: words('Boshpana yoʻq'), description: {}, forWhom: {}, barrier: 'access', placeId: null, findings: [findingId]
		});
		await gaps.openGap(tx, await permit(tx, gapVerbs.openGap, gap));
		const priority = await priorities.statePriority(tx, await permit(tx, gapVerbs.statePriority, { programmeId }), {
			statement: words('Yoʻl kerak'), statedBy: words('Ayollar'), statedOn: '2026-01-01', placeId: null
		});
		const training = await trainings.draftTraining(tx, await permit(tx, trainingVerbs.draftTraining, { programmeId }), {
			title: words('Trening'), aim: {}, ownerId: world.organisations.cso, placeId: null, startsOn: '2026-01-01', endsOn: '2026-02-01', gaps: [gap], priorities: []
		});
		await trainings.planTraining(tx, await permit(tx, trainingVerbs.planTraining, training));
		const result = await results.draftResult(tx, await permit(tx, resultVerbs.draftResult, { programmeId }), {
			statement: words('Natija'), value: '12.5', valueUnit: words('foiz'), observedOn: '2026-02-01', placeId: null,
			trainings: [training], plans: [], figures: [], quotations: [], documents: [documentId]
		});
		await results.confirmResult(tx, await permit(tx, resultVerbs.confirmResult, result));
		const recommendation = await policy.draftRecommendation(tx, await permit(tx, policyVerbs.draftRecommendation, { programmeId }), {
			title: words('Tavsiya'), body: {}, addressedTo: world.organisations.ministry, placeId: null, gaps: [], results: [result]
		});
		await policy.deliverRecommendation(tx, await permit(tx, policyVerbs.deliverRecommendation, recommendation), '2026-03-01');
		await settle(tx);
		const commitment = await asActor(tx, world.person.official, async () => {
			await policy.answerRecommendation(tx, await permit(tx, policyVerbs.answerRecommendation, recommendation), { answer: 'accepted', answerReason: {}, answeredOn: '2026-03-05' });
			return commitments.makeCommitment(tx, await permit(tx, policyVerbs.makeCommitment, recommendation), {
				recommendationId: recommendation, title: words('Majburiyat'), measure: {}, placeId: null, madeOn: '2026-03-05', dueOn: '2026-06-01'
			});
		});
		const change = await changes.draftChange(tx, await permit(tx, policyVerbs.draftChange, { programmeId }), {
			commitmentId: commitment, statement: words('Oʻzgarish'), verifiedOn: '2026-07-01', verifiedBy: world.organisations.cso, placeId: null,
			figures: [], quotations: [], documents: [documentId]
		});
		await changes.verifyChange(tx, await permit(tx, policyVerbs.verifyChange, change));
		await settle(tx);
		expect(priority).toBeTruthy();
		return { documentId, findingId, gap, training, result, recommendation, commitment, change };
	});
}
