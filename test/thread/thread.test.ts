import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { system, type Actor } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { asProblem } from '#platform/thrown-problem.ts';
import { historyOf } from '#platform/record-history.server.ts';
import * as gaps from '#modules/gaps/commands.server.ts';
import * as gapVerbs from '#modules/gaps/permits.ts';
import { getGap, listGaps } from '#modules/gaps/queries.server.ts';
import { tellStatus } from '#modules/policy/commitment-commands.server.ts';
import * as policy from '#modules/policy/commands.server.ts';
import * as policyVerbs from '#modules/policy/permits.ts';
import { getCommitment, getRecommendation } from '#modules/policy/queries.server.ts';
import { lineAround } from '#thread/line.ts';
import { downstream, loadThread, stateOfGaps, threadOf, waitingFor } from '#thread/queries.server.ts';
import { rolledBack, useDatabase } from '../database.ts';
import { makeWorld, type World } from '../personas.ts';
import { makeEvidence, makeThread, settle, words } from './whole.ts';

useDatabase();

const inWorld = (work: (tx: Tx, world: World) => Promise<void>): Promise<void> =>
	rolledBack(system('first-run'), async (tx) => work(tx, await makeWorld(tx)));

/** What the database said to a statement, as the problem a person would read; the transaction goes on. */
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

