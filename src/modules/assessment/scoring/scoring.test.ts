import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { system } from '#platform/actor.ts';
import { asActor, inTransaction, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { mayI, permit, roles } from '#platform/permit.server.ts';
import { rolledBack, useDatabase, owner } from '../../../../test/database.ts';
import { addPerson, makeWorld, type World } from '../../../../test/personas.ts';
import { criteria, fillIn, finish, makeScoring, makeScoringRound, rows, startWith, type Scored } from '../../../../test/scoring.ts';
import { draftFinding, standFinding } from '../evidence-commands.server.ts';
import * as evidence from '../permits.ts';
import { cancelScoring, closeScoring, nameScorer, startScoring } from './commands.server.ts';
import { tellHandedIn } from './notices.server.ts';
import * as verbs from './permits.ts';
import { agreementsOf, changeSince, getAssessment, listAssessments, resultsOf, togetherOf } from './queries.server.ts';
import { agree, markOf, reopen, settle, sign, withdrawAgreement } from './reconcile-commands.server.ts';
import { writeScore, writeSetScore } from './score-commands.server.ts';
import { shownToDonors } from './score-queries.server.ts';
import { handIn, saveScores, takeBack } from './sheet-commands.server.ts';
import { scoringCounts, settledOf, sheetOf } from './sheet-queries.server.ts';

useDatabase();

const scene = (work: (tx: Tx, world: World, scored: Scored) => Promise<void>): Promise<void> =>
	rolledBack(system('first-run'), async (tx) => {
		const world = await makeWorld(tx);
		await work(tx, world, await makeScoring(tx, world));
	});

/** Lets something be refused without ending the transaction. */
async function refused(tx: Tx, act: () => Promise<unknown>): Promise<string> {
	await sql`savepoint tried`.execute(tx);
	try {
		await act();
		await sql`set constraints all immediate`.execute(tx);
	} catch (thrown) {
		await sql`rollback to savepoint tried`.execute(tx);
		await sql`set constraints all deferred`.execute(tx);
		return thrown instanceof Error ? thrown.message.replace(/ \(\d+\)$/, '') : String(thrown);
	}
	return 'not refused';
}

const count = async (tx: Tx, table: string, id: string): Promise<number> =>
	Number((await sql<{ count: string }>`select count(*) from ${sql.table(table)} where assessment_id = ${id}::uuid`.execute(tx)).rows[0]?.count);

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

describe('reconciliation', () => {
	it('becomes a result once when both sides sign at the same moment', async () => {
		const scored = await inTransaction(system('first-run'), async (tx) => {
			const made = await makeScoring(tx, await makeWorld(tx, `Sinov ${newId()}`));
			for (const who of [made.civil, made.authority]) await fillIn(tx, made.id, who, [1, 2, 3, 'na']);
			return made;
		});
		const put = (who: Scored['civil']): Promise<void> =>
			inTransaction(who, async (tx) => sign(tx, await permit(tx, verbs.signScores, scored.id), markOf(await settledOf(tx, scored.id, 1))));
		await Promise.all([put(scored.civil), put(scored.authority)]);
		const { rows: found } = await owner.query(`select state, signed_revision, (select count(*)::int from assessment.area_result r where r.assessment_id = a.id) as areas from assessment.service_assessment a where id = $1`, [scored.id]);
		expect(found).toEqual([{ state: 'signed', signed_revision: 1, areas: 3 }]);
	});
	it('keeps dissent with both scores and both reasons, needs the reasons, and is the scorers’ own', () =>
		scene(async (tx, { person, programmeId }, { id, civil, authority, shelter }) => {
			await fillIn(tx, id, civil, [1, 2, 3, 'na']);
			await fillIn(tx, id, authority, [3, 2, 3, 2]);
			await asActor(tx, authority, async () => {
				const may = await permit(tx, verbs.settleDifferences, id);
				const dissent = { outcome: 'dissent', reason: '', civil: 'Kechasi qorovul yoʻq edi', authority: '' };
				expect(await refused(tx, () => settle(tx, may, new Map([[criteria[0], dissent]])))).toBe('scoring.reasons-missing');
				expect(await refused(tx, () => settle(tx, may, new Map([[criteria[1], { ...dissent, authority: 'x' }]])))).toBe('scoring.same-scores');
				expect(await refused(tx, async () => sign(tx, await permit(tx, verbs.signScores, id), markOf(await settledOf(tx, id, 1))))).toBe('scoring.unreconciled');
				await settle(tx, may, new Map([[criteria[0], { ...dissent, authority: 'Jadval bor' }]]));
			});
			for (const who of [person.coordinator, person.analyst, person.administrator]) {
				await asActor(tx, who, async () => {
					const forged = sql`insert into assessment.sign_off (programme_id, assessment_id, revision, side, person_id) values (${programmeId}, ${id}, 1, 'authority', ${who.personId})`;
					expect(await refused(tx, () => forged.execute(tx))).toMatch(/row-level security|scoring.unreconciled/);
					expect((await sql`update assessment.reconciliation set reason = reason where assessment_id = ${id}::uuid returning criterion`.execute(tx)).rows).toEqual([]);
				});
			}
			await finish(tx, id, { civil, authority });
			const [whole, rights, safety] = await asActor(tx, shelter, () => resultsOf(tx, id, 1));
			expect([whole?.area, rights?.area, safety?.area]).toEqual(['', 'rights', 'safety']);
			expect([safety?.dissent, safety?.civil.cappedMean, safety?.authority.cappedMean]).toEqual([1, 1, 2.5]);
			expect(rights?.civil.cappedMean).toBe(3);
			const kept = (await asActor(tx, shelter, () => settledOf(tx, id, 1))).get(criteria[0]);
			expect([kept?.civil, kept?.authority, kept?.civilReason, kept?.authorityReason]).toEqual([1, 3, 'Kechasi qorovul yoʻq edi', 'Jadval bor']);
		}));
	it('is signed as it was seen: a change takes signatures away, and an old page signs nothing', () =>
		scene(async (tx, _, { id, civil, authority }) => {
			await fillIn(tx, id, civil, [1, 2, 3, 1]);
			await fillIn(tx, id, authority, [3, 2, 3, 1]);
			const outcome = (score: string) => new Map([[criteria[0], { outcome: score, reason: '', civil: '', authority: '' }]]);
			await asActor(tx, civil, async () => settle(tx, await permit(tx, verbs.settleDifferences, id), outcome('1')));
			const old = await asActor(tx, authority, async () => markOf(await settledOf(tx, id, 1)));
			await asActor(tx, authority, async () => sign(tx, await permit(tx, verbs.signScores, id), old));
			await asActor(tx, civil, async () => {
				await settle(tx, await permit(tx, verbs.settleDifferences, id), outcome('2'));
				expect(await count(tx, 'assessment.sign_off', id)).toBe(0);
				expect(await refused(tx, async () => sign(tx, await permit(tx, verbs.signScores, id), old))).toBe('scoring.changed-meanwhile');
			});
		}));
	it('is opened again as a further revision, the signed one staying as it was', () =>
		scene(async (tx, { programmeId }, { id, civil, authority, shelter }) => {
			await fillIn(tx, id, civil, [1, 2, 3, 1]);
			await fillIn(tx, id, authority, [3, 2, 3, 1]);
			await finish(tx, id, { civil, authority });
			await asActor(tx, authority, async () => {
				expect(await refused(tx, async () => settle(tx, await permit(tx, verbs.settleDifferences, id), new Map([[criteria[0], { outcome: '3', reason: '', civil: '', authority: '' }]])))).toBe('scoring.not-reconciling');
				await reopen(tx, await permit(tx, verbs.reopenScores, id), 'Yangi qorovul ishga olindi');
				await settle(tx, await permit(tx, verbs.settleDifferences, id), new Map([[criteria[0], { outcome: '3', reason: '', civil: '', authority: '' }]]));
			});
			await finish(tx, id, { civil, authority }, [], 2);
			await asActor(tx, shelter, async () => {
				expect((await resultsOf(tx, id, 1)).find(({ area }) => area === 'safety')?.civil.cappedMean).toBe(1);
				expect((await resultsOf(tx, id, 2)).find(({ area }) => area === 'safety')?.civil.cappedMean).toBe(2.5);
				expect((await getAssessment(tx, programmeId, id)).signatures.map(({ revision }) => revision)).toEqual([1, 1, 2, 2]);
			});
		}));
});

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
