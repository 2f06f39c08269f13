import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { system, type Actor } from '#platform/actor.ts';
import { asActor, inTransaction, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { mayI, permit, roles } from '#platform/permit.server.ts';
import { makeOpenRound, readyInstrument } from '../../../../test/assessment.ts';
import { owner, rolledBack, useDatabase } from '../../../../test/database.ts';
import { makeWorld, type World } from '../../../../test/personas.ts';
import { convert } from '#xforms/convert.ts';
import { describe as describeForm } from '#xforms/instrument.ts';
import { readMarkdown } from '#xforms/readMarkdown.ts';
import { reviseSubmission } from '#xforms/revise.ts';
import { submissionShape } from '#xforms/submissionShape.ts';
import { layOutRound } from '../../../../bench/round.ts';
import { formOf } from '../collection/form.server.ts';
import { receive } from '../collection/intake.server.ts';
import { review } from '../collection/review-commands.server.ts';
import { listAnswers } from '../answer-queries.server.ts';
import { readSubmissions, reviewSubmission } from '../permits.ts';
import { roundInstrument } from '../round-queries.server.ts';
import { readTableQuery } from '#ui/table.ts';
import { answerHistory, callsFor, callsWaiting, commentsOf, neighbours } from './answer-history.server.ts';
import { reviewMany } from './bulk-review.server.ts';
import { fieldChanges } from './changes.ts';
import { comment } from './comment-commands.server.ts';
import { calledIn, commentFields } from './comment.ts';
import { editSubmission } from './edit-commands.server.ts';
import { editFields, editOutcome } from './edit.ts';
import { filledOf } from './filled.ts';
import { dismissFlags, reopenFlag } from './flag-commands.server.ts';
import { flagsOf, listFlags } from './flag-queries.server.ts';
import * as verbs from './permits.ts';

useDatabase();

const paths = ['/data/sex', '/data/needs', '/data/age'];

/** Puts an answer with its XML into a round. */
async function put(tx: Tx, world: World, roundId: string, answers: Record<string, string>): Promise<string> {
	const id = newId();
	const inside = paths.map((path) => `<${path.slice(6)}>${answers[path] ?? ''}</${path.slice(6)}>`).join('');
	const xml = `<data id="baseline" version="1">${inside}<meta><instanceID>uuid:${id}</instanceID></meta></data>`;
	await asActor(tx, system('recheck'), async () => {
		await sql`insert into assessment.submission (id, programme_id, round_id, instance_id, place_id, xml, xml_sha256, answers)
			values (${id}, ${world.programmeId}, ${roundId}, ${`uuid:${id}`}, ${world.jizzakh}, ${xml}, '\\x00', ${JSON.stringify(answers)}::jsonb)`.execute(tx);
	});
	return id;
}

const asAnalyst = (work: (tx: Tx, world: World, roundId: string) => Promise<void>): Promise<void> =>
	rolledBack(system('first-run'), async (tx) => {
		const world = await makeWorld(tx);
		const roundId = await makeOpenRound(tx, world);
		await asActor(tx, world.person.analyst, () => work(tx, world, roundId));
	});

async function flag(tx: Tx, world: World, roundId: string, submissionId: string, key = '/data/age'): Promise<string> {
	const id = newId();
	await asActor(tx, system('quality'), async () => {
		await tx.insertInto('assessment.qualityFlag').values({ id, programmeId: world.programmeId, roundId, submissionId, rule: 'outlier', key, facts: JSON.stringify({ value: 700 }) }).execute();
	});
	return id;
}

describe('an edition at review', () => {
	it('is a further version: each changed answer before and after, who and why; what came in stays', () =>
		asAnalyst(async (tx, world, roundId) => {
			const first = await put(tx, world, roundId, { '/data/sex': 'f', '/data/age': '7' });
			const id = newId();
			const edition = { id, reason: 'asked the team', answer: { q2: ['home', 'law'], q3: '70' } };
			expect(await editSubmission(tx, await permit(tx, verbs.editSubmission, first), edition)).toBe(id);
			expect(await editSubmission(tx, await permit(tx, verbs.editSubmission, first), edition)).toBe(id);
			const [edited, received] = await answerHistory(tx, id, submissionShape(readyInstrument().model));
			expect(edited).toMatchObject({ kind: 'edition', who: 'analyst', reason: 'asked the team', changes: [{ path: '/data/needs', before: '', after: 'law home' }, { path: '/data/age', before: '7', after: '70' }] });
			expect(received).toMatchObject({ kind: 'received', submissionId: first });
			const counted = await tx.selectFrom('assessment.countedSubmission').select('id').where('roundId', '=', roundId).execute();
			expect(counted).toEqual([{ id }]);
		}));
	it('stands in the table of answers as edited, to be looked at anew, until it is reviewed', () =>
		asAnalyst(async (tx, world, roundId) => {
			const [first, other] = [await put(tx, world, roundId, { '/data/sex': 'f', '/data/age': '7' }), await put(tx, world, roundId, { '/data/sex': 'm' })];
			await review(tx, await permit(tx, reviewSubmission, first), { id: newId(), state: 'approved', note: '' });
			const id = newId();
			await editSubmission(tx, await permit(tx, verbs.editSubmission, first), { id, reason: 'asked the team', answer: { q3: '70' } });
			const { instrument } = await roundInstrument(tx, world.programmeId, roundId);
			const query = readTableQuery(new URL('http://x/'), [], {});
			const found = async (state?: string): Promise<unknown[]> => {
				const { rows } = await listAnswers(tx, await permit(tx, readSubmissions, roundId), instrument, query, { flagged: false, question: null, answer: '', ...(state === undefined ? {} : { state }) });
				return rows.map((row) => [row.id, row.reviewState]).sort();
			};
			expect(await found()).toEqual([[other, 'received'], [id, 'edited']].sort());
			expect(await found('edited')).toEqual([[id, 'edited']]);
			expect(await found('received')).toEqual([[other, 'received']]);
			await review(tx, await permit(tx, reviewSubmission, id), { id: newId(), state: 'approved', note: '' });
			expect(await found('edited')).toEqual([]);
			expect(await found('approved')).toEqual([[id, 'approved']]);
		}));
	it('is refused when nothing changed, or when a question cannot be answered so', () =>
		asAnalyst(async (tx, world, roundId) => {
			const may = await permit(tx, verbs.editSubmission, await put(tx, world, roundId, { '/data/sex': 'f', '/data/age': '7' }));
			const edit = (answer: Record<string, string>) => editSubmission(tx, may, { id: newId(), reason: 'why not', answer });
			await expect(edit({ q1: 'f', q3: '7' })).rejects.toMatchObject({ code: 'edit.nothing-changed' });
			await expect(edit({ q1: 'x' })).rejects.toMatchObject({ code: 'edit.answer-wrong', field: 'answer.q1' });
			await expect(edit({ q3: 'seven' })).rejects.toMatchObject({ code: 'edit.answer-wrong', field: 'answer.q3' });
		}));
	it('keeps what was dismissed, save where the answer changed', () =>
		asAnalyst(async (tx, world, roundId) => {
			const first = await put(tx, world, roundId, { '/data/sex': 'f', '/data/age': '700' });
			const flags = [await flag(tx, world, roundId, first), await flag(tx, world, roundId, first, '/data/sex')];
			await dismissFlags(tx, await permit(tx, verbs.dismissFlags, roundId), flags, 'looked');
			const id = newId();
			await editSubmission(tx, await permit(tx, verbs.editSubmission, first), { id, reason: 'typing', answer: { q3: '70' } });
			expect((await flagsOf(tx, id)).map((each) => [each.key, each.dismissedReason])).toEqual([['/data/sex', 'looked']]);
		}));
	it('by two people at once is one: the second is told so, and nothing of it stays', async () => {
		const analysts: (Actor & { kind: 'person' })[] = [];
		let submission = '';
		await inTransaction(system('first-run'), async (tx) => {
			const world = await makeWorld(tx, 'two at once');
			const roundId = await makeOpenRound(tx, world);
			analysts.push(world.person.analyst);
			submission = await put(tx, world, roundId, { '/data/sex': 'f', '/data/age': '7' });
		});
		const [who] = analysts;
		if (!who) throw new Error('no analyst');
		const edit = (age: string) => inTransaction(who, async (tx) => editSubmission(tx, await permit(tx, verbs.editSubmission, submission), { id: newId(), reason: 'at once', answer: { q3: age } }));
		const outcomes = await Promise.allSettled(['70', '71', '72', '73'].map(edit));
		expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'edit.outdated' });
		const { rows } = await owner.query('select count(*)::int as versions, count(*) filter (where superseded_by is null)::int as current from assessment.submission where id = $1 or origin_id = $1', [submission]);
		expect(rows).toEqual([{ versions: 2, current: 1 }]);
	});
});

