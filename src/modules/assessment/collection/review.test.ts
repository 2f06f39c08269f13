import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { makeOpenRound, putAnswers } from '../../../../test/assessment.ts';
import { rolledBack, useDatabase } from '../../../../test/database.ts';
import { makeWorld } from '../../../../test/personas.ts';
import { reviewSubmission } from '../permits.ts';
import { review } from './review-commands.server.ts';
import { listReviews, listVersions } from './review-queries.server.ts';

useDatabase();

const idsOf = async (tx: Tx, roundId: string): Promise<string[]> =>
	asActor(tx, system('recheck'), async () =>
		(await tx.selectFrom('assessment.submission').select('id').where('roundId', '=', roundId).orderBy('id').execute()).map(({ id }) => id)
	);

it('keeps every word of a review, the last one as the state, and once when it is sent twice', () =>
	rolledBack(system('first-run'), async (tx) => {
		const world = await makeWorld(tx);
		const roundId = await makeOpenRound(tx, world);
		await putAnswers(tx, world, roundId, [{ '/data/age': '30' }]);
		const [id = ''] = await idsOf(tx, roundId);
		await asActor(tx, world.person.analyst, async () => {
			const first = { id: newId(), state: 'has_issues', note: 'Yosh?' } as const;
			await review(tx, await permit(tx, reviewSubmission, id), first);
			await review(tx, await permit(tx, reviewSubmission, id), first);
			await review(tx, await permit(tx, reviewSubmission, id), { id: newId(), state: 'approved', note: '' });
			expect((await listReviews(tx, id)).map(({ state }) => state)).toEqual(['approved', 'has_issues']);
			expect(await listVersions(tx, id)).toMatchObject([{ id, reviewState: 'approved', current: true }]);
		});
	}));

it('is for the named analysts of the round alone', () =>
	rolledBack(system('first-run'), async (tx) => {
		const world = await makeWorld(tx);
		const roundId = await makeOpenRound(tx, world);
		await putAnswers(tx, world, roundId, [{}]);
		const [id = ''] = await idsOf(tx, roundId);
		for (const role of ['coordinator', 'member', 'collector', 'reviewer', 'official', 'donor', 'administrator'] as const) {
			await asActor(tx, world.person[role], async () => expect([role, await mayI(tx, reviewSubmission, id)]).toEqual([role, false]));
		}
	}));

it('is not of what an edit has replaced', () =>
	rolledBack(system('first-run'), async (tx) => {
		const world = await makeWorld(tx);
		const roundId = await makeOpenRound(tx, world);
		await putAnswers(tx, world, roundId, [{}]);
		const [id = ''] = await idsOf(tx, roundId);
		await asActor(tx, system('recheck'), () => sql`update assessment.submission set superseded_by = 'uuid:x' where id = ${id}`.execute(tx));
		await asActor(tx, world.person.analyst, async () => {
			const may = await permit(tx, reviewSubmission, id);
			await expect(review(tx, may, { id: newId(), state: 'approved', note: '' })).rejects.toMatchObject({ code: 'review.superseded' });
		});
	}));
