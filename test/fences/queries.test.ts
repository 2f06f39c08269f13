import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { exportSubmissions, readSubmissions } from '#modules/assessment/permits.ts';
import { publicActor, systemTasks, system, type Actor } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { Problem } from '#platform/problem.ts';
import { useDatabase } from '../database.ts';
import { deep } from '../deep.ts';
import { everyQuery, type Query } from './every-query.ts';
import { Oracle, type Row } from './oracle.ts';
import { idsOf, lists, readsAnswers, records, type Asked } from './query-oracle.ts';
import { inWorld, type World } from './query-world.ts';
import { choices, roleNames } from './world.ts';

useDatabase();

const wanted = deep ? 20_000 : 2_000;

/** Somebody who asks: as the program states her, and as the oracle knows her. */
type Asker = { readonly name: string; readonly actor: Actor; readonly oracle: Oracle; readonly nobody?: boolean };
/** Draws one of some things, the same each time for the same seed. */
type Draw = <T>(things: readonly T[]) => T | undefined;
type Setting = { readonly world: World; readonly programme: string; readonly query: Query; readonly draw: Draw; readonly asker: Asker };

const everything = { search: '', place: undefined, state: undefined, organisation: undefined, offset: 0, pageSize: 1000, sort: undefined, page: 1, columns: new Set<string>() };
const anyRow = ({ world, draw }: Setting, table: string): Row => draw(world.rows.get(table) ?? []) ?? {};
const anyId = (setting: Setting, table: string): unknown => anyRow(setting, table)['id'];
/** A row that is meant by an `id`: of the table the query is about, or of any. */
function meantId(setting: Setting): unknown {
	const table = records[setting.query.name] ?? idTables[setting.query.name] ?? setting.draw([...setting.world.rows.keys()].filter((name) => setting.world.rows.get(name)?.[0]?.['id'] !== undefined));
	return table === undefined ? undefined : anyId(setting, table);
}
const idTables: Readonly<Record<string, string>> = {
	'assessment.getAnswer': 'assessment.submission',
	'assessment/coding.getInterview': 'assessment.interview',
	'assessment/collection.listVersions': 'assessment.submission',
	'assessment/collection.listReviews': 'assessment.submission',
	'network.programmePlan': 'network.programme',
	'network.getProgramme': 'network.programme',
	'thread.downstream': 'gaps.gap'
};

