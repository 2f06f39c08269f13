import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { system, type Actor } from '#platform/actor.ts';
import { asActor, inTransaction, type Tx } from '#platform/database.server.ts';
import { mayI, permit, roles } from '#platform/permit.server.ts';
import { asProblem } from '#platform/thrown-problem.ts';
import { draftGap, openGap } from '#modules/gaps/commands.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { getGap } from '#modules/gaps/queries.server.ts';
import { adoptResult, cancelSession, draftSession, scoreAgain, showSpread, startSession } from '#modules/gaps/sessions/commands.server.ts';
import { getSession, notesOf, progressOf, sessionByCode, spreadsOf, votesOf } from '#modules/gaps/sessions/queries.server.ts';
import { codeFields, codeFrom, spreadOf, type Counts } from '#modules/gaps/sessions/session.ts';
import { castVote, enterSheet, joinSession } from '#modules/gaps/sessions/vote-commands.server.ts';
import { rolledBack, useDatabase } from '../database.ts';
import { makeWorld, type World } from '../personas.ts';
import { makeEvidence, settle, words } from '../thread/whole.ts';

useDatabase();

type Scene = { world: World; gaps: string[]; session: string };

async function setScene(tx: Tx): Promise<Scene> {
	const world = await makeWorld(tx);
	const { findingId } = await makeEvidence(tx, world);
	return asActor(tx, world.person.coordinator, async () => {
		const gaps: string[] = [];
		for (const title of ['A', 'B']) {
			const id = await draftGap(tx, await permit(tx, verbs.draftGap, { programmeId: world.programmeId }), { title: words(title), description: {}, forWhom: {}, barrier: 'access', placeId: null, findings: [findingId] });
			await openGap(tx, await permit(tx, verbs.openGap, id));
			gaps.push(id);
		}
		const session = await draftSession(tx, await permit(tx, verbs.draftSession, { programmeId: world.programmeId }), { title: words('Sessiya'), placeId: null, gaps });
		await settle(tx);
		return { world, gaps, session };
	});
}
const inScene = (work: (tx: Tx, scene: Scene) => Promise<void>): Promise<void> => rolledBack(system('first-run'), async (tx) => work(tx, await setScene(tx)));

async function refusal(tx: Tx, actor: Actor, work: () => Promise<unknown>): Promise<string | undefined> {
	await sql`savepoint asked`.execute(tx);
	try {
		await asActor(tx, actor, work);
		return undefined;
	} catch (thrown) {
		return asProblem(thrown)?.code ?? String(thrown);
	} finally {
		await sql`rollback to savepoint asked`.execute(tx);
	}
}

const run = async (tx: Tx, { world, session }: Scene, move: typeof startSession): Promise<void> =>
	asActor(tx, world.person.coordinator, async () => {
		await move(tx, await permit(tx, verbs.runSession, session));
	});
const join = (tx: Tx, actor: Actor, session: string): Promise<string> => asActor(tx, actor, async () => joinSession(tx, await permit(tx, verbs.joinSession, session)));
const say = async (tx: Tx, actor: Actor, voice: string, gapId: string, severity: number, feasibility: number, note: string | null = null): Promise<void> =>
	asActor(tx, actor, async () => castVote(tx, await permit(tx, verbs.vote, voice), { gapId, severity, feasibility, note }));

describe('the spread of some scores', () => {
	it('has the median and quartiles that ordering them by hand gives, and counts who is far from it', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 30 }), (scores) => {
				const counts = [1, 2, 3, 4, 5].map((score) => scores.filter((each) => each === score).length);
				const [a = 0, b = 0, c = 0, d = 0, e = 0] = counts;
				const spread = spreadOf([a, b, c, d, e] satisfies Counts);
				const sorted = [...scores].sort((x, y) => x - y);
				const at = (list: number[]): number | null => (list.length === 0 ? null : list.length % 2 === 1 ? (list[(list.length - 1) / 2] ?? 0) : ((list[list.length / 2 - 1] ?? 0) + (list[list.length / 2] ?? 0)) / 2);
				const median = at(sorted);
				expect([spread.n, spread.median]).toEqual([scores.length, median]);
				if (scores.length > 1) {
					expect(spread.lower).toBe(at(sorted.slice(0, Math.floor(sorted.length / 2))));
					expect(spread.upper).toBe(at(sorted.slice(Math.ceil(sorted.length / 2))));
				}
				expect(spread.apart).toBe(sorted.filter((score) => Math.abs(score - (median ?? 0)) >= 2).length);
			})
		);
	});
	it('is joined by a code that nobody misreads, however it is typed', () => {
		fc.assert(fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), (bytes) => {
			const code = codeFrom(bytes);
			expect(code).toMatch(/^[A-HJ-NP-Z2-9]{6}$/);
			expect(codeFields.parse({ code: ` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)} ` }).code).toBe(code);
		}));
		for (const code of ['', 'ABC', 'ABCDE0', 'ABCDEFG', "ABCDE'", 'A'.repeat(50)]) expect(codeFields.safeParse({ code }).success).toBe(false);
	});
});

