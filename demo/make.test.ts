import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { judgedFigures } from '#modules/policy/briefing/judged.server.ts';
import { objectionsTo } from '#modules/policy/briefing/publish.server.ts';
import { getBriefing } from '#modules/policy/briefing/queries.server.ts';
import { system, type Actor } from '#platform/actor.ts';
import { canonical } from '#platform/canonical.ts';
import { inTransaction } from '#platform/database.server.ts';
import { sealJournal, verifyJournal } from '#platform/journal.server.ts';
import { anyAccount } from '#platform/sign-in/terminal-codes.server.ts';
import { readRegister } from '#modules/gaps/ranking/queries.server.ts';
import { isLive, standing } from '#thread/graph.ts';
import { loadThread } from '#thread/queries.server.ts';
import { statesOf } from '#thread/state.ts';
import { owner, useDatabase } from '../test/database.ts';
import { addPerson } from '../test/personas.ts';
import { dayFrom } from './days.ts';
import { directory } from './directory.ts';
import { madeUp } from './made-up.ts';
import { makeDemonstration } from './make.ts';
import { idOf } from './parts/stage.ts';

const today = '2026-03-02';
let programmeId = '';
let administrator: Actor & { kind: 'person' };

const one = async (sql: string): Promise<unknown> => Object.values((await owner.query(sql)).rows[0] ?? {})[0];
const count = async (table: string, where = 'true'): Promise<number> => Number(await one(`select count(*) from ${table} where ${where}`));
const as = (key: string): Actor & { kind: 'person' } => ({ kind: 'person', personId: idOf(programmeId, 'person', key) });

/** A run that is broken off when it has come so far. */
const brokenOffAt = (most: number): Promise<string> =>
	makeDemonstration({ personId: null, today, progress: async (percent) => { if (percent > most) throw new Error(`broken off at ${percent}`); } });

useDatabase();

