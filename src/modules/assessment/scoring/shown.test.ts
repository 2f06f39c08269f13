import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { system } from '#platform/actor.ts';
import { asActor } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { useDatabase } from '../../../../test/database.ts';
import { addPerson } from '../../../../test/personas.ts';
import { count, criteria, fillIn, finish, makeScoringRound, refused, scene, startWith } from '../../../../test/scoring.ts';
import { draftFinding, standFinding } from '../evidence-commands.server.ts';
import * as evidence from '../permits.ts';
import { closeScoring } from './commands.server.ts';
import * as verbs from './permits.ts';
import { agreementsOf, changeSince, getAssessment, resultsOf, togetherOf } from './queries.server.ts';
import { agree, withdrawAgreement } from './reconcile-commands.server.ts';
import { writeScore, writeSetScore } from './score-commands.server.ts';
import { shownToDonors } from './score-queries.server.ts';

useDatabase();

describe('a service’s agreement', () => {
	it('opens its scores to the programme, or to donors too, until it is withdrawn', () =>
		scene(async (tx, world, { id, civil, authority, shelter }) => {
			await fillIn(tx, id, civil, [1, 2, 3, 1]);
			await fillIn(tx, id, authority, [1, 2, 3, 1]);
			await finish(tx, id, { civil, authority });
			const sees = async () => ({ reviewer: (await asActor(tx, world.person.reviewer, () => resultsOf(tx, id, 1))).length, donor: (await asActor(tx, world.person.donor, () => resultsOf(tx, id, 1))).length });
			expect(await sees()).toEqual({ reviewer: 0, donor: 0 });
			expect(await asActor(tx, world.person.coordinator, () => refused(tx, async () => agree(tx, await permit(tx, verbs.agreeToScores, id), { scope: 'programme', agreedOn: '2026-11-01' })))).toBe('not-permitted');
			await asActor(tx, shelter, async () => agree(tx, await permit(tx, verbs.agreeToScores, id), { scope: 'programme', agreedOn: '2026-11-01' }));
			expect(await sees()).toEqual({ reviewer: 3, donor: 0 });
			expect(await asActor(tx, world.person.reviewer, () => count(tx, 'assessment.criterion_score', id))).toBe(0);
			await asActor(tx, shelter, async () => agree(tx, await permit(tx, verbs.agreeToScores, id), { scope: 'publication', agreedOn: '2026-11-02' }));
			expect(await sees()).toEqual({ reviewer: 3, donor: 3 });
			expect((await asActor(tx, world.person.donor, () => shownToDonors(tx, world.programmeId))).map(({ area, title, meanLow }) => [area, title.en ?? '', meanLow])).toEqual([['', '', 1.5], ['rights', 'Rights', 2], ['safety', 'Safety', 1]]);
			expect(await asActor(tx, world.person.reviewer, () => shownToDonors(tx, world.programmeId))).toEqual([]);
			await asActor(tx, shelter, async () => {
				await withdrawAgreement(tx, await permit(tx, verbs.withdrawAgreement, id));
				expect((await agreementsOf(tx, id)).map(({ withdrawnAt }) => withdrawnAt !== null)).toEqual([true, true]);
				expect(await refused(tx, () => sql`update assessment.service_agreement set withdrawn_at = null, withdrawn_by = null where assessment_id = ${id}::uuid`.execute(tx))).toBe('scoring.agreement-kept');
			});
			expect(await sees()).toEqual({ reviewer: 0, donor: 0 });
		}));
	it('is asked for before a finding rests on its score, and the score stays as it was cited', () =>
		scene(async (tx, world, { id, civil, authority, shelter }) => {
			await fillIn(tx, id, civil, [1, 2, 3, 1]);
			await fillIn(tx, id, authority, [1, 2, 3, 1]);
			await finish(tx, id, { civil, authority });
			await asActor(tx, world.person.coordinator, async () => {
				expect(await refused(tx, async () => writeScore(tx, await permit(tx, verbs.writeScore, id), { area: 'safety', title: { uz: 'x' } }))).toBe('not-found');
			});
			await asActor(tx, world.person.analyst, async () => {
				const scoreId = await writeScore(tx, await permit(tx, verbs.writeScore, id), { area: 'safety', title: { uz: 'Xavfsizlik' } });
				expect(await writeScore(tx, await permit(tx, verbs.writeScore, id), { area: 'safety', title: { uz: 'Xavfsizlik' } })).toBe(scoreId);
				const may = await permit(tx, evidence.draftFinding, { programmeId: world.programmeId });
				const findingId = await draftFinding(tx, may, { statement: { uz: 'Kirish nazorat qilinmaydi' }, placeId: null, figures: [], quotations: [], documents: [], scores: [scoreId] });
				const stand = async () => standFinding(tx, await permit(tx, evidence.standFinding, findingId));
				expect(await refused(tx, stand)).toBe('finding.score-without-agreement');
				await asActor(tx, shelter, async () => agree(tx, await permit(tx, verbs.agreeToScores, id), { scope: 'programme', agreedOn: '2026-11-01' }));
				await stand();
				await sql`set constraints all immediate`.execute(tx);
				expect(await refused(tx, () => sql`update assessment.score set title = '{}' where id = ${scoreId}::uuid`.execute(tx))).toMatch(/permission denied/);
				expect(await refused(tx, () => sql`delete from assessment.finding_score where finding_id = ${findingId}::uuid`.execute(tx))).toBe('citation.kept');
				const untold = await sql<{ numbers: number[] }>`select assessment.untold_scores(array[${findingId}]::uuid[]) as numbers`.execute(tx);
				expect(untold.rows[0]?.numbers).toHaveLength(1);
			});
		}));
});