describe('a session', () => {
	it('shows nobody another\'s scores, and the spread only when the turn is over', () =>
		inScene(async (tx, scene) => {
			const { world, gaps: [a = ''], session } = scene;
			await run(tx, scene, startSession);
			const { member, official, coordinator, analyst } = world.person;
			const [hers, his] = [await join(tx, member, session), await join(tx, official, session)];
			await say(tx, member, hers, a, 5, 1, 'Chunki');
			await say(tx, official, his, a, 2, 4);
			for (const actor of [member, official, coordinator, analyst]) {
				await asActor(tx, actor, async () => {
					expect([await spreadsOf(tx, session), await notesOf(tx, session)]).toEqual([[], []]);
					expect(await progressOf(tx, session)).toEqual({ voices: 2, whole: 0 });
				});
			}
			await asActor(tx, official, async () => {
				expect(await votesOf(tx, hers, 1)).toEqual([]);
				expect((await tx.selectFrom('gaps.vote').select('severity').execute()).map((vote) => vote.severity)).toEqual([2]);
			});
			await asActor(tx, coordinator, async () => expect(await tx.selectFrom('gaps.vote').selectAll().execute()).toEqual([]));
			expect(await refusal(tx, official, () => say(tx, official, hers, a, 1, 1))).toBe('not-permitted');
			await run(tx, scene, showSpread);
			await asActor(tx, analyst, async () => {
				const [spread] = await spreadsOf(tx, session);
				expect([spread?.severity.counts, spread?.feasibility.counts]).toEqual([[0, 1, 0, 0, 1], [1, 0, 0, 1, 0]]);
				expect(await notesOf(tx, session)).toEqual([{ gapId: a, turn: 1, note: 'Chunki' }]);
				expect(await tx.selectFrom('gaps.vote').selectAll().execute()).toEqual([]);
			});
			for (const actor of [world.person.donor, world.person.collector, world.person.administrator, world.stranger]) {
				await asActor(tx, actor, async () => expect([await spreadsOf(tx, session), await notesOf(tx, session), (await progressOf(tx, session)).voices]).toEqual([[], [], 0]));
			}
		}));
	it('takes votes while a turn is open and not afterwards; a second turn leaves the first as it was', () =>
		inScene(async (tx, scene) => {
			const { world, gaps: [a = '', b = ''], session } = scene;
			const { member } = world.person;
			const voice = await join(tx, member, session);
			expect(await refusal(tx, member, () => say(tx, member, voice, a, 3, 3))).toBe('session.not-scoring');
			await run(tx, scene, startSession);
			await say(tx, member, voice, a, 3, 3);
			await say(tx, member, voice, a, 4, 3);
			await say(tx, member, voice, b, 1, 5);
			await asActor(tx, member, async () => expect(await progressOf(tx, session)).toEqual({ voices: 1, whole: 1 }));
			await run(tx, scene, showSpread);
			expect(await refusal(tx, member, () => say(tx, member, voice, a, 5, 5))).toBe('session.not-scoring');
			expect(await refusal(tx, member, () => tx.updateTable('gaps.vote').set({ severity: 5 }).where('voiceId', '=', voice).execute())).toBe('session.not-scoring');
			await run(tx, scene, scoreAgain);
			await say(tx, member, voice, a, 5, 3);
			await asActor(tx, member, async () => {
				expect((await spreadsOf(tx, session)).map((spread) => [spread.turn, spread.severity.median])).toEqual(expect.arrayContaining([[1, 4], [1, 1]]));
				expect((await votesOf(tx, voice, 2)).filter((vote) => vote.gapId === a).map((vote) => [vote.turn, vote.severity]).sort()).toEqual([[1, 4], [2, 5]]);
			});
		}));
	it('adopts the medians with who was far from them, for the gaps that are open still', () =>
		inScene(async (tx, scene) => {
			const { world, gaps: [a = '', b = ''], session } = scene;
			const { member, official, analyst, coordinator } = world.person;
			await run(tx, scene, startSession);
			const said: [Actor, number, number][] = [[member, 5, 2], [official, 2, 4], [analyst, 5, 3]];
			for (const [actor, severity, feasibility] of said) await say(tx, actor, await join(tx, actor, session), a, severity, feasibility);
			const sheet = await asActor(tx, coordinator, async () => enterSheet(tx, await permit(tx, verbs.enterSheet, session), 'mahalla ayollari'));
			await say(tx, coordinator, sheet, a, 4, 3);
			await run(tx, scene, showSpread);
			await asActor(tx, coordinator, async () => {
				await adoptResult(tx, await permit(tx, verbs.adoptSession, session));
				const gap = await getGap(tx, world.programmeId, a);
				expect([Number(gap.severity), Number(gap.feasibility), gap.sessionId]).toEqual([4.5, 3, session]);
				expect((await getGap(tx, world.programmeId, b)).severity).toBeNull();
				const kept = (await getSession(tx, world.programmeId, session)).gaps.find((each) => each.id === a);
				expect(kept?.dissent).toEqual({ severity: 1, feasibility: 0, severityOf: 4, feasibilityOf: 4 });
			});
			for (const move of [startSession, showSpread, scoreAgain, cancelSession]) expect(await refusal(tx, coordinator, async () => move(tx, await permit(tx, verbs.runSession, session)))).toBe('session.moved-on');
			expect(await refusal(tx, member, async () => joinSession(tx, await permit(tx, verbs.joinSession, session)))).toBeUndefined();
			expect(await refusal(tx, world.person.reviewer, async () => joinSession(tx, await permit(tx, verbs.joinSession, session)))).toBe('session.over');
		}));
	it('of the whole programme is joined, and scored in, by who reads gaps in a part of it alone', () =>
		inScene(async (tx, scene) => {
			const { world, gaps: [a = ''], session } = scene;
			await run(tx, scene, startSession);
			for (const actor of [world.memberInJizzakh, world.officialInJizzakh]) await say(tx, actor, await join(tx, actor, session), a, 4, 2);
			expect(await refusal(tx, world.memberInJizzakh, async () => permit(tx, verbs.enterSheet, session))).toBe('not-permitted');
			await run(tx, scene, showSpread);
			const spreads = await asActor(tx, world.memberInJizzakh, () => spreadsOf(tx, session));
			expect(spreads.map(({ gapId, severity }) => [gapId, severity.n, severity.median])).toEqual([[a, 2, 4]]);
		}));
	it('is run by coordinators, joined by who reads gaps, by its code and once; a sheet of paper is the moderator\'s', () =>
		inScene(async (tx, scene) => {
			const { world, session } = scene;
			for (const role of roles) {
				await asActor(tx, world.person[role], async () => {
					const reads = ['coordinator', 'member', 'analyst', 'reviewer', 'official'].includes(role);
					const may = [await mayI(tx, verbs.joinSession, session), await mayI(tx, verbs.runSession, session), await mayI(tx, verbs.adoptSession, session), await mayI(tx, verbs.enterSheet, session)];
					expect([role, may]).toEqual([role, [reads, role === 'coordinator', role === 'coordinator', role === 'coordinator']]);
				});
			}
			const { member, coordinator, official } = world.person;
			await asActor(tx, member, async () => {
				const { session: row } = await getSession(tx, world.programmeId, session);
				expect(await sessionByCode(tx, world.programmeId, row.code)).toBe(session);
			});
			expect(await refusal(tx, world.stranger, () => sessionByCode(tx, world.programmeId, 'ABCDEF'))).toBe('not-found');
			expect(await join(tx, member, session)).toBe(await join(tx, member, session));
			const sheet = await asActor(tx, coordinator, async () => enterSheet(tx, await permit(tx, verbs.enterSheet, session), 'qizlar guruhi'));
			expect(await refusal(tx, member, async () => permit(tx, verbs.vote, sheet))).toBe('not-permitted');
			// Past the commands: a voice in somebody else's name, a sheet by who does not moderate.
			const row = { id: crypto.randomUUID(), programmeId: world.programmeId, sessionId: session };
			expect(await refusal(tx, official, () => tx.insertInto('gaps.voice').values({ ...row, personId: world.person.analyst.personId, enteredBy: official.personId }).execute())).toContain('voice_check');
			expect(await refusal(tx, official, () => tx.insertInto('gaps.voice').values({ ...row, label: 'guruh', enteredBy: official.personId }).execute())).toBe('not-permitted');
		}));
});