describe('the demonstration programme', () => {
	beforeAll(async () => {
		// Broken off in the middle of the answers, then in the middle of the story; the third run makes what is missing.
		await expect(brokenOffAt(35)).rejects.toThrow('broken off');
		expect(await count('assessment.submission')).toBeGreaterThan(100);
		expect(await count('assessment.submission')).toBeLessThan(400);
		await expect(brokenOffAt(75)).rejects.toThrow('broken off');
		expect(await count('assessment.submission')).toBe(400);
		expect(await count('gaps.gap')).toBe(0);
		programmeId = await makeDemonstration({ personId: null, today: '2026-03-09' });
	}, 120_000);

	it('leaves the first run open to whoever will administer the installation, and then lets her in', async () => {
		expect(await anyAccount()).toBe(false);
		administrator = await inTransaction(system('first-run'), (tx) => addPerson(tx, 'administrator'));
		expect(await anyAccount()).toBe(true);
		const before = await one('select row(count(*), max(seq)) from platform.journal');
		expect(await makeDemonstration({ personId: administrator.personId })).toBe(programmeId);
		const granted = await one(`select array_agg(role order by role) from network.role_grant where person_id = '${administrator.personId}'`);
		expect(granted).toEqual(['administrator', 'coordinator']);
		const after = await one('select row(count(*), max(seq)) from platform.journal');
		expect(after).not.toEqual(before);
		await makeDemonstration({ personId: administrator.personId });
		expect(await one('select row(count(*), max(seq)) from platform.journal')).toEqual(after);
	});

	it('is one, marked as such, with the frame of the real one and dates in mid-course', async () => {
		expect(await count('network.programme')).toBe(1);
		const { rows } = await owner.query(
			`select demonstration, starts_on::text as starts, ends_on::text as ends, jsonb_array_length(stages) as stages, jsonb_array_length(outcomes) as outcomes,
				funder_statement ->> 'en' as funder, summary ->> 'en' as summary from network.programme`
		);
		expect(rows).toEqual([{
			demonstration: true, starts: dayFrom(today, -400), ends: dayFrom(today, 330), stages: 4, outcomes: 4,
			funder: 'Funded by the European Union', summary: expect.stringContaining('31 March 2025')
		}]);
		expect(await count('network.place', "kind = 'region'")).toBe(14);
		expect(await count('network.place', "kind in ('district', 'mahalla')")).toBe(0);
	});

	it('holds what was promised', async () => {
		const counts = {
			'network.organisation': directory.length + madeUp.organisations.length,
			'platform.account': madeUp.accounts.length + 1,
			'assessment.instrument_version': 2,
			'assessment.service_assessment': 12,
			'assessment.service_agreement': 9,
			'assessment.score': 2,
			'assessment.round': 2,
			'assessment.collection_token': 6,
			'assessment.submission': 401,
			'assessment.team': 2,
			'assessment.team_member': 4,
			'assessment.round_target': 3,
			'assessment.submission_comment': 1,
			'assessment.back_check': 1,
			'assessment.figure': 13,
			'assessment.quotation': 8,
			'assessment.interview': 6,
			'assessment.coding': 15,
			'assessment.document': 3,
			'assessment.finding': 14,
			'gaps.gap': 14,
			'gaps.endorsement': 8,
			'gaps.lineage': 1,
			'gaps.watch': 1,
			'gaps.voice': 5,
			'gaps.vote': 40,
			'gaps.priority': 3,
			'training.training': 5,
			'plans.plan': 6,
			'results.result': 6,
			'policy.recommendation': 5,
			'policy.commitment': 3,
			'policy.commitment_status': 6,
			'policy.change': 1,
			'policy.briefing': 4,
			'policy.briefing_edition': 9,
			'releases.release': 3,
			'releases.release_figure': 4
		};
		for (const [table, expected] of Object.entries(counts)) expect(await count(table), table).toBe(expected);
		expect(await count('assessment.submission', 'edited_by is not null')).toBe(1);
		expect(await count('assessment.back_check_interview', "outcome = 'done'")).toBe(4);
		expect(await count('assessment.quality_flag')).toBeGreaterThan(0);
		expect(await count('network.organisation', "type in ('cso_shelter', 'state_rehabilitation_centre') and demonstration")).toBe(6);
		expect(await count('network.organisation', 'demonstration')).toBe(madeUp.organisations.length);
		expect(await count('assessment.submission', 'not made_up')).toBe(0);
		expect(await one("select array_agg(state order by number) from assessment.round")).toEqual(['closed', 'open']);
	});

	it('received its answers through the links of three regions, before the day from which it counts', async () => {
		const { rows } = await owner.query(`select p.code from assessment.submission s join network.place p on p.id = s.place_id where s.token_id is not null group by 1 having count(*) > 90 order by 1`);
		expect(rows.map(({ code }) => code)).toEqual(['UZ-JI', 'UZ-NG', 'UZ-SA']);
		expect(await count('assessment.submission', `received_at >= '${today}'`)).toBe(0);
		expect(await count('platform.journal', "verb = 'submission.receive' and actor_kind = 'token'")).toBe(400);
	});

	it('counts the same on every machine (the hash changes with the generator, the instrument or a title)', async () => {
		const { rows } = await owner.query("select f.title ->> 'en' as title, jsonb_build_object('rows', e.cells -> 'rows', 'series', (select jsonb_agg(s - 'base' order by i) from jsonb_array_elements(e.cells -> 'series') with ordinality x (s, i))) as cells from assessment.figure_exact e join assessment.figure f on f.id = e.figure_id order by f.number");
		const withoutIds = canonical(rows).replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id');
		expect(createHash('sha256').update(withoutIds).digest('hex').slice(0, 16)).toBe('f024bc8d8496c053');
	});

	it('has figures that may be published and figures whose small numbers are withheld', async () => {
		const withheld = async (title: string) => Number(await one(`select withheld from assessment.figure_protected p join assessment.figure f on f.id = p.figure_id where f.title ->> 'en' = '${title}'`));
		expect(await withheld('Whether there is a written referral pathway, by region')).toBe(0);
		expect(await withheld('How often services meet')).toBe(0);
		expect(await withheld('A private room, by settlement')).toBeGreaterThan(1);
		expect(await count('assessment.figure', `cut_off::date > '${today}'`)).toBe(0);
	});

	it('shows in the cockpit what each gap was made for', async () => {
		const graph = await inTransaction(as('manager'), (tx) => loadThread(tx, programmeId));
		const states = statesOf(graph, { today, stalledAfterDays: 30 });
		const shown = new Map(states.map(({ gap, worst }) => [gap.id, worst]));
		const seen = madeUp.gaps.map(({ key }) => {
			const { step, state, reason, since } = shown.get(idOf(programmeId, 'gap', key)) ?? {};
			return [key, step, state, reason, since].filter((part) => part !== undefined).join(' ');
		});
		expect(seen).toEqual([
			'g1 gap ok',
			`g2 response broken no-response ${dayFrom(today, -63)}`,
			'g3 response ok',
			'g4 response ok',
			`g5 result broken no-result ${dayFrom(today, -45)}`,
			'g6 result ok',
			`g7 commitment broken no-reply ${dayFrom(today, -31)}`,
			'g8 recommendation ok',
			'g9 commitment ok',
			`g10 commitment late overdue ${dayFrom(today, -20)}`,
			`g11 evidence broken evidence-withdrawn ${dayFrom(today, -9)}`,
			'g12 change ok',
			`g13 gap broken reopened ${dayFrom(today, -71)}`
		]);
	});

	it('ranks its gaps, adopted what a session scored with its dissent, and has one gap endorsed by both sides with nobody against', async () => {
		const rows = await inTransaction(as('manager'), (tx) => readRegister(tx, programmeId, today));
		const byKey = new Map(madeUp.gaps.map(({ key }) => [key, rows.find((row) => row.id === idOf(programmeId, 'gap', key))]));
		expect(rows.filter((row) => row.rank).length).toBe(12);
		expect(rows.filter((row) => row.rank && (row.rank.holds < 0 || row.rank.holds > 1))).toEqual([]);
		expect(new Set(rows.flatMap((row) => row.rank?.first ?? [])).size).toBeGreaterThan(9);
		expect([byKey.get('g12')?.endorsed, byKey.get('g2')?.endorsed, byKey.get('g4')?.endorsed]).toEqual([
			{ by: 'both', dissents: 0 }, { by: 'civil_society', dissents: 1 }, { by: 'civil_society', dissents: 0 }
		]);
		expect([byKey.get('g7')?.weighed.severity, byKey.get('g7')?.weighed.feasibility, byKey.get('g10')?.weighed.severity]).toEqual([4, 2, 4]);
		expect(await one("select array_agg(dissent ->> 'severity' order by position) from gaps.session_gap")).toEqual(['0', '1', '0', '0']);
		expect([byKey.get('g13')?.reopened, byKey.get('g11')?.rank]).toEqual([true, null]);
	});

	it('has nothing standing on nothing but what rests on the withdrawn finding', async () => {
		const graph = await inTransaction(as('manager'), (tx) => loadThread(tx, programmeId));
		const stands = standing(graph);
		const fallen = [...graph.knots.values()].filter((knot) => isLive(knot) && !stands(knot.id)).map(({ id }) => id);
		expect(fallen.sort()).toEqual([idOf(programmeId, 'gap', 'g11'), idOf(programmeId, 'plan', 'a11')].sort());
	});

	it('lets authorities answer in their own name', async () => {
		expect(await count('policy.recommendation', "state = 'answered' and answered_on_behalf")).toBe(0);
		expect(await count('policy.recommendation', "state = 'answered'")).toBe(4);
		expect(await count('policy.commitment', 'on_behalf')).toBe(0);
	});

	it('published a briefing in three languages and says of the other why it has to wait', async () => {
		expect(await one("select array_agg(e.locale order by e.locale) from policy.briefing_edition e join policy.briefing b on b.id = e.briefing_id where b.slug not like '%room%'")).toEqual(['en', 'ru', 'uz']);
		const objections = await inTransaction(as('manager'), async (tx) => {
			const briefing = await getBriefing(tx, programmeId, idOf(programmeId, 'briefing', 'waiting'));
			return objectionsTo(briefing, await judgedFigures(tx, briefing));
		});
		expect(new Set(objections.map(({ code }) => code))).toEqual(
			new Set(['briefing.claim-unbound', 'briefing.finding-not-standing'])
		);
	});

	it('held back cells of one figure, and more of another because of it', async () => {
		const held = async (key: string): Promise<number> => Number(await one(`select f.held from releases.release_figure f join policy.briefing b on b.release_id = f.release_id where b.slug = '${key}'`));
		expect(await held('demonstration-room-by-settlement')).toBeGreaterThan(0);
		expect(await held('demonstration-room-in-all')).toBeGreaterThan(0);
		expect(await one("select min((c ->> 'count')::int) from policy.briefing b join policy.briefing_edition e on e.briefing_id = b.id, jsonb_path_query(e.content, '$.blocks[*].rows[*].cells[*] ? (@.type() == \"object\" && @.count > 0)') c")).toBeGreaterThanOrEqual(5);
	});

	it('names nobody: accounts by role, without a password, a contact or an address', async () => {
		expect(await count('network.person', 'demonstration')).toBe(madeUp.accounts.length);
		expect(await count('network.person', "demonstration and (display_name not like 'Namoyish: %' or contact <> '{}')")).toBe(0);
		expect(await count('platform.account', `password_hash is not null and person_id <> '${administrator.personId}'`)).toBe(0);
		expect(await count('network.organisation', "contact <> '{}'")).toBe(0);
		expect(await count('platform.journal_personal')).toBe(0);
	});

	it('binds nothing real to what is made up: real organisations are entries of the directory and no more', async () => {
		const tables = await owner.query(
			`select c.table_schema || '.' || c.table_name as name, c.column_name as key from information_schema.columns c
				where c.table_schema in ('network', 'assessment', 'gaps', 'training', 'plans', 'results', 'policy')
					and c.column_name in ('organisation_id', 'owner_id', 'addressed_to', 'verified_by')`
		);
		expect(tables.rows.length).toBeGreaterThan(5);
		for (const { name, key } of tables.rows) {
			expect(await count(`${name} t join network.organisation o on o.id = t.${key}`, 'not o.demonstration'), name).toBe(0);
		}
	});

	it('is written in the journal from end to end, which verifies', async () => {
		while ((await inTransaction(system('journal'), sealJournal)) > 0);
		const report = await inTransaction(system('journal'), (tx) => verifyJournal(tx));
		expect(report.faults).toEqual([]);
		expect(report.sealed).toBeGreaterThan(600);
		const verbs = await one('select count(distinct verb) from platform.journal');
		expect(Number(verbs)).toBeGreaterThan(35);
	});
});
