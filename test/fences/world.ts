import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type pg from 'pg';
import { newId } from '#platform/ids.ts';
import { buildAroundGap } from './world-gaps.ts';
import { buildInterviews } from './world-interviews.ts';
import { buildScoring, scoringChoices, type ScoringChoice } from './scoring-world.ts';
import { submission } from './submission-world.ts';

/** Roles as the fence knows them; written again here on purpose: the oracle must not lean on the program. */
export const roleNames = ['coordinator', 'member', 'analyst', 'collector', 'reviewer', 'official', 'donor', 'administrator'] as const;
export type RoleName = (typeof roleNames)[number];

/** What fast-check chooses: indexes into small arrays, so that every world is well formed and shrinks well. */
export type Choice = {
	grants: { person: number; programme: number; role: RoleName; place: number | null; organisation: number | null; ended: boolean }[];
	/** One draw per record to be placed; reused round and round. */
	places: (number | null)[];
	analysts: { round: number; person: number }[];
	rounds: { programme: number; state: 'draft' | 'open' | 'closed' }[];
	tokens: { round: number; revoked: boolean; expired: boolean }[];
	briefings: { programme: number; state: 'draft' | 'published' | 'withdrawn' }[];
	administrators: number[];
	recommendations: ('draft' | 'delivered' | 'answered')[];
	scoring: ScoringChoice;
};

export const people = 6;
export const placesPerProgramme = 6; // country, two regions, two districts, a mahalla
const programmes = 2;
const organisationsPerProgramme = 3;

const person = fc.nat(people - 1);
const place = fc.option(fc.nat(placesPerProgramme - 1), { nil: null });

/** Worlds with two programmes, six people with random grants, and every kind of record at random places. */
export const choices: fc.Arbitrary<Choice> = fc.record({
	grants: fc.array(
		fc.record({
			person,
			programme: fc.nat(programmes - 1),
			role: fc.constantFrom(...roleNames),
			place,
			organisation: fc.option(fc.nat(organisationsPerProgramme - 1), { nil: null }),
			ended: fc.boolean().map((coin) => coin)
		}),
		{ minLength: 3, maxLength: 12 }
	),
	places: fc.array(place, { minLength: 7, maxLength: 13 }),
	analysts: fc.array(fc.record({ round: fc.nat(3), person }), { maxLength: 6 }),
	rounds: fc.array(fc.record({ programme: fc.nat(programmes - 1), state: fc.constantFrom('draft', 'open', 'closed') }), { minLength: 2, maxLength: 4 }),
	tokens: fc.array(fc.record({ round: fc.nat(3), revoked: fc.boolean(), expired: fc.boolean() }), { minLength: 1, maxLength: 4 }),
	briefings: fc.array(fc.record({ programme: fc.nat(programmes - 1), state: fc.constantFrom('draft', 'published', 'withdrawn') }), { maxLength: 4 }),
	administrators: fc.uniqueArray(person, { maxLength: 1 }),
	recommendations: fc.array(fc.constantFrom('draft', 'delivered', 'answered'), { minLength: 1, maxLength: 3 }),
	scoring: scoringChoices
});

