import fc from 'fast-check';
import { sql } from 'kysely';
import { DatabaseError } from 'pg';
import { expect, it } from 'vitest';
import { publicActor, systemTasks, system, type Actor } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { owner, useDatabase } from '../database.ts';
import { deep } from '../deep.ts';
import { Oracle, type Row } from './oracle.ts';
import { inWorld, type World } from './query-world.ts';
import { choices } from './world.ts';

useDatabase();

/**
 * Functions that see past the fence and hand out rows or numbers. Each stands here with what it tells and to whom; one that is
 * not here fails the test. (Those that answer yes, no or the asker's own ids are described in the database alone.)
 */
const known: Readonly<Record<string, string>> = {
	'assessment.declined': 'a count, to who works in the programme; counted below',
	'assessment.agreed_results': 'which signed results the asker may see because their service agreed; ids',
	'assessment.erase_submission': 'writes, and counts what it erased, for who may erase it',
	'assessment.erasure_of': 'counts of what an erasure would take, for who may erase it; counted below',
	'assessment.fed_count': 'about the asking feed alone',
	'assessment.fed_form': 'about the asking feed alone',
	'assessment.find_receipt': 'when and where, to coordinators of the whole programme; counted below',
	'assessment.flag_counts': 'counts, to who runs the round; counted below',
	'assessment.withdrawn_evidence': 'which pieces are withdrawn, by their ids, to who reads evidence in the programme; asked by everybody in queries.test.ts',
	'policy.withdrawn_on': 'when a published briefing was withdrawn and its programme’s time zone, to whoever has its address; told beside its module',
	'policy.fallen_since': 'what of a published briefing has been withdrawn since, to whoever may read the briefing; told beside its module',
	'assessment.pieces_of': 'what findings one sees rest on, without content, to who sees the findings; asked by everybody in queries.test.ts',
	'assessment.my_sides': 'about the asker alone',
	'assessment.progress': 'counts, to who runs the round; counted below',
	'assessment.received': 'a count, to who works in the programme; counted below',
	'assessment.received_as': 'whether this very form has arrived, to who sends it; counted below',
	'assessment.reopened': 'their own answers, to who sent them, while a review asks about them; counted below',
	'assessment.reopened_files': 'the files of those; counted below',
	'assessment.strike_attachment': 'writes, and which contents may be unused now, for named analysts who may strike; tried below and beside its module',
	'assessment.sent_by_me': 'how what the asker sent stands, and the note of its last review; counted below',
	'assessment.rounds_to_look': 'which rounds have something new, to the task of quality; counted below',
	'assessment.team_candidates': 'who takes part and for which organisation, to who puts teams together; counted below',
	'assessment.scoring_counts': 'how many criteria each side has scored, to who runs the round and who scores, of the assessments they see; tried below and beside its module',
	'assessment.together': 'a closed set of scores together, never of fewer than three services; tried beside its module',
	'assessment.shown_to_donors': 'results whose service agreed to publication, to donors; tried beside its module',
	'assessment.team_lacks': 'which side a team still lacks, by its id, as a code',
	'assessment.unused_content': 'which of the contents named nobody uses any more',
	'gaps.session_notes': 'what was noted beside scores, without a name and only of turns that are over, to who sees the session; asked in queries.test.ts',
	'gaps.session_progress': 'counts, to who sees the session; asked in queries.test.ts',
	'gaps.spread': 'how often each score was given in turns that are over, to who sees the session; asked in queries.test.ts',
	'network.holders': 'names and roles, to who takes part in the programme; counted below',
	'network.next_number': 'writes; the next number of a series, to who writes in the programme; tried below',
	'platform.sealable': 'entries of the journal, to the task that seals it; counted below'
};

it('is explained by this list, whatever sees past the fence and hands out rows or numbers', async () => {
	const { rows } = await owner.query<{ name: string }>(`select distinct p.pronamespace::regnamespace || '.' || p.proname as name from pg_proc p
		where p.prosecdef and (p.proretset or p.prorettype in ('int'::regtype, 'bigint'::regtype, 'numeric'::regtype, 'jsonb'::regtype, 'text'::regtype))
			and has_function_privilege('hamkor_app', p.oid, 'execute')
			and p.pronamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'graphile_worker') order by 1`);
	expect(rows.map(({ name }) => name).filter((name) => known[name] === undefined)).toEqual([]);
});