describe('services together', () => {
	it('are counted once all are signed, three at least, and shown only where no single one can be worked out', () =>
		scene(async (tx, world, { id, roundId, versionId, civil, authority, shelter }) => {
			const { organisations, person } = world;
			const others = [];
			for (const name of ['b', 'c', 'd']) {
				const serviceId = newId();
				await asActor(tx, system('first-run'), () => tx.insertInto('network.organisation').values({ id: serviceId, programmeId: world.programmeId, type: 'cso_shelter', name: { uz: name } }).execute());
				others.push({ serviceId, assessmentId: await startWith(tx, world, { roundId, versionId }, serviceId, { civil, authority }), worker: await addPerson(tx, name, { programmeId: world.programmeId, role: 'member', organisationId: serviceId }) });
			}
			const close = () => asActor(tx, person.coordinator, async () => closeScoring(tx, await permit(tx, verbs.closeScoring, roundId), versionId));
			expect(await refused(tx, close)).toBe('scoring.not-all-signed');
			for (const [at, each] of [id, ...others.map(({ assessmentId }) => assessmentId)].entries()) {
				await fillIn(tx, each, civil, [3, 3, at === 0 ? 0 : 3, 3]);
				await fillIn(tx, each, authority, [3, 3, at === 0 ? 0 : 3, 3]);
				await finish(tx, each, { civil, authority });
			}
			const setId = await close();
			const shown = async (who: typeof civil) => (await asActor(tx, who, () => togetherOf(tx, setId))).find(({ area }) => area === 'rights')?.meanLow ?? null;
			// A reviewer sees none of the four; a shelter sees its own, which leaves three.
			expect([await shown(person.reviewer), await shown(shelter), await shown(world.stranger)]).toEqual([2.625, 2.625, null]);
			expect(await asActor(tx, person.coordinator, () => refused(tx, () => startWith(tx, world, { roundId, versionId }, organisations.authority, { civil, authority })))).toBe('scoring.set-closed');
			// Two agree: of four two would be left, and one of them could work out the other.
			for (const { assessmentId, worker } of others.slice(0, 2)) await asActor(tx, worker, async () => agree(tx, await permit(tx, verbs.agreeToScores, assessmentId), { scope: 'programme', agreedOn: '2026-11-01' }));
			expect([await shown(person.reviewer), await shown(person.donor), await shown(person.analyst)]).toEqual([null, 2.625, 2.625]);
			const scoreId = await asActor(tx, person.analyst, async () => writeSetScore(tx, await permit(tx, verbs.writeSetScore, setId), { area: 'rights', title: { uz: 'Huquqlar' } }));
			const read = (who: typeof civil) => asActor(tx, who, () => tx.selectFrom('assessment.score').select('services').where('id', '=', scoreId).execute());
			expect([await read(person.reviewer), await read(person.analyst)]).toEqual([[], [{ services: 4 }]]);
			// A finding may rest on it without anybody's agreement: it is nobody's single score.
			await asActor(tx, person.analyst, async () => {
				const findingId = await draftFinding(tx, await permit(tx, evidence.draftFinding, { programmeId: world.programmeId }), { statement: { uz: 'x' }, placeId: null, figures: [], quotations: [], documents: [], scores: [scoreId] });
				await standFinding(tx, await permit(tx, evidence.standFinding, findingId));
				await sql`set constraints all immediate`.execute(tx);
			});
		}));
});

describe('change since the last round', () => {
	it('is counted on the same criteria, and told only to whom both rounds are open', () =>
		scene(async (tx, world, first) => {
			await fillIn(tx, first.id, first.civil, [1, 1, 1, 1]);
			await fillIn(tx, first.id, first.authority, [1, 1, 1, 1]);
			await finish(tx, first.id, first);
			const round = await makeScoringRound(tx, world, '2');
			const id = await startWith(tx, world, round, world.organisations.shelter, first);
			await fillIn(tx, id, first.civil, [3, 1, 2, 1]);
			await fillIn(tx, id, first.authority, [3, 1, 2, 1]);
			await finish(tx, id, first);
			const change = (who: typeof first.civil) => asActor(tx, who, async () => changeSince(tx, await getAssessment(tx, world.programmeId, id), 1));
			const told = await change(first.shelter);
			expect(told?.areas.map(({ area, uncompared, before, now }) => [area, uncompared, before.civil.cappedMean, now.civil.cappedMean])).toEqual([['safety', 0, 1, 2], ['rights', 0, 1, 1.5]]);
			expect(await change(world.person.reviewer)).toBeNull();
			await asActor(tx, world.person.analyst, () =>
				tx.insertInto('assessment.questionMapping').values({
					id: newId(), programmeId: world.programmeId, earlierVersionId: first.versionId, laterVersionId: round.versionId, earlierPath: criteria[3], laterPath: criteria[3], kind: 'not_comparable', reason: { uz: 'Boshqacha soʻralgan' }
				}).execute());
			expect((await change(first.shelter))?.areas.map(({ area, uncompared, now }) => [area, uncompared, now.civil.cappedMean])).toEqual([['safety', 0, 2], ['rights', 1, 2]]);
		}));
});