/** The people and links of a built world, to act as. */
export type Cast = { people: string[]; tokens: string[]; feeds: string[]; programmes: string[] };

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Writes a world as the owner, past every fence. Runs inside a transaction that is rolled back, so deferred rules stay asleep. */
export async function build(client: pg.ClientBase, choice: Choice): Promise<Cast> {
	const insert = async (table: string, row: Record<string, unknown>): Promise<string> => {
		const columns = Object.keys(row);
		await client.query(
			`insert into ${table} (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
			Object.values(row)
		);
		return String(row['id']);
	};
	const text = JSON.stringify({ uz: 'sinov' });
	const persons: string[] = [];
	for (let i = 0; i < people; i++) {
		const id = await insert('network.person', { id: newId(), display_name: `p${i}` });
		persons.push(id);
		await insert('platform.account', { person_id: id, sign_in_name: id, installation_administrator: choice.administrators.includes(i) });
		await insert('platform.session', { id: newId(), token_hash: hash(id), person_id: id });
		await insert('platform.mail_address', { person_id: id, address: `${id}@example.org`, code_hash: hash(id) });
		await insert('platform.passkey', { id, person_id: id, public_key: hash(id) });
		await insert('platform.one_time_code', { id: newId(), person_id: id, code_hash: hash(id) });
		await insert('platform.job', { id: newId(), person_id: id, task: 'x' });
		await insert('platform.kept_form', { person_id: id, path: '/p/1/gaps/new', typed: '[]' });
	}
	let drawn = 0;
	const draw = (all: readonly string[]): string | null => {
		const index = choice.places[drawn++ % choice.places.length];
		return index === undefined || index === null ? null : (all[index] ?? null);
	};
	const programmeIds: string[] = [];
	const placeIds: string[][] = [];
	const organisationIds: string[][] = [];
	for (let p = 0; p < programmes; p++) {
		const programme_id = await insert('network.programme', { id: newId(), name: text });
		programmeIds.push(programme_id);
		const paths: string[] = [];
		const ids: string[] = [];
		for (const [kind, parent] of [['country', -1], ['region', 0], ['region', 0], ['district', 1], ['district', 2], ['mahalla', 3]] as const) {
			const id = newId();
			const path = (parent < 0 ? '' : `${paths[parent]}.`) + id.replaceAll('-', '');
			await insert('network.place', { id, programme_id, parent_id: parent < 0 ? null : ids[parent], path, kind, name: text });
			paths.push(path);
			ids.push(id);
		}
		placeIds.push(ids);
		const organisations: string[] = [];
		for (let i = 0; i < organisationsPerProgramme; i++) {
			const id = await insert('network.organisation', { id: newId(), programme_id, type: i === 0 ? 'cso' : 'ministry', name: text });
			organisations.push(id);
			await insert('network.organisation_place', { programme_id, organisation_id: id, place_id: ids[i + 1] });
		}
		organisationIds.push(organisations);
		await insert('network.counter', { programme_id, kind: 'gap', last: 1 });
	}
	for (const grant of choice.grants) {
		await insert('network.role_grant', {
			id: newId(),
			programme_id: programmeIds[grant.programme],
			person_id: persons[grant.person],
			role: grant.role,
			place_id: grant.place === null ? null : placeIds[grant.programme]?.[grant.place],
			organisation_id: grant.organisation === null ? null : organisationIds[grant.programme]?.[grant.organisation],
			ended_at: grant.ended ? new Date() : null
		});
	}
	for (const [p, programme_id] of programmeIds.entries()) {
		const who = persons[p];
		const file = await insert('platform.file', { id: newId(), programme_id, sha256: hash('f'), media_type: 'text/plain', name: 'f', bytes: 1, person_id: who });
		void file;
		await insert('platform.mail', { id: newId(), programme_id, to_person: who, subject: 's', body: 'b' });
		await insert('platform.invitation', { id: newId(), programme_id, person_id: who, token_hash: hash(programme_id), expires_at: new Date() });
		const entry = await insert('platform.journal', { id: newId(), programme_id, actor_kind: 'person', actor_id: who, verb: 'v', subject_table: 't', subject_id: newId() });
		await insert('platform.journal_personal', { entry_id: entry, facts: '{}' });
		await insert('platform.journal_block', { no: p + 1, entry_count: 1, hash: hash(entry) });
		await insert('platform.journal_seal', { entry_id: entry, block_no: p + 1, position: 0 });
		await insert('platform.sign_in_attempt', { id: newId(), account_key: hash('a'), succeeded: false });
		const other = persons[p + 2];
		const proposed = { programme_id, person_id: other, role: 'member', proposed_by: who };
		await insert('network.proposed_grant', { id: newId(), ...proposed });
		await insert('network.proposed_grant', { id: newId(), ...proposed, decision: 'declined', decided_by: who, decided_at: new Date() });
		await insert('platform.recovery', { id: newId(), programme_id, person_id: other, asked_by: who, code_hash: hash('c'), expires_at: new Date(Date.now() + 60_000) });
		await insert('platform.challenge', { id: newId(), kind: 'second-factor', person_id: who, expires_at: new Date() });
	}
	const run = (statement: string, values: unknown[] = []): Promise<unknown> => client.query(statement, values);
	const { tokens, feeds } = await buildThread({ choice, insert, run, text, draw, persons, programmeIds, placeIds, organisationIds });
	return { people: persons, tokens, feeds, programmes: programmeIds };
}

type Ground = {
	choice: Choice;
	insert: (table: string, row: Record<string, unknown>) => Promise<string>;
	run: (statement: string, values?: unknown[]) => Promise<unknown>;
	text: string;
	draw: (all: readonly string[]) => string | null;
	persons: string[];
	programmeIds: string[];
	placeIds: string[][];
	organisationIds: string[][];
};

/** Every kind of record of the thread, in each programme, with its citations. */
async function buildThread({ choice, insert, run, text, draw, persons, programmeIds, placeIds, organisationIds }: Ground): Promise<{ tokens: string[]; feeds: string[] }> {
	const tokenIds: string[] = [];
	const feeds: string[] = [];
	let number = 0;
	const versions: string[] = [];
	for (const programme_id of programmeIds) {
		const instrument_id = await insert('assessment.instrument', { id: newId(), programme_id, form_id: 'f', title: text });
		versions.push(await insert('assessment.instrument_version', { id: newId(), programme_id, instrument_id, version: '1', xform: '<x/>', model: '{}', md5: 'm' }));
		const later = await insert('assessment.instrument_version', { id: newId(), programme_id, instrument_id, version: '2', xform: '<x/>', model: '{}', md5: 'm' });
		await insert('assessment.question_mapping', {
			id: newId(), programme_id, earlier_version_id: versions.at(-1), later_version_id: later, earlier_path: '/a', later_path: '/b', kind: 'same', reason: text
		});
		const draft_id = await insert('assessment.instrument_draft', { id: newId(), programme_id, title: text, book: '{}' });
		await insert('assessment.instrument_draft_step', { programme_id, draft_id, position: 0, book: '{}' });
		const list_id = await insert('assessment.entity_list', { id: newId(), programme_id, name: `list_${newId().replaceAll('-', '_')}` });
		await insert('assessment.entity', { list_id, id: newId(), programme_id, label: text });
		const file_id = await insert('platform.file', { id: newId(), programme_id, sha256: hash(newId()), media_type: 'text/csv', name: text, bytes: 1 });
		for (const owner of [{ version_id: versions.at(-1) }, { version_id: later }, { draft_id }]) {
			await insert('assessment.form_file', { id: newId(), programme_id, ...owner, name: text, file_id, sha256: hash(newId()), md5: 'a'.repeat(32), media_type: 'text/csv', bytes: 1 });
		}
	}
	const rounds: { id: string; programme: number }[] = [];
	for (const { programme, state } of choice.rounds) {
		const programme_id = programmeIds[programme];
		const id = await insert('assessment.round', {
			id: newId(), programme_id, instrument_version_id: versions[programme], number: ++number, name: text, kind: 'baseline', unit: 'people', state
		});
		await insert('assessment.round_place', { programme_id, round_id: id, place_id: placeIds[programme]?.[1] });
		rounds.push({ id, programme });
	}
	const roundAt = (index: number) => rounds[index % rounds.length] ?? { id: '', programme: 0 };
	const named = new Set<string>();
	for (const { round, person } of choice.analysts) {
		const { id, programme } = roundAt(round);
		if (named.has(`${id} ${person}`)) continue;
		named.add(`${id} ${person}`);
		await insert('assessment.round_analyst', { programme_id: programmeIds[programme], round_id: id, person_id: persons[person] });
	}
	for (const token of choice.tokens) {
		const { id: round_id, programme } = roundAt(token.round);
		const id = newId();
		await insert('assessment.collection_token', {
			id, programme_id: programmeIds[programme], round_id, label: 't', token_hash: hash(id),
			revoked_at: token.revoked ? new Date() : null, expires_at: token.expired ? new Date(Date.now() - 60_000) : null
		});
		tokenIds.push(id);
		await submission(insert, { programme_id: programmeIds[programme], round_id, token_id: id, person_id: null }, persons[0]);
		await insert('assessment.refusal', { id: newId(), programme_id: programmeIds[programme], round_id, token_id: id, during: false, declined_on: '2026-01-01' });
	}
	for (const [index, { id: round_id, programme }] of rounds.entries()) {
		const running = { programme_id: programmeIds[programme], round_id };
		await insert('assessment.round_target', { ...running, place_id: placeIds[programme]?.[1], target: 5 });
		const team = { programme_id: programmeIds[programme], team_id: await insert('assessment.team', { ...running, id: newId(), name: 't' }) };
		await insert('assessment.team_member', { ...team, person_id: persons[0], organisation_id: organisationIds[programme]?.[0] });
		await insert('assessment.team_place', { ...team, place_id: placeIds[programme]?.[1] });
		await insert('assessment.team_service', { ...team, organisation_id: organisationIds[programme]?.[0] });
		await submission(insert, { programme_id: programmeIds[programme], round_id, token_id: null, person_id: persons[index % persons.length] }, persons[0]);
	}
	for (const { id: round_id, programme } of rounds) {
		const of = { programme_id: programmeIds[programme], round_id };
		const id = newId();
		await insert('assessment.answer_block', {
			id, ...of, version_id: versions[programme], layout: 1, ids: [id], places: [null], first_id: id, last_id: id, newest: new Date()
		});
		await insert('assessment.answer_column', { block_id: id, ...of, key: 'r', rows: 1, data: hash('c') });
		await insert('assessment.answer_hole', { block_id: id, ...of, place: 0 });
		await insert('assessment.answer_change', { id, ...of, received_at: new Date() });
		await insert('assessment.round_sampling', { ...of, design: 'census' });
		await insert('assessment.round_look', of);
		for (const [i, person_id] of persons.slice(0, 3).entries()) {
			await insert('assessment.answer_export', { id: newId(), ...of, rounds: [round_id], person_id, format: 'csv', choices: '{}', submissions: 1, total: 1 });
			const feed = newId();
			// One that works as long as its maker may, one that has ended, one whose time is over.
			const ended = { revoked_at: i === 1 ? new Date() : null, expires_at: new Date(Date.now() + (i === 2 ? -1 : 1) * 60_000) };
			feeds.push(await insert('assessment.answer_feed', { id: feed, ...of, person_id, label: 'f', token_hash: hash(feed), ...ended }));
		}
	}
	await buildInterviews({ choice, insert, text, persons, programmeIds, placeIds, rounds });
	const findings: string[] = [];
	// What is withdrawn is so once everything that cites it is there.
	const taking: (() => Promise<string>)[] = [];
	for (const [p, programme_id] of programmeIds.entries()) {
		const places = placeIds[p] ?? [];
		const [, authority = '', ministry = ''] = organisationIds[p] ?? [];
		const owner_id = organisationIds[p]?.[0];
		const next = () => ({ id: newId(), programme_id, place_id: draw(places), number: ++number });
		const day = '2026-01-01';
		const document_id = await insert('assessment.document', { ...next(), title: text, source: 's' });
		const quotation_id = await insert('assessment.quotation', { ...next(), words: text, spoken_by: text, consent_level: 'internal' });
		const finding_id = await insert('assessment.finding', { ...next(), statement: text, state: 'stands' });
		findings.push(finding_id);
		await insert('assessment.finding_document', { programme_id, finding_id, document_id });
		await insert('assessment.finding_quotation', { programme_id, finding_id, quotation_id });
		const taken = (): Record<string, unknown> => ({ id: newId(), programme_id, reason: 'sinov', withdrawn_by: persons[0] });
		taking.push(() => insert('assessment.withdrawal', { ...taken(), document_id }), () => insert('assessment.withdrawal', { ...taken(), finding_id }));
		const gap = next();
		const gap_id = await insert('gaps.gap', { ...gap, title: text, barrier: 'law', state: 'open' });
		await buildAroundGap({ insert, programme_id, gap, finding_id, text, next, persons: persons.slice(p), organisations: organisationIds[p] ?? [] });
		const priority_id = await insert('gaps.priority', { ...next(), statement: text, stated_by: text, stated_on: day });
		const response = () => ({ ...next(), title: text, owner_id, starts_on: day, ends_on: day, state: 'planned' });
		const training_id = await insert('training.training', response());
		await insert('training.training_gap', { programme_id, training_id, gap_id });
		await insert('training.training_priority', { programme_id, training_id, priority_id });
		const plan_id = await insert('plans.plan', response());
		await insert('plans.plan_gap', { programme_id, plan_id, gap_id });
		await insert('plans.plan_priority', { programme_id, plan_id, priority_id });
		const result_id = await insert('results.result', { ...next(), statement: text, observed_on: day, state: 'stands' });
		await insert('results.result_training', { programme_id, result_id, training_id });
		await insert('results.result_plan', { programme_id, result_id, plan_id });
		await insert('results.result_document', { programme_id, result_id, document_id });
		await insert('results.result_quotation', { programme_id, result_id, quotation_id });
		for (const state of choice.recommendations) {
			const recommendation_id = await insert('policy.recommendation', {
				...next(), title: text, addressed_to: number % 2 === 0 ? authority : ministry, state,
				...(state === 'draft' ? {} : { delivered_on: day }), ...(state === 'answered' ? { answer: 'accepted', answered_on: day } : {})
			});
			await insert('policy.recommendation_gap', { programme_id, recommendation_id, gap_id });
			await insert('policy.recommendation_result', { programme_id, recommendation_id, result_id });
			const commitment_id = await insert('policy.commitment', { ...next(), recommendation_id, organisation_id: authority, title: text, made_on: day, due_on: day });
			await insert('policy.commitment_status', { id: newId(), programme_id, commitment_id, side: 'authority', status: 'done', told_on: day });
			const change_id = await insert('policy.change', { ...next(), commitment_id, statement: text, verified_on: day, verified_by: owner_id, state: 'stands' });
			await insert('policy.change_document', { programme_id, change_id, document_id });
			await insert('policy.change_quotation', { programme_id, change_id, quotation_id });
		}
		const own = rounds.filter(({ programme }) => programme === p);
		for (const [i, round] of own.entries()) {
			const figure = next();
			const figure_id = await insert('assessment.figure', {
				...figure, family_id: figure.id, round_id: round.id, compared_round_id: i > 0 ? own[0]?.id : null, title: text, measure: 'count', question: 'q', unit: 'people', n: 9, cut_off: new Date(), result_sha256: hash('r')
			});
			await insert('assessment.figure_exact', { programme_id, figure_id, cells: '[]' });
			await insert('assessment.figure_protected', { programme_id, figure_id, cells: '[]', threshold: 5, withheld: 0 });
			await insert('assessment.finding_figure', { programme_id, finding_id, figure_id });
			await insert('gaps.watch', { id: newId(), programme_id, gap_id, figure_id, row_key: 'r', direction: 'above', bar: 0.5, reason: 'r' });
			await insert('results.result_figure', { programme_id, result_id, figure_id });
			taking.push(() => insert('assessment.withdrawal', { id: newId(), programme_id, reason: 'sinov', figure_id }));
		}
	}
	const scored = programmeIds.map((id, p) => ({ id, versionId: versions[p], places: placeIds[p] ?? [], organisations: organisationIds[p] ?? [] }));
	await buildScoring({ choice: choice.scoring, insert, run, draw, rounds, programmes: scored, persons, findings });
	for (const take of taking) await take();
	for (const { programme, state } of choice.briefings) {
		await insert('releases.judgement', { programme_id: programmeIds[programme], digest: hash(`${number}`), verdict: '{}' });
		const release_id = state === 'draft' ? null : await insert('releases.release', {
			id: newId(), programme_id: programmeIds[programme], number: ++number, kind: 'briefing', title: text, released_by: persons[0], content_sha256: hash('c')
		});
		const briefing_id = await insert('policy.briefing', { id: newId(), programme_id: programmeIds[programme], number: ++number, slug: `b-${number}`, title: text, locales: ['uz'], state, release_id });
		await insert('policy.briefing_block', { id: newId(), programme_id: programmeIds[programme], briefing_id, position: 1, kind: 'text', words: text });
		if (state !== 'draft') await insert('policy.briefing_edition', { programme_id: programmeIds[programme], briefing_id, locale: 'uz', content: '{}' });
	}
	return { tokens: tokenIds, feeds };
}