/** What a parameter of this name is given. A name that is not here fails the test: say what belongs there. */
const given: Readonly<Record<string, (setting: Setting) => unknown>> = {
	programmeId: ({ programme }) => programme,
	id: meantId,
	roundId: (setting) => anyId(setting, 'assessment.round'),
	roundIds: ({ world }) => (world.rows.get('assessment.round') ?? []).map((row) => row['id']),
	versionId: (setting) => anyId(setting, 'assessment.instrument_version'),
	owner: (setting) => setting.draw([{ versionId: anyId(setting, 'assessment.instrument_version') }, { draftId: anyId(setting, 'assessment.instrument_draft') }]),
	draftId: (setting) => anyId(setting, 'assessment.instrument_draft'),
	named: () => [],
	listId: (setting) => anyId(setting, 'assessment.entity_list'),
	xform: () => '<x/>',
	name: () => 'q',
	familyId: (setting) => anyRow(setting, 'assessment.figure')['family_id'] ?? anyId(setting, 'assessment.round'),
	findingIds: ({ world }) => (world.rows.get('assessment.finding') ?? []).map((row) => row['id']),
	gapId: (setting) => anyId(setting, 'gaps.gap'),
	gap: (setting) => ({ id: anyId(setting, 'gaps.gap'), severity: '3', feasibility: null, peopleLow: null, peopleHigh: null, peopleSource: null, sessionId: null }),
	sessionId: (setting) => anyId(setting, 'gaps.session'),
	voiceId: (setting) => anyId(setting, 'gaps.voice'),
	turn: () => 1,
	today: () => '2026-06-01',
	weights: () => undefined,
	code: () => 'ABCDEF',
	personId: (setting) => anyId(setting, 'network.person'),
	placeId: (setting) => setting.draw([null, anyId(setting, 'network.place')]),
	at: (setting) => setting.draw([null, anyId(setting, 'network.place')]),
	ids: ({ world }) => (world.rows.get('network.person') ?? []).map((row) => row['id']),
	codingId: (setting) => anyId(setting, 'assessment.coding'),
	most: () => 50,
	figure: (setting) => {
		const row = anyRow(setting, 'assessment.figure');
		return { roundId: row['round_id'] ?? anyId(setting, 'assessment.round'), comparedRoundId: row['compared_round_id'] ?? null, cutOff: new Date(0) };
	},
	assessmentId: (setting) => anyId(setting, 'assessment.service_assessment'),
	setId: (setting) => anyId(setting, 'assessment.scoring_set'),
	side: ({ draw }) => draw(['civil_society', 'authority']),
	revision: ({ draw }) => draw([1, 2]),
	area: () => '',
	'{ assessment, areas }': (setting) => {
		const row = anyRow(setting, 'assessment.service_assessment');
		return { assessment: { id: row['id'] ?? anyId(setting, 'assessment.round'), serviceId: row['service_id'] ?? anyId(setting, 'network.organisation'), roundNumber: 1e6, instrumentVersionId: row['instrument_version_id'] }, areas: [] };
	},
	briefingId: (setting) => anyId(setting, 'policy.briefing') ?? anyId(setting, 'assessment.round'),
	instrument: () => ({ formId: 'f', title: 'f', version: '1', root: 'data', languages: [], defaultLanguage: 'default', questions: [], metadata: [] }),
	query: () => everything,
	table: () => everything,
	filter: ({ query }) => (query.name.endsWith('.listOrganisations') ? { search: '', type: '', placeId: '', validToday: false } : query.name.endsWith('.listFlags') ? { rule: '', dismissed: false } : query.name.includes('Answers') ? { flagged: false, question: null, answer: '' } : query.name.startsWith('thread.') ? {} : everything),
	'{ search': () => ({}),
	state: () => null,
	locale: () => 'uz',
	submissionId: (setting) => anyId(setting, 'assessment.submission'),
	teamId: (setting) => anyId(setting, 'assessment.team'),
	timeZone: () => 'Asia/Tashkent',
	joint: () => false,
	'{ offset, pageSize, descending }': () => ({ offset: 0, pageSize: 1000, descending: true }),
	formId: () => 'f',
	slug: (setting) => String(anyRow(setting, 'policy.briefing')['slug'] ?? 'none'),
	question: () => 'q',
	words: () => 'zq',
	deepest: () => 'district',
	types: () => undefined,
	readers: () => [...roleNames],
	wanted: () => ['gap', 'finding', 'result', 'recommendation', 'commitment', 'change', 'figure', 'document', 'quotation', 'training', 'plan', 'priority', 'briefing'],
	clock: () => ({ today: '2026-06-01', moment: new Date('2026-06-01') }),
	who: ({ asker }) => ({ personId: asker.actor.kind === 'person' ? asker.actor.personId : '', speaksFor: new Set(), coordinates: true })
};

/** What came of asking: an answer, or a refusal with its status. */
type Outcome = { readonly answer: unknown; readonly refused?: undefined } | { readonly refused: number; readonly answer?: undefined };

