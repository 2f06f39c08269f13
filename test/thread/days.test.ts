import { describe, expect, it } from 'vitest';
import { system } from '#platform/actor.ts';
import { asActor } from '#platform/database.server.ts';
import { demandHappened } from '#platform/happened.server.ts';
import { permit } from '#platform/permit.server.ts';
import { today } from '#platform/today.ts';
import { addDocument, addQuotation } from '#modules/assessment/evidence-commands.server.ts';
import { addDocument as addDocumentVerb, addQuotation as addQuotationVerb } from '#modules/assessment/permits.ts';
import * as gapVerbs from '#modules/gaps/permits.ts';
import { statePriority } from '#modules/gaps/priority-commands.server.ts';
import { draftChange } from '#modules/policy/change-commands.server.ts';
import { makeCommitment, tellStatus } from '#modules/policy/commitment-commands.server.ts';
import * as policy from '#modules/policy/commands.server.ts';
import * as policyVerbs from '#modules/policy/permits.ts';
import { draftResult } from '#modules/results/commands.server.ts';
import * as resultVerbs from '#modules/results/permits.ts';
import { rolledBack, useDatabase } from '../database.ts';
import { makeWorld } from '../personas.ts';
import { makeThread, words } from './whole.ts';

useDatabase();

const ahead = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
const nothing = { figures: [], quotations: [], documents: [] };

describe('the day of what has happened', () => {
	it('does not lie after today, whatever it is the day of, and the field is told', () =>
		rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const { programmeId, organisations, person } = world;
			const thread = await makeThread(tx, world);
			await asActor(tx, person.coordinator, async () => {
				const refused = (field: string) => ({ code: 'day.in-future', field });
				const recommendation = { title: words('x'), body: {}, addressedTo: organisations.ministry, placeId: null, gaps: [thread.gap], results: [] };
				const made = await policy.draftRecommendation(tx, await permit(tx, policyVerbs.draftRecommendation, { programmeId }), recommendation);
				const deliver = await permit(tx, policyVerbs.deliverRecommendation, made);
				await expect(policy.deliverRecommendation(tx, deliver, ahead)).rejects.toMatchObject(refused('deliveredOn'));
				await policy.deliverRecommendation(tx, deliver, '2026-03-01');
				const answer = { answer: 'accepted' as const, answerReason: {}, answeredOn: ahead };
				await expect(policy.answerRecommendation(tx, await permit(tx, policyVerbs.recordAnswer, made), answer)).rejects.toMatchObject(refused('answeredOn'));
				const record = await permit(tx, policyVerbs.recordCommitment, made);
				const commitment = { recommendationId: made, title: words('x'), measure: {}, placeId: null, madeOn: ahead, dueOn: ahead };
				await expect(makeCommitment(tx, record, commitment)).rejects.toMatchObject(refused('madeOn'));
				await expect(makeCommitment(tx, record, { ...commitment, madeOn: '2026-02-01' })).rejects.toMatchObject({ code: 'commitment.made-before-delivery', field: 'madeOn' });
				const promised = await makeCommitment(tx, record, { ...commitment, madeOn: '2026-03-01' });
				const told = { status: 'done' as const, note: {}, toldOn: ahead, documentId: null };
				await expect(tellStatus(tx, await permit(tx, policyVerbs.recordStatus, promised), told)).rejects.toMatchObject(refused('toldOn'));
				const change = { ...nothing, commitmentId: promised, statement: words('x'), verifiedOn: ahead, verifiedBy: organisations.cso, placeId: null };
				await expect(draftChange(tx, await permit(tx, policyVerbs.draftChange, { programmeId }), change)).rejects.toMatchObject(refused('verifiedOn'));
				const result = { ...nothing, statement: words('x'), value: null, valueUnit: {}, observedOn: ahead, placeId: null, trainings: [], plans: [] };
				await expect(draftResult(tx, await permit(tx, resultVerbs.draftResult, { programmeId }), result)).rejects.toMatchObject(refused('observedOn'));
				const priority = { statement: words('x'), statedBy: words('x'), statedOn: ahead, placeId: null };
				await expect(statePriority(tx, await permit(tx, gapVerbs.statePriority, { programmeId }), priority)).rejects.toMatchObject(refused('statedOn'));
			});
			await asActor(tx, person.analyst, async () => {
				const document = { title: words('x'), source: 'x', page: null, dated: ahead, link: null, placeId: null };
				await expect(addDocument(tx, await permit(tx, addDocumentVerb, { programmeId, placeId: null }), document)).rejects.toMatchObject({ field: 'dated' });
				const quotation = { words: words('x'), spokenBy: words('x'), saidOn: ahead, consentLevel: 'public' as const, placeId: null, roundId: null };
				await expect(addQuotation(tx, await permit(tx, addQuotationVerb, { programmeId, placeId: null }), quotation)).rejects.toMatchObject({ field: 'saidOn' });
			});
		}));

	it('is today where the programme is, which may be tomorrow elsewhere', () =>
		rolledBack(system('first-run'), async (tx) => {
			const { programmeId, person } = await makeWorld(tx);
			const zones = ['Pacific/Kiritimati', 'Asia/Tashkent', 'Pacific/Pago_Pago'];
			for (const timeZone of zones) {
				await tx.updateTable('network.programme').set({ timeZone }).where('id', '=', programmeId).execute();
				await asActor(tx, person.coordinator, async () => {
					await demandHappened(tx, programmeId, { heldOn: today(timeZone), dated: null });
					const tomorrow = today(timeZone, new Date(Date.now() + 86_400_000));
					await expect(demandHappened(tx, programmeId, { heldOn: tomorrow })).rejects.toMatchObject({ code: 'day.in-future', field: 'heldOn' });
				});
			}
		}));
});
