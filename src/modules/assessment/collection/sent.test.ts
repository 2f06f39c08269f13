import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { makeOpenRound } from '../../../../test/assessment.ts';
import { rolledBack, useDatabase } from '../../../../test/database.ts';
import { makeWorld, type World } from '../../../../test/personas.ts';
import { editSubmission as edit } from '../fieldwork/edit-commands.server.ts';
import { editSubmission } from '../fieldwork/permits.ts';
import { reviewSubmission } from '../permits.ts';
import { review } from './review-commands.server.ts';
import { listReviews } from './review-queries.server.ts';
import type { ReviewState } from './review.ts';
import { filesReopened, reopen, sentByMe } from './sent.server.ts';

useDatabase();

type Scene = { tx: Tx; world: World; roundId: string; put: (personId: string | null) => Promise<string>; say: (id: string, state: ReviewState, note?: string) => Promise<void> };

const scene = (work: (scene: Scene) => Promise<void>): Promise<void> =>
	rolledBack(system('first-run'), async (tx) => {
		const world = await makeWorld(tx);
		const roundId = await makeOpenRound(tx, world);
		const put = async (personId: string | null): Promise<string> => {
			const id = newId();
			const xml = `<data id="baseline" version="1"><sex>f</sex><needs/><age>7</age><meta><instanceID>uuid:${id}</instanceID></meta></data>`;
			await asActor(tx, system('recheck'), () => sql`insert into assessment.submission (id, programme_id, round_id, instance_id, person_id, xml, xml_sha256, answers)
				values (${id}, ${world.programmeId}, ${roundId}, ${`uuid:${id}`}, ${personId}, ${xml}, '\\x00', '{"/data/sex": "f", "/data/age": "7"}')`.execute(tx));
			return id;
		};
		const say = (id: string, state: ReviewState, note = ''): Promise<void> => asActor(tx, world.person.analyst, async () => review(tx, await permit(tx, reviewSubmission, id), { id: newId(), state, note }));
		await work({ tx, world, roundId, put, say });
	});

const back = ({ tx, world, roundId }: Scene, submission: string, who = world.person.collector) => asActor(tx, who, () => reopen(tx, { programme: world.programmeId, round: roundId, submission }));
const refused = { code: 'collection.not-reopened', status: 404 };

it('tells who sent in their own name how each submission stands, and the note where a review has something against it', () =>
	scene(async ({ tx, world, put, say }) => {
		const me = world.person.collector;
		const [fresh, wrong, rejected, good] = [await put(me.personId), await put(me.personId), await put(me.personId), await put(me.personId)];
		await put(null);
		await put(world.person.member.personId);
		await say(wrong, 'approved', 'all well');
		await say(wrong, 'has_issues', 'Seven years old?');
		await say(rejected, 'rejected', 'Asked twice');
		await say(good, 'approved', 'for us alone');
		const sent = await asActor(tx, me, () => sentByMe(tx));
		expect(sent.map(({ submissionId, state, note, reopens, corrected }) => [submissionId, state, note, reopens, corrected])).toEqual([
			[good, 'approved', null, false, false], [rejected, 'rejected', 'Asked twice', false, false], [wrong, 'has_issues', 'Seven years old?', true, false], [fresh, 'received', null, false, false]
		]);
		expect(Object.keys(sent[0] ?? {}).filter((key) => /answer|xml|reviewer/i.test(key))).toEqual([]);
		await asActor(tx, me, async () => expect(await listReviews(tx, wrong)).toEqual([]));
		for (const role of ['donor', 'administrator'] as const) await asActor(tx, world.person[role], async () => expect(await sentByMe(tx)).toEqual([]));
	}));

it('gives answers back to who sent them once a review has found issues, and the journal says so', () =>
	scene(async (all) => {
		const { tx, world, put, say } = all;
		const id = await put(world.person.collector.personId);
		await expect(back(all, id)).rejects.toMatchObject(refused);
		await say(id, 'has_issues', 'Age?');
		expect(await back(all, id)).toMatchObject({ instanceId: `uuid:${id}`, files: [] });
		const { rows } = await asActor(tx, system('journal'), () => sql<{ actorId: string }>`select actor_id from platform.journal where verb = 'submission.reopen' and subject_id = ${id}`.execute(tx));
		expect(rows).toEqual([{ actorId: world.person.collector.personId }]);
		await say(id, 'approved');
		await expect(back(all, id)).rejects.toMatchObject(refused);
	}));

it('gives them to nobody else, and not from a sensitive or closed round', () =>
	scene(async (all) => {
		const { tx, world, roundId, put, say } = all;
		const id = await put(world.person.collector.personId);
		await say(id, 'has_issues');
		for (const who of [world.person.member, world.person.analyst, world.person.coordinator]) await expect(back(all, id, who)).rejects.toMatchObject(refused);
		const byLink = await put(null);
		await say(byLink, 'has_issues');
		await expect(back(all, byLink)).rejects.toMatchObject(refused);
		for (const change of [sql`sensitive = true`, sql`sensitive = false, state = 'closed', closed_at = now()`]) {
			await asActor(tx, world.person.coordinator, () => sql`update assessment.round set ${change} where id = ${roundId}`.execute(tx));
			await expect(back(all, id)).rejects.toMatchObject(refused);
			await asActor(tx, world.person.collector, async () => {
				expect(await filesReopened(tx, id)).toEqual([]);
				expect(await sentByMe(tx)).toMatchObject([{ submissionId: id, state: 'has_issues', reopens: false }]);
			});
		}
	}));

it('does not give back what a reviewer has corrected: who sent learns that, and not what was changed', () =>
	scene(async (all) => {
		const { tx, world, put, say } = all;
		const id = await put(world.person.collector.personId);
		const corrected = newId();
		await asActor(tx, world.person.analyst, async () => edit(tx, await permit(tx, editSubmission, id), { id: corrected, reason: 'a slip', answer: { q3: '70' } }));
		await say(corrected, 'has_issues', 'And the sex?');
		await asActor(tx, world.person.collector, async () => {
			expect(await sentByMe(tx)).toMatchObject([{ submissionId: corrected, corrected: true, state: 'has_issues', note: 'And the sex?', reopens: false }]);
			expect(await tx.selectFrom('assessment.submission').select('id').where('id', '=', corrected).execute()).toEqual([]);
		});
		for (const each of [id, corrected]) await expect(back(all, each)).rejects.toMatchObject(refused);
	}));