it('tells a sender who edits what has been corrected at review that it is outdated; the history shows both kinds of edit', async () => {
	const round = await layOutRound(owner, { form: '| survey | | | |\n| | type | name | label |\n| | integer | age | Age |\n| settings | | |\n| | form_id | version |\n| | late | 1 |' });
	const { shape } = await formOf(round.versionId);
	const send = (name: string, age: number, replaces?: string) =>
		receive({ kind: 'token', tokenId: round.tokenId }, { ...round, placeId: null }, shape, {
			xml: Buffer.from(`<data id="late" version="1"><age>${age}</age><meta><instanceID>uuid:${name}</instanceID>${replaces ? `<deprecatedID>uuid:${replaces}</deprecatedID>` : ''}</meta></data>`),
			files: []
		});
	await send('one', 7);
	const { submissionId } = await send('two', 8, 'one');
	const who: Actor = { kind: 'person', personId: round.analystId };
	const id = newId();
	await inTransaction(who, async (tx) => editSubmission(tx, await permit(tx, verbs.editSubmission, submissionId), { id, reason: 'asked', answer: { q1: '9' } }));
	await expect(send('three', 10, 'two')).rejects.toMatchObject({ code: 'submission.edit-outdated', status: 409 });
	const happened = await inTransaction(who, (tx) => answerHistory(tx, id, shape));
	expect(happened.map((each) => [each.kind, 'changes' in each ? each.changes.map(({ before, after }) => `${before} ${after}`) : []])).toEqual([['edition', ['8 9']], ['edit', ['7 8']], ['received', []]]);
});