describe('a whole thread', () => {
	it('is read from the change down to the document, and from the document up to the change', () =>
		inWorld(async (tx, world) => {
			const whole = await makeThread(tx, world);
			await asActor(tx, world.person.coordinator, async () => {
				const kindsAt = async (id: string) => (await threadOf(tx, world.programmeId, id))?.parts.filter(({ knots }) => knots.length > 0).map(({ part }) => part);
				const all = ['sources', 'evidence', 'gap', 'response', 'result', 'recommendation', 'commitment', 'change'];
				expect(await kindsAt(whole.change)).toEqual(all);
				expect(await kindsAt(whole.documentId)).toEqual(all);
				expect(await kindsAt(whole.training)).toEqual(all);
				const [state] = await stateOfGaps(tx, world.programmeId, clock);
				expect(state?.steps.map((step) => step.state)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok']);
			});
		}));
	it('shows what stands on nothing when its finding is withdrawn, before and after alike', () =>
		inWorld(async (tx, world) => {
			const whole = await makeThread(tx, world);
			await asActor(tx, world.person.coordinator, async () => {
				const fallenKinds = async () => (await downstream(tx, world.programmeId, whole.findingId)).fallen.map((knot) => knot.kind);
				const chain = ['gap', 'training', 'result', 'recommendation', 'commitment', 'change'];
				expect(await fallenKinds()).toEqual(chain);
				await tx.updateTable('assessment.finding').set({ state: 'withdrawn', withdrawnAt: new Date('2026-10-01'), withdrawnReason: 'xato' }).where('id', '=', whole.findingId).execute();
				expect(await fallenKinds()).toEqual(chain);
				const [state] = await stateOfGaps(tx, world.programmeId, clock);
				expect(state?.worst).toMatchObject({ step: 'evidence', state: 'broken', since: '2026-10-01', reason: 'evidence-withdrawn' });
				const other = await makeEvidence(tx, world);
				await gaps.citeForGap(tx, await permit(tx, gapVerbs.citeForGap, whole.gap), [other.findingId]);
				expect(await fallenKinds()).toEqual([]);
				expect((await downstream(tx, world.programmeId, whole.findingId)).weakened.map((knot) => knot.kind)).toEqual(['gap']);
			});
		}));
	it('is broken wherever it is shown, for the same reason and since the same day, once its finding is withdrawn', () =>
		inWorld(async (tx, world) => {
			const whole = await makeThread(tx, world);
			const { programmeId, person } = world;
			await asActor(tx, person.coordinator, async () => {
				const { findingId, gap, training, result, recommendation, commitment, change } = whole;
				await tx.updateTable('assessment.finding').set({ state: 'withdrawn', withdrawnAt: new Date('2026-10-01'), withdrawnReason: 'xato' }).where('id', '=', findingId).execute();
				const graph = await loadThread(tx, programmeId);
				const because = { state: 'broken', since: '2026-10-01', reason: 'evidence-withdrawn' };
				for (const id of [findingId, gap, training, result, recommendation, commitment, change]) expect(lineAround(graph, id, clock)).toMatchObject(Array.from({ length: 7 }, () => because));
				expect((await stateOfGaps(tx, programmeId, clock))[0]?.troubles).toEqual([because]);
				const waiting = await waitingFor(tx, programmeId, { personId: person.coordinator.kind === 'person' ? person.coordinator.personId : '', speaksFor: new Set(), coordinates: true }, clock);
				expect(waiting.find(({ knot }) => knot.id === gap)).toMatchObject({ what: 'broken', day: '2026-10-01', troubles: [because] });
			});
		}));
	it('tells of a drafted finding that evidence is there once a document is attached', () =>
		inWorld(async (tx, world) => {
			const { documentId } = await makeEvidence(tx, world);
			const { programmeId } = world;
			await asActor(tx, world.person.coordinator, async () => {
				const id = newId();
				await tx.insertInto('assessment.finding').values({ id, programmeId, number: 77, statement: words('Qoralama') }).execute();
				const evidence = async () => lineAround(await loadThread(tx, programmeId), id, clock)[0];
				expect(await evidence()).toMatchObject({ state: 'none', count: 0 });
				await tx.insertInto('assessment.findingDocument').values({ programmeId, findingId: id, documentId }).execute();
				expect(await evidence()).toMatchObject({ state: 'ok', count: 1 });
			});
		}));
	it('has an entry in the journal for every step, told to whoever sees the record', () =>
		inWorld(async (tx, world) => {
			const whole = await makeThread(tx, world);
			await asActor(tx, world.person.member, async () => {
				expect((await historyOf(tx, 'gaps.gap', whole.gap)).map((entry) => entry.verb)).toEqual(['gap.open', 'gap.draft']);
				expect((await historyOf(tx, 'policy.recommendation', whole.recommendation)).map((entry) => [entry.verb, entry.who])).toEqual([
					['recommendation.answer', 'official'], ['recommendation.deliver', 'coordinator'], ['recommendation.draft', 'coordinator']
				]);
			});
			await asActor(tx, world.stranger, async () => {
				expect(await historyOf(tx, 'gaps.gap', whole.gap)).toEqual([]);
				expect(await threadOf(tx, world.programmeId, whole.gap)).toBeNull();
			});
		}));
});

describe('what may not be opened', () => {
	it('is counted, not told: a finding of another region under a gap of one’s own', () =>
		inWorld(async (tx, world) => {
			const { findingId } = await makeEvidence(tx, world, world.samarkand);
			const gap = await asActor(tx, world.person.coordinator, async () => {
				const id = await gaps.draftGap(tx, await permit(tx, gapVerbs.draftGap, { programmeId: world.programmeId, placeId: world.jizzakh }), {
					title: words('Kamchilik'), description: {}, forWhom: {}, barrier: 'law', placeId: world.jizzakh, findings: [findingId]
				});
				await gaps.openGap(tx, await permit(tx, gapVerbs.openGap, id));
				return id;
			});
			await asActor(tx, world.memberInJizzakh, async () => {
				const thread = await threadOf(tx, world.programmeId, gap);
				expect(thread?.parts.find(({ part }) => part === 'evidence')).toEqual({ part: 'evidence', knots: [], hidden: 1 });
				expect(thread?.stands(gap)).toBe(true);
				expect((await stateOfGaps(tx, world.programmeId, clock))[0]?.steps[0]?.state).toBe('ok');
			});
		}));
});

describe('the database itself refuses', () => {
	it('records past draft that rest on nothing, whatever the program thinks', () =>
		inWorld(async (tx, world) => {
			const { programmeId, organisations, person } = world;
			const base = { programmeId, number: 900 };
			const dates = { startsOn: '2026-01-01', endsOn: '2026-01-02', ownerId: organisations.cso };
			const raw = {
				'gap.without-finding': () => tx.insertInto('gaps.gap').values({ id: newId(), ...base, title: words('x'), barrier: 'law', state: 'open' }).execute(),
				'response.without-ground': () => tx.insertInto('training.training').values({ id: newId(), ...base, ...dates, title: words('x'), state: 'planned' }).execute(),
				'recommendation.without-ground': () =>
					tx.insertInto('policy.recommendation').values({ id: newId(), ...base, title: words('x'), addressedTo: organisations.ministry, state: 'delivered', deliveredOn: '2026-01-01' }).execute()
			};
			const result = { id: newId(), ...base, statement: words('x'), observedOn: '2026-01-01', state: 'stands' };
			expect(await refusal(tx, person.coordinator, () => tx.insertInto('results.result').values(result).execute())).toMatch(/^result\.without-(response|evidence)$/);
			for (const [code, work] of Object.entries(raw)) expect(await refusal(tx, person.coordinator, work)).toBe(code);
			expect(await refusal(tx, person.coordinator, () => tx.insertInto('plans.plan').values({ id: newId(), ...base, ...dates, title: words('x'), state: 'done' }).execute())).toBe('response.without-ground');
		}));
	it('a result without evidence, a change without evidence, a commitment of somebody not asked, and a citation taken away', () =>
		inWorld(async (tx, world) => {
			const whole = await makeThread(tx, world);
			const { programmeId, organisations, person } = world;
			const { coordinator } = person;
			const result = { programmeId, number: 900, statement: words('x'), observedOn: '2026-01-01', state: 'stands' };
			expect(await refusal(tx, coordinator, async () => {
				const id = newId();
				await tx.insertInto('results.result').values({ id, ...result }).execute();
				await tx.insertInto('results.resultDocument').values({ programmeId, resultId: id, documentId: whole.documentId }).execute();
			})).toBe('result.without-response');
			expect(await refusal(tx, coordinator, async () => {
				const id = newId();
				await tx.insertInto('results.result').values({ id, ...result }).execute();
				await tx.insertInto('results.resultTraining').values({ programmeId, resultId: id, trainingId: whole.training }).execute();
			})).toBe('result.without-evidence');
			const change = { programmeId, number: 900, commitmentId: whole.commitment, statement: words('x'), verifiedOn: '2026-01-01', verifiedBy: organisations.cso, state: 'stands' };
			expect(await refusal(tx, coordinator, () => tx.insertInto('policy.change').values({ id: newId(), ...change }).execute())).toBe('change.without-evidence');
			const commitment = { programmeId, number: 900, recommendationId: whole.recommendation, title: words('x'), madeOn: '2026-01-01', dueOn: '2026-01-02' };
			expect(await refusal(tx, coordinator, () => tx.insertInto('policy.commitment').values({ id: newId(), ...commitment, organisationId: organisations.cso }).execute())).toBe('commitment.without-ground');
			expect(await refusal(tx, coordinator, () => tx.deleteFrom('gaps.gapFinding').where('gapId', '=', whole.gap).execute())).toBe('citation.kept');
		}));
	it('an answer in a name not one’s own, and new words for what was delivered', () =>
		inWorld(async (tx, world) => {
			const { findingId } = await makeEvidence(tx, world);
			const { programmeId, organisations, person } = world;
			const id = await asActor(tx, person.coordinator, async () => {
				const gap = await gaps.draftGap(tx, await permit(tx, gapVerbs.draftGap, { programmeId }), { title: words('x'), description: {}, forWhom: {}, barrier: 'law', placeId: null, findings: [findingId] });
				await gaps.openGap(tx, await permit(tx, gapVerbs.openGap, gap));
				const made = await policy.draftRecommendation(tx, await permit(tx, policyVerbs.draftRecommendation, { programmeId }), { title: words('x'), body: {}, addressedTo: organisations.ministry, placeId: null, gaps: [gap], results: [] });
				await policy.deliverRecommendation(tx, await permit(tx, policyVerbs.deliverRecommendation, made), '2026-01-01');
				return made;
			});
			const answered = { state: 'answered', answer: 'accepted', answeredOn: '2026-01-02', answeredBy: person.coordinator.personId };
			const update = (set: object) => () => tx.updateTable('policy.recommendation').set(set).where('id', '=', id).execute();
			expect(await refusal(tx, person.coordinator, update(answered))).toBe('recommendation.not-own-name');
			expect(await refusal(tx, person.coordinator, update({ title: words('y') }))).toBe('recommendation.delivered');
			expect(await refusal(tx, person.official, update({ ...answered, answeredBy: person.official.personId, title: words('y') }))).toBe('recommendation.delivered');
			await asActor(tx, world.officialInJizzakh, async () => {
				await expect(permit(tx, policyVerbs.answerRecommendation, id)).rejects.toMatchObject({ status: 403 });
			});
			await asActor(tx, person.coordinator, async () => {
				await policy.answerRecommendation(tx, await permit(tx, policyVerbs.recordAnswer, id), { answer: 'refused', answerReason: words('Mablagʻ yoʻq'), answeredOn: '2026-01-02' });
				expect(await getRecommendation(tx, programmeId, id)).toMatchObject({ answer: 'refused', answeredOnBehalf: true, answeredByName: 'coordinator' });
			});
			expect(await refusal(tx, person.coordinator, update({ answer: 'accepted' }))).toBe('recommendation.answered');
		}));
});

describe('a commitment', () => {
	it('is told by both sides side by side; earlier words stay, and no one speaks for the other side', () =>
		inWorld(async (tx, world) => {
			const { commitment } = await makeThread(tx, world);
			const status = { note: words('izoh'), documentId: null };
			const { official, member, coordinator } = world.person;
			await asActor(tx, official, async () => {
				const may = await permit(tx, policyVerbs.tellForAuthority, commitment);
				await tellStatus(tx, may, { ...status, status: 'under_way', toldOn: '2026-04-01' });
				await tellStatus(tx, may, { ...status, status: 'done', toldOn: '2026-05-01' });
				await expect(permit(tx, policyVerbs.tellForCivilSociety, commitment)).rejects.toMatchObject({ status: 403 });
			});
			await asActor(tx, member, async () => {
				await tellStatus(tx, await permit(tx, policyVerbs.tellForCivilSociety, commitment), { ...status, status: 'not_started', toldOn: '2026-05-02' });
				await expect(permit(tx, policyVerbs.tellForAuthority, commitment)).rejects.toMatchObject({ status: 403 });
			});
			await asActor(tx, coordinator, async () => {
				const { told } = await getCommitment(tx, world.programmeId, commitment);
				expect(told.map(({ side, status: word, onBehalf }) => [side, word, onBehalf])).toEqual([
					['civil_society', 'not_started', false], ['authority', 'done', false], ['authority', 'under_way', false]
				]);
			});
		}));
});

describe('two people at once', () => {
	it('do not overwrite each other’s words, and the second to open a gap is told', () =>
		inWorld(async (tx, world) => {
			const { findingId } = await makeEvidence(tx, world);
			const fields = { title: words('Birinchi'), description: {}, forWhom: {}, barrier: 'law' as const, placeId: null, findings: [findingId] };
			await asActor(tx, world.person.coordinator, async () => {
				const id = await gaps.draftGap(tx, await permit(tx, gapVerbs.draftGap, { programmeId: world.programmeId }), fields);
				const { version } = await getGap(tx, world.programmeId, id);
				// Both changes stand in one transaction here, so the version is moved by hand to one that is older.
				await expect(gaps.editGap(tx, await permit(tx, gapVerbs.editGap, id), fields, String(Number(version) - 1))).rejects.toMatchObject({ code: 'record.changed-since' });
				await gaps.openGap(tx, await permit(tx, gapVerbs.openGap, id));
				await expect(gaps.openGap(tx, await permit(tx, gapVerbs.openGap, id))).rejects.toMatchObject({ code: 'gap.not-draft', status: 409 });
			});
		}));
});

describe('lists and my work', () => {
	it('find a gap in either Uzbek script, by place and by state, and count', () =>
		inWorld(async (tx, world) => {
			const { gap } = await makeThread(tx, world);
			await asActor(tx, world.person.coordinator, async () => {
				const find = (more: object) => listGaps(tx, world.programmeId, { search: '', offset: 0, pageSize: 25, ...more });
				for (const search of ['boshpana', 'бошпана', 'BOSHPANA yoq']) expect((await find({ search })).rows.map((row) => row.id)).toEqual([gap]);
				expect(await find({ search: 'nothing like it' })).toMatchObject({ rows: [], matching: 0, total: 1 });
				expect((await find({ state: 'open', detail: 'access', sort: { key: 'title', descending: true } })).matching).toBe(1);
				expect((await find({ place: world.jizzakh })).matching).toBe(0);
			});
		}));
	it('tell an official what awaits an answer and a coordinator what is broken', () =>
		inWorld(async (tx, world) => {
			const whole = await makeThread(tx, world);
			await asActor(tx, world.person.official, async () => {
				const waiting = await waitingFor(tx, world.programmeId, { personId: world.person.official.personId, speaksFor: new Set([world.organisations.ministry]), coordinates: false }, clock);
				expect(waiting.map(({ knot, what, day }) => [knot.id, what, day])).toEqual([[whole.commitment, 'due', '2026-06-01']]);
			});
		}));
});