type Roles = readonly string[];
/** What one asker may be told, from the grants alone. */
class Expected {
	readonly #world: World;
	readonly #person: string;
	constructor(world: World, actor: Actor) {
		this.#world = world;
		this.#person = actor.kind === 'person' ? actor.personId : '';
	}
	rows = (table: string): readonly Row[] => this.#world.rows.get(table) ?? [];
	holds = (programme: unknown, roles?: Roles, whole = false): boolean =>
		this.rows('network.role_grant').some(
			(row) =>
				row['person_id'] === this.#person && row['programme_id'] === programme && row['ended_at'] === null &&
				(roles === undefined || roles.includes(String(row['role']))) && (!whole || row['place_id'] === null)
		);
	runs = (round: Row): boolean =>
		this.holds(round['programme_id'], ['coordinator', 'analyst', 'reviewer']) ||
		this.named(round);
	named = (round: Row): boolean =>
		this.holds(round['programme_id'], ['coordinator', 'member', 'analyst', 'reviewer', 'official']) &&
		this.rows('assessment.round_analyst').some((row) => row['round_id'] === round['id'] && row['person_id'] === this.#person);
	standing = (round: Row): Row[] => this.rows('assessment.submission').filter((row) => row['round_id'] === round['id'] && row['superseded_by'] === null);
}

async function counts(tx: Tx, round: Row): Promise<Record<string, number>> {
	const { rows } = await sql<Record<string, number>>`select
		(select submissions::int from assessment.received(${round['id']})) as received,
		(select (declined + stopped)::int from assessment.declined(${round['id']})) as declined,
		(select coalesce(sum(received + rejected), 0)::int from assessment.progress(${round['id']}, 'UTC')) as progress,
		(select coalesce(sum(submissions) filter (where rule is not null), 0)::int from assessment.flag_counts(${round['id']})) as flagged,
		(select count(*)::int from network.holders('{coordinator,member,analyst,collector,reviewer,official,donor,administrator}', ${round['programme_id']}, null)) as holders,
		(select count(*)::int from assessment.team_candidates(${round['programme_id']})) as candidates,
		(select count(*)::int from assessment.rounds_to_look()) as to_look,
		(select count(*)::int from platform.sealable()) as sealable`.execute(tx);
	return rows[0] ?? {};
}

it('counts for those alone who may know the count', { timeout: 300_000 }, async () => {
	let compared = 0;
	const found = { back: 0, kept: 0 };
	await fc.assert(
		fc.asyncProperty(choices, (choice) =>
			inWorld(choice, async (tx, world) => {
				const { cast } = world;
				const askers: Actor[] = [
					...cast.people.map((personId): Actor => ({ kind: 'person', personId })),
					...cast.tokens.map((tokenId): Actor => ({ kind: 'token', tokenId })),
					publicActor,
					...systemTasks.map((task) => system(task))
				];
				for (const actor of askers) {
					const may = new Expected(world, actor);
					for (const round of may.rows('assessment.round')) {
						const programme = round['programme_id'];
						const standing = may.standing(round);
						const unrejected = new Set(standing.filter((row) => row['review_state'] !== 'rejected').map((row) => row['id']));
						const flagged = may.rows('assessment.quality_flag').filter((row) => row['dismissed_at'] === null && unrejected.has(row['submission_id']));
						const members = may.rows('network.role_grant').filter((row) => row['programme_id'] === programme && row['ended_at'] === null);
						const expected = {
							received: may.holds(programme, ['coordinator', 'member', 'analyst', 'collector', 'reviewer', 'official']) ? standing.length : 0,
							declined: may.holds(programme, ['coordinator', 'member', 'analyst', 'collector', 'reviewer', 'official'])
								? may.rows('assessment.refusal').filter((row) => row['round_id'] === round['id']).length
								: 0,
							progress: may.runs(round) ? standing.length : 0,
							flagged: may.runs(round) ? flagged.length : 0,
							holders: may.holds(programme) ? members.length : 0,
							candidates: may.holds(programme, ['coordinator', 'analyst']) ? new Set(members.filter((row) => row['role'] !== 'donor').map((row) => `${String(row['person_id'])} ${String(row['organisation_id'])}`)).size : 0
						};
						const mine = actor.kind === 'person' && may.holds(programme, ['coordinator', 'member', 'analyst', 'collector', 'official']) ? standing.filter((row) => row['person_id'] === actor.personId) : [];
						const sent = (await asActor(tx, actor, () => sql<{ submissionId: string; roundId: string; state: string; note: string | null; reopens: boolean }>`select * from assessment.sent_by_me(1000)`.execute(tx))).rows;
						const reopens = round['state'] === 'open' && round['sensitive'] === false;
						expect(sent.filter(({ roundId }) => roundId === round['id']).map(({ submissionId, state, note, reopens: does }) => [submissionId, state, note, does]).sort(), `${JSON.stringify(actor)} about what they sent`).toEqual(
							mine.map((row) => [row['id'], 'has_issues', 'n', reopens]).sort()
						);
						for (const { id } of standing) {
							const back = await asActor(tx, actor, async () => ({
								answers: (await sql`select from assessment.reopened(${id})`.execute(tx)).rows.length,
								files: (await sql`select from assessment.reopened_files(${id})`.execute(tx)).rows.length
							}));
							const theirs = reopens && mine.some((row) => row['id'] === id);
							expect(back, `${JSON.stringify(actor)} opens ${String(id)} again`).toEqual({ answers: theirs ? 1 : 0, files: theirs ? 1 : 0 });
							found[theirs ? 'back' : 'kept'] += 1;
						}
						const { sealable, toLook, ...got } = await asActor(tx, actor, () => counts(tx, round));
						expect(got, `${JSON.stringify(actor)} about ${String(round['id'])}`).toEqual(expected);
						if (!(actor.kind === 'system' && actor.task === 'journal')) expect(sealable, `${JSON.stringify(actor)} reads the journal`).toBe(0);
						if (!(actor.kind === 'system' && actor.task === 'quality')) expect(toLook).toBe(0);
						for (const { instance_id: instance, id } of standing) {
							const sender = actor.kind === 'token' && may.rows('assessment.collection_token').some((row) => row['id'] === actor.tokenId && row['round_id'] === round['id']);
							const mayAsk = sender || may.holds(programme, ['coordinator', 'member', 'analyst', 'collector', 'official']);
							const there = await asActor(tx, actor, async () => ({
								as: (await sql`select from assessment.received_as(${round['id']}, ${instance})`.execute(tx)).rows.length,
								erasable: (await sql`select from assessment.erasure_of(${id})`.execute(tx)).rows.length,
								receipt: (await sql`select from assessment.find_receipt(${programme}, ${instance})`.execute(tx)).rows.length
							}));
							const erases = may.holds(programme, ['coordinator'], true) || (may.named(round) && may.holds(programme, ['coordinator', 'analyst']));
							expect(there).toEqual({ as: mayAsk ? 1 : 0, erasable: erases ? 1 : 0, receipt: may.holds(programme, ['coordinator'], true) ? 1 : 0 });
							const hasFile = may.rows('assessment.attachment').some((row) => row['submission_id'] === id && row['name'] === 'b');
							const strikes = hasFile && may.named(round) && may.holds(programme, ['coordinator', 'analyst']);
							const struck = await tried(tx, actor, async () => (await sql`select from assessment.strike_attachment(${id}, 'b', 'danger', '')`.execute(tx)).rows.length);
							expect(struck, `${JSON.stringify(actor)} strikes a file of ${String(id)}`).toBe(strikes ? 1 : 0);
							compared++;
						}
					}
				}
			})
		),
		{ numRuns: deep ? 20 : 3, endOnFailure: true }
	);
	expect(compared).toBeGreaterThan(50);
	// What does come back is told in sent.test.ts: few of these worlds hold an open round of somebody who may send.
	expect(found.kept).toBeGreaterThan(0);
});

/** Whatever `work` answers, or the code with which the database refused it; nothing of it stays. */
async function tried<T>(tx: Tx, actor: Actor, work: () => Promise<T>): Promise<T | string> {
	await sql`savepoint tried`.execute(tx);
	try {
		return await asActor(tx, actor, work);
	} catch (error) {
		if (error instanceof DatabaseError && error.code !== undefined) return error.code;
		throw error;
	} finally {
		await sql`rollback to savepoint tried`.execute(tx);
	}
}

it('gives a number, and tells how far a scoring is, to nobody beyond the fence', { timeout: 300_000 }, async () => {
	const found = { counted: 0, hidden: 0, given: 0, refused: 0 };
	await fc.assert(
		fc.asyncProperty(choices, (choice) =>
			inWorld(choice, async (tx, world) => {
				const { cast } = world;
				const askers: Actor[] = [...cast.people.map((personId): Actor => ({ kind: 'person', personId })), ...cast.tokens.map((tokenId): Actor => ({ kind: 'token', tokenId })), publicActor];
				for (const actor of askers) {
					const may = new Expected(world, actor);
					const oracle = new Oracle(world.rows, { kind: actor.kind, id: actor.kind === 'person' ? actor.personId : actor.kind === 'token' ? actor.tokenId : 'public' });
					for (const programme of cast.programmes) {
						const number = await tried(tx, actor, async () => (await sql<{ n: number }>`select network.next_number(${programme}, 'gap') as n`.execute(tx)).rows[0]?.n);
						const writes = may.holds(programme, ['coordinator', 'member', 'analyst', 'official']);
						expect(typeof number === 'number' ? 'given' : number, `${JSON.stringify(actor)} in ${programme}`).toBe(writes ? 'given' : '42501');
						found[writes ? 'given' : 'refused'] += 1;
					}
					for (const round of may.rows('assessment.round')) {
						const told = (await asActor(tx, actor, () => sql<{ assessmentId: string }>`select distinct assessment_id from assessment.scoring_counts(${round['id']})`.execute(tx))).rows.map((row) => row.assessmentId);
						const seen = may.rows('assessment.service_assessment').filter((row) => row['round_id'] === round['id']);
						for (const row of seen) {
							const open = oracle.sees('assessment.service_assessment', row);
							if (!open) expect(told, `${JSON.stringify(actor)} about ${String(row['id'])}`).not.toContain(row['id']);
							found[open ? 'counted' : 'hidden'] += 1;
						}
					}
				}
			})
		),
		{ numRuns: deep ? 30 : 4, endOnFailure: true }
	);
	expect(found.given).toBeGreaterThan(0);
	expect(found.refused).toBeGreaterThan(0);
	expect(found.hidden).toBeGreaterThan(0);
});

it('counts submissions by a view that has every column of theirs', async () => {
	const columns = async (name: string): Promise<string[]> =>
		(await owner.query<{ name: string }>('select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by 1', [name])).rows.map((row) => row.name);
	expect(await columns('assessment.counted_submission')).toEqual(await columns('assessment.submission'));
});