const nested = `
| survey |
| | type | name | label |
| | text | a | A |
| | begin_repeat | r | R |
| | text | b | B |
| | begin_repeat | v | V |
| | integer | c | C |
| | end_repeat | | |
| | end_repeat | | |
| settings |
| | form_id | version |
| | nested | 1 |
`;

describe('changes between two versions', () => {
	const converted = convert(readMarkdown(nested));
	if (!converted.ok) throw new Error(JSON.stringify(converted.errors));
	const instrument = describeForm(converted.form);
	const shape = submissionShape(instrument);
	const paths = ['/data/a', '/data/r/b', '/data/r/v/c'];
	const word = fc.constantFrom('', 'x', 'y', '<&>');
	const kept = fc.record({ a: word, r: fc.array(fc.record({ b: word, v: fc.array(word, { maxLength: 2 }) }), { maxLength: 3 }) });
	const safe = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
	const xmlOf = ({ a, r }: { a: string; r: { b: string; v: string[] }[] }): string =>
		`<data id="nested" version="1"><a>${safe(a)}</a>${r.map(({ b, v }) => `<r><b>${safe(b)}</b>${v.map((c) => `<v><c>${safe(c)}</c></v>`).join('')}</r>`).join('')}<meta><instanceID>uuid:one</instanceID></meta></data>`;
	const flat = ({ a, r }: { a: string; r: { b: string; v: string[] }[] }): Map<string, string> =>
		new Map([['/data/a ', a] as const, ...r.flatMap(({ b, v }, i) => [[`/data/r/b ${i + 1}`, b] as const, ...v.map((c, k) => [`/data/r/v/c ${i + 1}.${k + 1}`, c] as const)])].filter(([, text]) => text !== ''));

	it('turn the one into the other, in repeats within repeats too, and say nothing about what is the same', () => {
		fc.assert(
			fc.property(kept, kept, (before, after) => {
				const state = flat(before);
				for (const change of fieldChanges(paths, filledOf(xmlOf(before), shape), filledOf(xmlOf(after), shape))) {
					const key = `${change.path} ${change.instance ?? ''}`;
					expect(state.get(key) ?? '').toBe(change.before);
					expect(change.before).not.toBe(change.after);
					if (change.after === '') state.delete(key);
					else state.set(key, change.after);
				}
				expect(state).toEqual(flat(after));
			})
		);
	});
	it('are just what was typed into the fields of the form, and one more instance where something was written in it', () => {
		fc.assert(
			fc.property(kept, fc.array(fc.tuple(fc.nat(40), fc.constantFrom('', '7', '12')), { maxLength: 5 }), (before, typed) => {
				const filled = filledOf(xmlOf(before), shape);
				const fields = editFields(instrument, filled);
				const sent = Object.fromEntries(typed.flatMap(([at, text]) => { const field = fields[at % fields.length]; return field ? [[field.key, text] as const] : []; }));
				const { revisions, wrong } = editOutcome(fields, sent);
				expect(wrong).toEqual([]);
				const after = filledOf(reviseSubmission(xmlOf(before), shape, 'uuid:two', revisions), shape);
				const changes = new Map(fieldChanges(paths, filled, after).map((change) => [`${change.path} ${change.instance ?? ''}`, change.after]));
				expect(changes).toEqual(new Map(revisions.map(({ path, repeatIndexes, text }) => [`${path} ${repeatIndexes.join('.')}`, text])));
			})
		);
	});
	it('offer one more instance at each place, but none inside one that is not there yet', () => {
		const fields = editFields(instrument, filledOf(xmlOf({ a: 'x', r: [{ b: 'y', v: ['1'] }] }), shape));
		expect(fields.map(({ key, fresh }) => [key, fresh])).toEqual([['q1', false], ['q2-1', false], ['q3-1-1', false], ['q3-1-2', true], ['q2-2', true]]);
	});
	it('leave out the instances that are ticked, with all that stands in them, and what was typed there', () => {
		fc.assert(
			fc.property(kept, fc.array(fc.nat(20), { maxLength: 3 }), fc.array(fc.tuple(fc.nat(40), fc.constantFrom('7', '12')), { maxLength: 3 }), (before, ticked, typed) => {
				const filled = filledOf(xmlOf(before), shape);
				const fields = editFields(instrument, filled);
				// Any key may be ticked: of an instance that is there, of one that could be added, of one that never was.
				const keys = [...new Set(fields.flatMap(({ within }) => (within ? [within.key] : []))), 'r1-9', 'r7-1'];
				const remove = ticked.flatMap((at) => keys[at % keys.length] ?? []);
				const sent = Object.fromEntries(typed.flatMap(([at, text]) => { const field = fields[at % fields.length]; return field && !field.fresh ? [[field.key, text] as const] : []; }));
				const { revisions, removals } = editOutcome(fields, sent, remove);
				const after = filledOf(reviseSubmission(xmlOf(before), shape, 'uuid:two', revisions, removals), shape);
				const isGone = (key: string): boolean => remove.includes(key);
				const left = before.r.flatMap(({ b, v }, i) =>
					isGone(`r1-${i + 1}`) ? [] : [{ b: sent[`q2-${i + 1}`] ?? b, v: v.flatMap((c, k) => (isGone(`r2-${i + 1}-${k + 1}`) ? [] : [sent[`q3-${i + 1}-${k + 1}`] ?? c])) }]
				);
				const expected = filledOf(xmlOf({ a: sent['q1'] ?? before.a, r: left }), shape);
				for (const path of paths) expect(after.places(path).map((at) => after.text(path, at))).toEqual(expected.places(path).map((at) => expected.text(path, at)));
			})
		);
	});
	it('come out of a form as they were typed, the order of ticks aside', () => {
		const fields = editFields(readyInstrument().model, filledOf('<data id="baseline" version="1"><needs>law home</needs><meta><instanceID>uuid:x</instanceID></meta></data>', submissionShape(readyInstrument().model)));
		expect(fields.map((field) => [field.key, field.value])).toEqual([['q1', ''], ['q2', 'law home'], ['q3', '']]);
		expect(editOutcome(fields, { q2: ['home', 'law', ''] })).toEqual({ revisions: [], removals: [], wrong: [] });
		expect(editOutcome(fields, { q2: '' })).toEqual({ revisions: [{ path: '/data/needs', repeatIndexes: [], text: '' }], removals: [], wrong: [] });
		expect(editOutcome(fields, { q2: ['home', 'x'] }).wrong).toEqual(['q2']);
	});
});

