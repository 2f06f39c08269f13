import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { mayI, permit, roles } from '#platform/permit.server.ts';
import { makeInstrument, makeOpenRound, putAnswers, roundForm } from '../../../../test/assessment.ts';
import { rolledBack, useDatabase } from '../../../../test/database.ts';
import { makeWorld, type World } from '../../../../test/personas.ts';
import * as assessment from '../permits.ts';
import { draftRound, makeToken, nameAnalysts, openRound, revokeToken } from '../round-commands.server.ts';
import * as verbs from './permits.ts';
import { planRound } from './plan-commands.server.ts';
import { roundProgress } from './progress-queries.server.ts';
import { setTargets, targetImporter } from './target-commands.server.ts';
import { addMember, makeTeam, moveTeam, removeMember } from './team-commands.server.ts';
import { listPhones, listTeams } from './team-queries.server.ts';
import type { TeamFields } from './team.ts';

useDatabase();

const plan = { joint: false, targetQuestion: null, keyQuestions: [], shortestMinutes: null };
const team = (more: Partial<TeamFields> = {}): TeamFields => ({ name: 'A', startsOn: null, endsOn: null, places: [], services: [], ...more });
const checked = async (tx: Tx): Promise<void> => {
	await sql`set constraints all immediate`.execute(tx);
	await sql`set constraints all deferred`.execute(tx);
};

/** Runs as the coordinator of a world with an open round. */
const inRound = (work: (tx: Tx, world: World, roundId: string) => Promise<void>): Promise<void> =>
	rolledBack(system('first-run'), async (tx) => {
		const world = await makeWorld(tx);
		const roundId = await makeOpenRound(tx, world);
		await asActor(tx, world.person.coordinator, () => work(tx, world, roundId));
	});

const made = async (tx: Tx, roundId: string, more: Partial<TeamFields> = {}): Promise<string> => {
	const id = newId();
	await makeTeam(tx, await permit(tx, verbs.makeTeam, roundId), id, team(more));
	return id;
};

describe('a joint round', () => {
	it('does not open before a team has somebody of civil society and somebody of an authority', () =>
		rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const { versionId } = await makeInstrument(tx, world);
			await asActor(tx, world.person.coordinator, async () => {
				const round = await draftRound(tx, await permit(tx, assessment.draftRound, { programmeId: world.programmeId }), roundForm(versionId, [world.jizzakh]));
				await planRound(tx, await permit(tx, verbs.planRound, round), { ...plan, joint: true });
				await nameAnalysts(tx, await permit(tx, assessment.nameAnalysts, round), [world.person.analyst.personId]);
				const id = await made(tx, round);
				const may = await permit(tx, verbs.editTeam, id);
				await expect(moveTeam(tx, may, 'ready')).rejects.toMatchObject({ code: 'team.empty' });
				await addMember(tx, may, { personId: world.person.collector.personId, organisationId: world.organisations.cso });
				await expect(moveTeam(tx, may, 'ready')).rejects.toMatchObject({ code: 'team.not-joint' });
				await addMember(tx, may, { personId: world.person.official.personId, organisationId: world.organisations.ministry });
				await moveTeam(tx, may, 'ready');
				await checked(tx);
				await openRound(tx, await permit(tx, assessment.openRound, round));
				await checked(tx);
				await expect(removeMember(tx, may, world.person.official.personId)).rejects.toMatchObject({ code: 'team.not-joint' });
			});
		}));
	it('is refused by the database itself when no team is ready', () =>
		rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const { versionId } = await makeInstrument(tx, world);
			const opening = asActor(tx, world.person.coordinator, async () => {
				const round = await draftRound(tx, await permit(tx, assessment.draftRound, { programmeId: world.programmeId }), roundForm(versionId, [world.jizzakh]));
				await planRound(tx, await permit(tx, verbs.planRound, round), { ...plan, joint: true });
				await nameAnalysts(tx, await permit(tx, assessment.nameAnalysts, round), [world.person.analyst.personId]);
				await openRound(tx, await permit(tx, assessment.openRound, round));
				await checked(tx);
			});
			await expect(opening).rejects.toMatchObject({ message: 'round.team-missing' });
		}));
	it('is settled once it has opened', () =>
		inRound(async (tx, _world, roundId) => {
			await expect(planRound(tx, await permit(tx, verbs.planRound, roundId), { ...plan, joint: true })).rejects.toMatchObject({ code: 'round.joint-settled' });
		}));
});

describe('a team', () => {
	it('takes in only who takes part in the programme for that organisation', () =>
		inRound(async (tx, world, roundId) => {
			const may = await permit(tx, verbs.editTeam, await made(tx, roundId));
			await expect(addMember(tx, may, { personId: world.stranger.personId, organisationId: null })).rejects.toMatchObject({ code: 'team.member-unknown' });
			await expect(addMember(tx, may, { personId: world.person.official.personId, organisationId: world.organisations.cso })).rejects.toMatchObject({ code: 'team.member-unknown' });
		}));
	it('has one name in a round, and is made once when it is sent twice', () =>
		inRound(async (tx, _world, roundId) => {
			const may = await permit(tx, verbs.makeTeam, roundId);
			const id = newId();
			await makeTeam(tx, may, id, team());
			await makeTeam(tx, may, id, team());
			await expect(makeTeam(tx, may, newId(), team())).rejects.toMatchObject({ code: 'team.name-taken' });
			expect(await listTeams(tx, roundId, false)).toHaveLength(1);
		}));
	it('keeps who carries a phone until the link is revoked, and ends with all its links', () =>
		inRound(async (tx, world, roundId) => {
			const id = await made(tx, roundId);
			const may = await permit(tx, verbs.editTeam, id);
			const { personId } = world.person.collector;
			await addMember(tx, may, { personId, organisationId: world.organisations.cso });
			const link = { label: 'Samsung', placeId: null, expiresOn: null, ceiling: null, teamId: id, personId };
			const [one, two] = [newId(), newId()];
			for (const each of [one, two]) await makeToken(tx, await permit(tx, assessment.makeToken, roundId), { ...link, id: each });
			await expect(removeMember(tx, may, personId)).rejects.toMatchObject({ code: 'team.member-has-phone' });
			await revokeToken(tx, await permit(tx, assessment.revokeToken, one));
			await moveTeam(tx, may, 'ended');
			expect((await listPhones(tx, roundId)).map((phone) => phone.revokedAt !== null)).toEqual([true, true]);
			await expect(makeToken(tx, await permit(tx, assessment.makeToken, roundId), { ...link, id: newId() })).rejects.toMatchObject({ code: 'team.ended' });
		}));
});