async function ask(tx: Tx, { asker, ...rest }: Setting, asked: Asked): Promise<Outcome> {
	await sql`savepoint asked`.execute(tx);
	try {
		return await asActor(tx, asker.actor, async () => {
			if (asker.nobody) await sql`select set_config('app.actor_kind', '', true), set_config('app.actor_id', '', true)`.execute(tx);
			const [first] = asked;
			const permitted = rest.query.parameters[0] === 'permit' ? [await permit(tx, rest.query.name.includes('export') ? exportSubmissions : readSubmissions, String(first)), ...asked.slice(1)] : asked;
			return { answer: await rest.query.call(tx, ...permitted) };
		});
	} catch (thrown) {
		if (!(thrown instanceof Problem) || thrown.status >= 500) throw new Error(`${rest.query.name} asked by ${asker.name} failed`, { cause: thrown });
		return { refused: thrown.status };
	} finally {
		await sql`rollback to savepoint asked`.execute(tx);
	}
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const word = /zq[0-9a-z]+?zq/g;
/** Ids and words in something, however deep. */
function wordsIn(value: unknown): Set<string> {
	const text = JSON.stringify(value, (_, each: unknown) => (each instanceof Map ? [...each] : each instanceof Set ? [...each] : typeof each === 'bigint' ? String(each) : each)) ?? '';
	return new Set([...text.matchAll(uuid), ...text.matchAll(word)].map(([found]) => found));
}

/** Everything that stands in rows the asker may see. */
function known({ rows }: World, oracle: Oracle): Set<string> {
	const all = new Set<string>();
	for (const [table, each] of rows) for (const row of each) if (oracle.sees(table, row)) for (const found of wordsIn(row)) all.add(found);
	return all;
}

/** Asks one query as one person and compares with the oracle. */
async function compare(tx: Tx, setting: Setting, mine: ReadonlySet<string>): Promise<void> {
	const { query, asker, world } = setting;
	const asked = query.parameters.map((name) => (name === 'permit' ? anyId(setting, 'assessment.round') : given[name]?.(setting)));
	const outcome = await ask(tx, setting, asked);
	const saying = `${query.name} asked by ${asker.name}`;
	// Nothing is told that does not stand in a row the asker may see, or in her own question.
	const told = [...wordsIn(outcome.answer)].filter((each) => !mine.has(each) && !wordsIn(asked).has(each));
	expect(told, `${saying} tells what she may not see`).toEqual([]);
	const sees = (table: string, row: Row): boolean => !asker.nobody && asker.oracle.sees(table, row);
	// A task reads the tables of its work alone: of what a page puts together it may find less, never more.
	const partly = asker.actor.kind === 'system';
	const list = lists[query.name];
	if (list && outcome.refused === undefined) {
		const { beside } = list;
		const stands = (row: Row): boolean => (!list.analysed || readsAnswers(asker.oracle, row)) && (!beside || (world.rows.get(beside.table) ?? []).some((other) => other['id'] === row[beside.key] && sees(beside.table, other)));
		const expected = (world.rows.get(list.table) ?? []).filter((row) => list.of(row, asked, world.rows) && sees(list.table, row) && stands(row)).map((row) => String(row['id']));
		const got = (list.ids ?? idsOf)(outcome.answer).map(String);
		if (partly) expect(got.filter((id) => !expected.includes(id)), saying).toEqual([]);
		else expect(got.sort(), saying).toEqual(expected.sort());
	}
	const table = records[query.name];
	if (table) {
		const row = world.rows.get(table)?.find((each) => each['id'] === asked[1]);
		const may = row !== undefined && row['programme_id'] === asked[0] && sees(table, row);
		if (!partly || !may) expect(outcome.refused ?? 200, saying).toBe(may ? 200 : 404);
	}
	if (query.parameters[0] === 'permit') {
		const round = world.rows.get('assessment.round')?.find((row) => row['id'] === asked[0]);
		if (outcome.refused === undefined) expect(!asker.nobody && readsAnswers(asker.oracle, round), saying).toBe(true);
	}
}

function askers({ cast, rows }: World): Asker[] {
	const asked = (name: string, actor: Actor, kind: 'person' | 'token' | 'public' | 'system' | 'nobody', id: string): Asker => ({
		name, actor, oracle: new Oracle(rows, { kind, id }), ...(kind === 'nobody' ? { nobody: true } : {})
	});
	return [
		...cast.people.map((id, n) => asked(`person ${n}`, { kind: 'person', personId: id }, 'person', id)),
		...cast.tokens.map((id, n) => asked(`link ${n}`, { kind: 'token', tokenId: id }, 'token', id)),
		asked('the public', publicActor, 'public', 'public'),
		...systemTasks.map((task) => asked(`the task ${task}`, system(task), 'system', task)),
		asked('nobody', publicActor, 'nobody', '')
	];
}

describe('every query', () => {
	it('has parameters that this test knows what to give for', async () => {
		const queries = await everyQuery();
		expect(queries.length).toBeGreaterThan(70);
		expect(queries.flatMap(({ name, parameters }) => parameters.filter((each) => each !== 'permit' && !given[each]).map((each) => `${name}: ${each}`))).toEqual([]);
		const names = new Set(queries.map(({ name }) => name));
		expect([...Object.keys(lists), ...Object.keys(records)].filter((name) => !names.has(name)), 'expectations of queries that are gone').toEqual([]);
	});

	it('tells everybody what the oracle says she may see, and nothing else', { timeout: 900_000 }, async () => {
		const queries = await everyQuery();
		let compared = 0;
		await fc.assert(
			fc.asyncProperty(choices, fc.nat(), (choice, seed) =>
				inWorld(choice, async (tx, world) => {
					let state = seed;
					const draw: Draw = (things) => {
						state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
						return things[Math.floor((state / 2 ** 32) * things.length)];
					};
					for (const asker of askers(world)) {
						const mine = asker.nobody ? new Set<string>() : known(world, asker.oracle);
						for (const query of queries) {
							const programme = draw(world.cast.programmes) ?? '';
							await compare(tx, { world, programme, query, draw, asker }, mine);
							compared++;
						}
					}
				})
			),
			{ numRuns: deep ? 14 : 2, endOnFailure: true }
		);
		expect(compared).toBeGreaterThanOrEqual(wanted);
	});
});
