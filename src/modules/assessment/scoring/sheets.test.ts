import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { system } from '#platform/actor.ts';
import { asActor, inTransaction } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { useDatabase, owner } from '../../../../test/database.ts';
import { makeWorld } from '../../../../test/personas.ts';
import { count, criteria, fillIn, makeScoring, refused, rows, scene, type Scored } from '../../../../test/scoring.ts';
import { nameScorer } from './commands.server.ts';
import { tellHandedIn } from './notices.server.ts';
import * as verbs from './permits.ts';
import { getAssessment, listAssessments } from './queries.server.ts';
import { handIn, saveScores, takeBack } from './sheet-commands.server.ts';
import { scoringCounts, settledOf, sheetOf } from './sheet-queries.server.ts';

useDatabase();

describe('two sheets', () => {
	it('are sealed from each other, from coordinators and administrators, until both are in', () =>
		scene(async (tx, { person }, { id, civil, authority, shelter }) => {
			await fillIn(tx, id, civil, [3, 2, 'na', 1]);
			await asActor(tx, authority, async () => saveScores(tx, await permit(tx, verbs.scoreCriteria, id), rows([0, 2, 1, 1])));
			expect(await asActor(tx, civil, () => count(tx, 'assessment.criterion_score', id))).toBe(4);
			expect((await asActor(tx, authority, () => sheetOf(tx, id, 'civil_society'))).size).toBe(0);
			for (const who of [person.coordinator, person.administrator, person.analyst, person.reviewer, person.donor, shelter]) {
				expect(await asActor(tx, who, () => count(tx, 'assessment.criterion_score', id))).toBe(0);
				expect(await asActor(tx, who, () => count(tx, 'assessment.reconciliation', id))).toBe(0);
			}
			await asActor(tx, authority, async () => handIn(tx, await permit(tx, verbs.handInSheet, id)));
			expect((await asActor(tx, authority, () => sheetOf(tx, id, 'civil_society'))).get(criteria[0])?.score).toBe(3);
			expect(await asActor(tx, person.analyst, () => count(tx, 'assessment.criterion_score', id))).toBe(8);
			expect(await asActor(tx, person.coordinator, () => count(tx, 'assessment.criterion_score', id))).toBe(0);
			expect(await asActor(tx, shelter, () => count(tx, 'assessment.criterion_score', id))).toBe(0);
		}));
	it('cannot be peeked at by writing: not into the other side, not past a trigger, not by becoming a scorer of it', () =>
		scene(async (tx, world, { id, civil, authority }) => {
			await fillIn(tx, id, civil, [3, 2, 'na', 1]);
			await asActor(tx, authority, async () => {
				expect(await refused(tx, () => sql`insert into assessment.criterion_score (programme_id, assessment_id, side, criterion, score, evidence, scored_by)
					values (${world.programmeId}, ${id}, 'civil_society', ${criteria[0]}, 1, '{seen}', ${authority.personId}) on conflict do nothing`.execute(tx))).toBe('scoring.sealed');
				expect(await refused(tx, () => sql`insert into assessment.criterion_score (programme_id, assessment_id, side, criterion, score, evidence, scored_by)
					values (${world.programmeId}, ${id}, 'authority', ${criteria[0]}, 1, '{seen}', ${civil.personId})`.execute(tx))).toMatch(/row-level security/);
				expect((await sql`update assessment.criterion_score set note = note where assessment_id = ${id}::uuid and side = 'civil_society' returning score`.execute(tx)).rows).toEqual([]);
				expect(await refused(tx, () => sql`update assessment.score_sheet set submitted_at = null, submitted_by = null where assessment_id = ${id}::uuid and side = 'civil_society'`.execute(tx))).toBe('not refused');
				expect((await getAssessment(tx, world.programmeId, id)).inAt.get('civil_society')).not.toBeNull();
				expect(await refused(tx, () => sql`update assessment.service_assessment set state = 'reconciling', both_in_at = now() where id = ${id}::uuid`.execute(tx))).toMatch(/permission denied/);
			});
			await asActor(tx, world.person.coordinator, async () => {
				expect(await refused(tx, () => sql`update assessment.service_assessment set both_in_at = now() where id = ${id}::uuid`.execute(tx))).toMatch(/permission denied/);
				const turned = { personId: authority.personId, organisationId: world.organisations.cso };
				expect(await refused(tx, async () => nameScorer(tx, await permit(tx, verbs.nameScorers, id), turned))).toBe('scoring.side-fixed');
				expect(await refused(tx, () => sql`update assessment.scorer set side = 'civil_society' where assessment_id = ${id}::uuid and person_id = ${authority.personId}`.execute(tx))).toBe('scoring.side-fixed');
				expect(await refused(tx, () => sql`insert into assessment.sign_off (programme_id, assessment_id, revision, side, person_id) values (${world.programmeId}, ${id}, 1, 'authority', ${world.person.coordinator.personId})`.execute(tx))).toBe('scoring.not-reconciling');
			});
		}));
	it('tell nobody through the journal, counts or lists what was scored', () =>
		scene(async (tx, world, { id, roundId, civil, authority }) => {
			await asActor(tx, civil, async () => saveScores(tx, await permit(tx, verbs.scoreCriteria, id), rows([3, 2, 'na', 1])));
			await asActor(tx, authority, async () => saveScores(tx, await permit(tx, verbs.scoreCriteria, id), rows([3, 2, 'na', 1])));
			const entries = await asActor(tx, world.person.coordinator, async () =>
				(await sql<Record<string, unknown>>`select verb, before_digest, encode(after_digest, 'hex') as after from platform.journal where subject_id = ${id}::uuid and verb = 'scoring.score'`.execute(tx)).rows);
			expect(entries).toHaveLength(2);
			expect(new Set(entries.map(({ after }) => after)).size).toBe(2);
			await asActor(tx, world.person.coordinator, async () => {
				expect([...(await scoringCounts(tx, roundId))].sort()).toEqual([[`${id} authority`, 4], [`${id} civil_society`, 4]]);
				expect((await sql<Record<string, unknown>>`select * from assessment.scoring_counts(${roundId}::uuid)`.execute(tx)).rows.map((row) => Object.keys(row))).toEqual([['assessmentId', 'side', 'scored'], ['assessmentId', 'side', 'scored']]);
				const [row] = await listAssessments(tx, world.programmeId);
				expect([row?.meanCivil, row?.meanAuthority]).toEqual([null, null]);
			});
			expect(await asActor(tx, world.person.donor, async () => [...(await scoringCounts(tx, roundId))])).toEqual([]);
			expect(await asActor(tx, world.stranger, async () => listAssessments(tx, world.programmeId))).toEqual([]);
		}));
	it('are handed in whole, do not change afterwards, and are taken back only while the other is not in', () =>
		scene(async (tx, _, { id, civil, authority }) => {
			await asActor(tx, civil, async () => {
				const partly = new Map([...rows([3, 2, 1, 1])].slice(0, 3));
				await saveScores(tx, await permit(tx, verbs.scoreCriteria, id), partly);
				expect(await refused(tx, async () => handIn(tx, await permit(tx, verbs.handInSheet, id)))).toBe('scoring.incomplete');
				const bare = new Map([[criteria[3], { score: 1 as const, evidence: [], note: '' }]]);
				await saveScores(tx, await permit(tx, verbs.scoreCriteria, id), bare);
				expect(await refused(tx, () => sql`update assessment.score_sheet set submitted_at = now(), submitted_by = ${civil.personId} where assessment_id = ${id}::uuid and side = 'civil_society'`.execute(tx))).toBe('scoring.incomplete');
				await saveScores(tx, await permit(tx, verbs.scoreCriteria, id), rows([3, 2, 1, 1]));
				await handIn(tx, await permit(tx, verbs.handInSheet, id));
				expect(await refused(tx, async () => saveScores(tx, await permit(tx, verbs.scoreCriteria, id), rows([0, 0, 0, 0])))).toBe('scoring.sealed');
				await takeBack(tx, await permit(tx, verbs.takeBackSheet, id));
				await saveScores(tx, await permit(tx, verbs.scoreCriteria, id), rows([3, 2, 1, 0]));
				await handIn(tx, await permit(tx, verbs.handInSheet, id));
			});
			await fillIn(tx, id, authority, [3, 1, 1, 0]);
			for (const who of [civil, authority]) {
				await asActor(tx, who, async () => {
					expect(await refused(tx, async () => takeBack(tx, await permit(tx, verbs.takeBackSheet, id)))).toBe('scoring.not-scoring');
					expect(await refused(tx, async () => saveScores(tx, await permit(tx, verbs.scoreCriteria, id), rows([0, 0, 0, 0])))).toBe('scoring.sealed');
				});
			}
			expect((await asActor(tx, civil, () => settledOf(tx, id, 1))).size).toBe(3);
		}));
	it('call the other side when one has handed in, and both when differences can be settled, and tell nothing of what was scored', () =>
		scene(async (tx, _, { id, civil, authority }) => {
			const mails = async (): Promise<[string | null, string][]> => {
				const all = await asActor(tx, system('mail'), () => tx.selectFrom('platform.mail').select(['toPerson', 'subject', 'body']).orderBy('id').execute());
				for (const { subject, body } of all) expect(`${subject} ${body}`).not.toMatch(/\d/);
				return all.map(({ toPerson, subject }) => [toPerson, subject]);
			};
			const hand = (who: typeof civil, scores: Parameters<typeof rows>[0]): Promise<void> =>
				asActor(tx, who, async () => {
					await saveScores(tx, await permit(tx, verbs.scoreCriteria, id), rows(scores));
					await handIn(tx, await permit(tx, verbs.handInSheet, id));
					await tellHandedIn(tx, id, who.personId, 'en');
				});
			await hand(civil, [3, 2, 1, 0]);
			expect(await mails()).toEqual([[authority.personId, 'Hamkor: your side is being waited for']]);
			await hand(authority, [3, 2, 1, 1]);
			expect((await mails()).slice(1)).toEqual([[civil.personId, 'Hamkor: scores can be reconciled now']]);
		}));
	it('open once when both sides hand in at the same moment', async () => {
		const scored = await inTransaction(system('first-run'), async (tx) => {
			const world = await makeWorld(tx, `Sinov ${newId()}`);
			const made = await makeScoring(tx, world);
			for (const who of [made.civil, made.authority]) await asActor(tx, who, async () => saveScores(tx, await permit(tx, verbs.scoreCriteria, made.id), rows([1, 2, 3, 'na'])));
			return made;
		});
		const hand = (who: Scored['civil']): Promise<void> => inTransaction(who, async (tx) => handIn(tx, await permit(tx, verbs.handInSheet, scored.id)));
		await Promise.all([hand(scored.civil), hand(scored.authority)]);
		const { rows: found } = await owner.query(`select state, both_in_at is not null as open, (select count(*)::int from assessment.reconciliation r where r.assessment_id = a.id) as settled from assessment.service_assessment a where id = $1`, [scored.id]);
		expect(found).toEqual([{ state: 'reconciling', open: true, settled: 4 }]);
	});
});
