import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { system } from '#platform/actor.ts';
import { asActor, inTransaction } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { useDatabase, owner } from '../../../../test/database.ts';
import { makeWorld } from '../../../../test/personas.ts';
import { count, criteria, fillIn, finish, makeScoring, refused, scene, type Scored } from '../../../../test/scoring.ts';
import * as verbs from './permits.ts';
import { getAssessment, resultsOf } from './queries.server.ts';
import { markOf, reopen, settle, sign } from './reconcile-commands.server.ts';
import { settledOf } from './sheet-queries.server.ts';

useDatabase();

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
