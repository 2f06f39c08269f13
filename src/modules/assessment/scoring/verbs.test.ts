import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { asActor } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { mayI, permit, roles } from '#platform/permit.server.ts';
import { useDatabase } from '../../../../test/database.ts';
import { count, fillIn, finish, refused, rows, scene, startWith } from '../../../../test/scoring.ts';
import { cancelScoring, startScoring } from './commands.server.ts';
import * as verbs from './permits.ts';
import { getAssessment, listAssessments } from './queries.server.ts';
import { saveScores } from './sheet-commands.server.ts';

useDatabase();

describe('every verb of scoring', () => {
	it('is permitted to those who hold it and to nobody else', () =>
		scene(async (tx, world, { id, roundId, civil, authority, shelter }) => {
			const running = [[verbs.startScoring, roundId], [verbs.closeScoring, roundId], [verbs.nameScorers, id], [verbs.cancelScoring, id], [verbs.writeScore, id]] as const;
			const scoring = [verbs.scoreCriteria, verbs.handInSheet, verbs.takeBackSheet, verbs.settleDifferences, verbs.signScores, verbs.reopenScores];
			const service = [verbs.agreeToScores, verbs.withdrawAgreement];
			const everybody = [...roles.map((role) => [role, world.person[role]] as const), ['shelter', shelter] as const, ['stranger', world.stranger] as const];
			const ask = async (expected: { scorers: readonly unknown[]; speaks: readonly unknown[] }) => {
				for (const [name, who] of everybody) {
					await asActor(tx, who, async () => {
						for (const [verb, target] of running) expect([name, verb.name, await mayI(tx, verb, target)]).toEqual([name, verb.name, name === 'coordinator' || name === 'analyst']);
						for (const verb of scoring) expect([name, verb.name, await mayI(tx, verb, id)]).toEqual([name, verb.name, expected.scorers.includes(who)]);
						for (const verb of service) expect([name, verb.name, await mayI(tx, verb, id)]).toEqual([name, verb.name, expected.speaks.includes(who)]);
					});
				}
			};
			await ask({ scorers: [civil, authority], speaks: [] });
			await fillIn(tx, id, civil, [1, 2, 3, 1]);
			await fillIn(tx, id, authority, [1, 2, 3, 1]);
			await finish(tx, id, { civil, authority });
			await ask({ scorers: [civil, authority], speaks: [shelter] });
		}));
	it('takes the members of a ready team, each on the side of their organisation', () =>
		scene(async (tx, world, { roundId, versionId }) => {
			const teamId = newId();
			const team = { programmeId: world.programmeId, teamId };
			const { organisations, person } = world;
			await asActor(tx, person.coordinator, async () => {
				await tx.insertInto('assessment.team').values({ id: teamId, programmeId: world.programmeId, roundId, name: 'Birinchi' }).execute();
				await tx.insertInto('assessment.teamMember').values([
					{ ...team, personId: world.memberInJizzakh.personId, organisationId: organisations.cso },
					{ ...team, personId: world.officialInJizzakh.personId, organisationId: organisations.authority },
					{ ...team, personId: person.collector.personId, organisationId: null }
				]).execute();
				const may = await permit(tx, verbs.startScoring, roundId);
				const id = await startScoring(tx, may, { serviceId: organisations.ministry, instrumentVersionId: versionId, teamId, scorers: [] });
				expect((await getAssessment(tx, world.programmeId, id)).scorers.map(({ personId, side }) => [personId, side])).toEqual([
					[world.memberInJizzakh.personId, 'civil_society'], [world.officialInJizzakh.personId, 'authority']
				]);
				expect(await refused(tx, () => startScoring(tx, may, { serviceId: organisations.ministry, instrumentVersionId: versionId, teamId, scorers: [] }))).toBe('scoring.begun-already');
			});
		}));
	it('ends for who leaves the organisation, and begins with one scorer of each side', () =>
		scene(async (tx, world, { id, civil, roundId, versionId }) => {
			await asActor(tx, civil, async () => saveScores(tx, await permit(tx, verbs.scoreCriteria, id), rows([1, 1, 1, 1])));
			await asActor(tx, world.person.coordinator, () => sql`update network.role_grant set ended_at = now() where person_id = ${civil.personId}`.execute(tx));
			expect(await asActor(tx, civil, () => count(tx, 'assessment.criterion_score', id))).toBe(0);
			const alone = { civil: world.memberInJizzakh, authority: world.memberInJizzakh };
			expect(await asActor(tx, world.person.coordinator, () => refused(tx, () => startWith(tx, world, { roundId, versionId }, world.organisations.authority, alone)))).toBe('scoring.side-missing');
			await asActor(tx, world.person.coordinator, async () => {
				await cancelScoring(tx, await permit(tx, verbs.cancelScoring, id), 'Adashib boshlangan');
				expect((await listAssessments(tx, world.programmeId)).map(({ state }) => state)).toEqual(['cancelled']);
			});
		}));
});