describe('flags', () => {
	it('are dismissed with a reason once, listed by rule, and wait again when that is taken back', () =>
		asAnalyst(async (tx, world, roundId) => {
			const id = await flag(tx, world, roundId, await put(tx, world, roundId, { '/data/age': '700' }));
			const may = await permit(tx, verbs.dismissFlags, roundId);
			const page = { offset: 0, pageSize: 10, descending: true };
			expect(await dismissFlags(tx, may, [id, id], 'she is that old')).toBe(1);
			expect(await dismissFlags(tx, may, [id], 'again')).toBe(0);
			expect((await listFlags(tx, roundId, { rule: '', dismissed: true }, page)).rows).toMatchObject([{ id, dismissedBy: 'analyst', dismissedReason: 'she is that old' }]);
			await reopenFlag(tx, may, id);
			expect(await listFlags(tx, roundId, { rule: 'outlier', dismissed: false }, page)).toMatchObject({ matching: 1, total: 1, byRule: [{ rule: 'outlier', count: 1 }] });
		}));
});

describe('comments', () => {
	it('call roles by @, once each, and tell those named analysts that something waits, not what', () =>
		asAnalyst(async (tx, world, roundId) => {
			const id = await put(tx, world, roundId, {});
			const fields = commentFields.parse({ id: newId(), body: 'Yoshi notoʻgʻri? @analyst @analyst a@official.uz', roles: ['analyst'] });
			expect(fields.roles).toEqual(['analyst']);
			await comment(tx, await permit(tx, verbs.commentSubmission, id), fields, 'uz');
			await comment(tx, await permit(tx, verbs.commentSubmission, id), fields, 'uz');
			expect(await commentsOf(tx, id)).toMatchObject([{ body: fields.body, roles: ['analyst'], writer: 'analyst' }]);
			expect(await callsFor(tx, roundId, ['analyst'])).toHaveLength(1);
			expect(await callsFor(tx, roundId, ['reviewer'])).toEqual([]);
			const { programmeId } = (await tx.selectFrom('assessment.round').select('programmeId').where('id', '=', roundId).executeTakeFirst()) ?? { programmeId: '' };
			const [writer, other] = await Promise.all([tx.selectFrom('assessment.submissionComment').select('personId').executeTakeFirstOrThrow(), newId()]);
			// It waits for others of the role, not for who wrote it, and not in another programme.
			expect(await callsWaiting(tx, programmeId, other, ['analyst'])).toMatchObject([{ submissionId: id, writer: 'analyst' }]);
			for (const [programme, person, role] of [[programmeId, other, 'reviewer'], [programmeId, writer.personId, 'analyst'], [newId(), other, 'analyst']] as const) {
				expect(await callsWaiting(tx, programme, person, [role])).toEqual([]);
			}
			await asActor(tx, world.person.coordinator, async () => expect(await tx.selectFrom('assessment.submissionComment').select('id').execute()).toEqual([]));
		}));
	it('find what is called in a text', () => {
		expect(calledIn('@reviewer, qarang! (@official) x@member.uz @members')).toEqual(['reviewer', 'official']);
	});
});