describe('two people at once', () => {
	it('of whom one votes while the other ends the turn: the vote is in the spread, or is refused', async () => {
		for (let i = 0; i < 6; i++) {
			const scene = await inTransaction(system('first-run'), setScene);
			const { world, gaps: [a = ''], session } = scene;
			const { coordinator, member } = world.person;
			const voice = await inTransaction(member, async (tx) => join(tx, member, session));
			await inTransaction(coordinator, async (tx) => run(tx, scene, startSession));
			const [, voted] = await Promise.all([
				inTransaction(coordinator, async (tx) => run(tx, scene, showSpread)),
				inTransaction(member, async (tx) => say(tx, member, voice, a, 4, 4)).then(() => true, (thrown: unknown) => asProblem(thrown)?.code)
			]);
			expect([true, 'session.not-scoring']).toContain(voted);
			await inTransaction(member, async (tx) => expect(await spreadsOf(tx, session)).toHaveLength(voted === true ? 1 : 0));
		}
	});
	it('who join on two phones under one name are one voice, and who move a session on do so once', async () => {
		const scene = await inTransaction(system('first-run'), setScene);
		const { world, session } = scene;
		const { coordinator, member } = world.person;
		const voices = await Promise.all([1, 2, 3].map(() => inTransaction(member, async (tx) => join(tx, member, session))));
		expect(new Set(voices).size).toBe(1);
		const moves = await Promise.all([1, 2].map(() => inTransaction(coordinator, async (tx) => run(tx, scene, startSession)).then(() => null, (thrown: unknown) => asProblem(thrown)?.code)));
		expect(moves.sort()).toEqual([null, 'session.moved-on'].sort());
	});
});