describe('targets', () => {
	it('are set, counted against and taken away; progress is for who runs the round', () =>
		inRound(async (tx, world, roundId) => {
			await planRound(tx, await permit(tx, verbs.planRound, roundId), { ...plan, targetQuestion: '/data/sex' });
			const may = await permit(tx, verbs.setTargets, roundId);
			await setTargets(tx, may, [{ placeId: world.jizzakh, choice: 'f', target: 3 }, { placeId: world.zomin, choice: '', target: 2 }]);
			await expect(setTargets(tx, may, [{ placeId: world.samarkand, choice: '', target: 1 }])).rejects.toMatchObject({ code: 'target.place-unknown' });
			await expect(setTargets(tx, may, [{ placeId: world.jizzakh, choice: 'x', target: 1 }])).rejects.toMatchObject({ code: 'target.choice-unknown' });
			await putAnswers(tx, world, roundId, [{ '/data/sex': 'f' }, { '/data/sex': 'm' }]);
			const progress = await roundProgress(tx, await permit(tx, verbs.followRound, roundId), 'Asia/Tashkent', 'en');
			expect(progress.places.map((row) => [row.placeId, row.choice, row.received, row.target])).toEqual([
				[world.jizzakh, null, 2, 3], [world.jizzakh, 'Woman', 1, 3], [world.zomin, null, 0, 2]
			]);
			await setTargets(tx, may, [{ placeId: world.zomin, choice: '', target: null }]);
			expect(await tx.selectFrom('assessment.roundTarget').select('choice').where('roundId', '=', roundId).execute()).toEqual([{ choice: 'f' }]);
			await planRound(tx, await permit(tx, verbs.planRound, roundId), plan);
			expect(await tx.selectFrom('assessment.roundTarget').select('choice').where('roundId', '=', roundId).execute()).toEqual([]);
		}));
	it('come in from a file with a preview, all or nothing', () =>
		inRound(async (tx, world, roundId) => {
			const target = { programmeId: world.programmeId, roundId };
			const take = async (text: string) => {
				const file = await targetImporter.upload(tx, target, { name: 'a.csv', bytes: new TextEncoder().encode(text) });
				const { plan: shown, digest } = await targetImporter.preview(tx, target, file);
				return { shown, confirm: () => targetImporter.confirm(tx, target, file, digest) };
			};
			const bad = await take('place,target\nUZ-JI,40\nZomin,many\nUZ-SA,3\nUZ-JI,4\n');
			expect(bad.shown.rows.map((row) => [row.action, row.reasons.map((reason) => reason.code)])).toEqual([
				['add', []], ['error', ['import.target-number']], ['error', ['import.target-place']], ['error', ['import.twice']]
			]);
			await expect(bad.confirm()).rejects.toMatchObject({ code: 'import.has-errors' });
			const good = await take('place,target\nUZ-JI,40\nZomin,1 200\n');
			await good.confirm();
			expect((await tx.selectFrom('assessment.roundTarget').select('target').where('roundId', '=', roundId).orderBy('target').execute()).map((row) => row.target)).toEqual([40, 1200]);
			const again = await take('place,target\nUZ-JI,40\nZomin,\n');
			expect(again.shown.counts).toMatchObject({ unchanged: 1, change: 1 });
			await again.confirm();
			expect(await tx.selectFrom('assessment.roundTarget').select('target').where('roundId', '=', roundId).execute()).toEqual([{ target: 40 }]);
		}));
});

it('gives each verb of running a round to the roles it names and to nobody else', () =>
	inRound(async (tx, world, roundId) => {
		const teamId = await made(tx, roundId);
		const makers = ['coordinator', 'analyst'];
		for (const role of roles) {
			await asActor(tx, world.person[role], async () => {
				const may = [
					await mayI(tx, verbs.planRound, roundId), await mayI(tx, verbs.setTargets, roundId), await mayI(tx, verbs.importTargets, { programmeId: world.programmeId, roundId }),
					await mayI(tx, verbs.makeTeam, roundId), await mayI(tx, verbs.editTeam, teamId)
				];
				expect([role, may]).toEqual([role, may.map(() => makers.includes(role))]);
				expect([role, await mayI(tx, verbs.followRound, roundId)]).toEqual([role, ['coordinator', 'analyst', 'reviewer'].includes(role)]);
			});
		}
		await asActor(tx, world.stranger, async () => expect(await mayI(tx, verbs.followRound, roundId)).toBe(false));
	}));