it('reviews many alike, all or none, and once when it is sent twice; next and previous go through all of them', () =>
	asAnalyst(async (tx, world, roundId) => {
		const all = [await put(tx, world, roundId, {}), await put(tx, world, roundId, {}), await put(tx, world, roundId, {})];
		const may = await permit(tx, verbs.reviewAnswers, roundId);
		const form = { id: newId(), state: 'approved', note: '', answers: all.slice(0, 2) } as const;
		await reviewMany(tx, may, form);
		await reviewMany(tx, may, form);
		expect(await tx.selectFrom('assessment.review').select('id').execute()).toHaveLength(2);
		await review(tx, await permit(tx, reviewSubmission, all[0] ?? ''), { id: newId(), state: 'received', note: '' });
		const rows = await tx.selectFrom('assessment.submission').select('id').where('roundId', '=', roundId).orderBy('receivedAt', 'desc').orderBy('id', 'desc').execute();
		const walked: string[] = [];
		for (let at: string | null | undefined = rows[0]?.id; at && walked.length <= rows.length; at = (await neighbours(tx, roundId, at)).next) walked.push(at);
		expect(walked).toEqual(rows.map((row) => row.id));
		const back: string[] = [];
		for (let at: string | null | undefined = rows.at(-1)?.id; at && back.length <= rows.length; at = (await neighbours(tx, roundId, at)).previous) back.push(at);
		expect(back).toEqual(rows.map((row) => row.id).toReversed());
	}));

it('opens each of it to the named analysts with the role for it, and to nobody else', () =>
	asAnalyst(async (tx, world, roundId) => {
		const id = await put(tx, world, roundId, {});
		for (const role of roles) {
			await asActor(tx, world.person[role], async () => {
				const may = [await mayI(tx, verbs.editSubmission, id), await mayI(tx, verbs.commentSubmission, id), await mayI(tx, verbs.dismissFlags, roundId), await mayI(tx, verbs.reviewAnswers, roundId)];
				expect([role, may]).toEqual([role, may.map(() => role === 'analyst')]);
			});
		}
	}));
