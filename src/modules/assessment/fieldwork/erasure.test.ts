import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { system, type Actor } from '#platform/actor.ts';
import { asActor, inTransaction, type Tx } from '#platform/database.server.ts';
import { storeFile } from '#platform/files.server.ts';
import { newId } from '#platform/ids.ts';
import { atOnce } from '#platform/jobs.server.ts';
import { record, sealJournal, verifyJournal } from '#platform/journal.server.ts';
import { mayI, permit, roles } from '#platform/permit.server.ts';
import { settings } from '#platform/settings.ts';
import { layOutRound } from '../../../../bench/round.ts';
import { owner, rolledBack, useDatabase } from '../../../../test/database.ts';
import { makeOpenRound, putAnswers } from '../../../../test/assessment.ts';
import { makeWorld } from '../../../../test/personas.ts';
import { formOf } from '../collection/form.server.ts';
import { receive } from '../collection/intake.server.ts';
import { packRound } from '../figures/blocks.server.ts';
import { comment } from './comment-commands.server.ts';
import { editSubmission } from './edit-commands.server.ts';
import { drawBackCheck } from './back-check-commands.server.ts';
import { eraseContentTask } from './erase-content.tasks.ts';
import { eraseSubmission } from './erasure-commands.server.ts';
import { erasureAhead, findReceipt, listErasures } from './erasure-queries.server.ts';
import * as verbs from './permits.ts';
import { receiptOf } from './quality/observe.ts';

useDatabase();

const form = `
| survey   |
|          | type    | name  | label |
|          | text    | said  | Said  |
|          | integer | age   | Age   |
|          | image   | photo | Photo |
| settings |
|          | form_id | version |
|          | erase   | 1       |
`;
const marker = 'ZZMARKERZZ';

/** Every table in which a text still stands, whatever the column. */
async function tablesWith(text: string): Promise<string[]> {
	const { rows: tables } = await owner.query<{ name: string }>(`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where c.relkind in ('r', 'p') and n.nspname in ('platform', 'network', 'assessment', 'releases', 'gaps', 'training', 'plans', 'results', 'policy')`);
	const found: string[] = [];
	for (const { name } of tables) if (((await owner.query(`select from ${name} t where t::text like $1 limit 1`, [`%${text}%`])).rowCount ?? 0) > 0) found.push(name);
	return found.sort();
}

const contents = (): number => {
	const folder = `${settings().HAMKOR_DATA}/files`;
	return existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length : 0;
};

it('leaves nothing of an answer behind, in any version, table or block, and the journal whole', async () => {
	const round = await layOutRound(owner, { form });
	const { shape } = await formOf(round.versionId);
	const analyst: Actor = { kind: 'person', personId: round.analystId };
	const xmlOf = (name: string, said: string): Buffer => Buffer.from(`<data id="erase" version="1"><said>${said}</said><age>30</age><meta><instanceID>uuid:${name}</instanceID></meta></data>`);
	const send = (name: string, said: string) => receive({ kind: 'token', tokenId: round.tokenId }, { ...round, placeId: null }, shape, { xml: xmlOf(name, said), files: [] });
	const { submissionId } = await send('victory1-0000', marker);
	await send('other001-0000', 'nothing');
	await packRound(round.roundId);
	const edition = newId();
	await inTransaction(analyst, async (tx) => {
		await comment(tx, await permit(tx, verbs.commentSubmission, submissionId), { id: newId(), body: `about ${marker}`, roles: [] }, 'en');
		await editSubmission(tx, await permit(tx, verbs.editSubmission, submissionId), { id: edition, reason: `because ${marker}`, answer: { q2: '31' } });
		await drawBackCheck(tx, await permit(tx, verbs.drawBackCheck, round.roundId), { id: newId(), percent: 100, seed: 's', questions: ['/data/said'] });
		await record(tx, 'submission.note', round.programmeId, { table: 'assessment.submission', id: submissionId, personal: { said: marker } });
	});
	const kept = contents();
	await inTransaction(system('files'), async (tx) => {
		const file = await storeFile(tx, { programmeId: round.programmeId, name: 'a.csv', bytes: Buffer.from(`a,b\n1,${newId()}\n`), accept: ['csv'] });
		await owner.query('insert into assessment.attachment (programme_id, submission_id, name) values ($1, $2, $3)', [round.programmeId, submissionId, 'a.csv']);
		return file.id;
	}).then((id) => owner.query('update assessment.attachment set file_id = $1 where submission_id = $2', [id, submissionId]));
	await packRound(round.roundId);
	expect(contents()).toBe(kept + 1);
	expect(await tablesWith(marker)).toEqual(['assessment.submission', 'assessment.submission_comment', 'platform.journal_personal']);
	const figure = newId();
	await owner.query(`insert into assessment.figure (id, family_id, programme_id, round_id, number, title, measure, question, unit, n, cut_off, result_sha256, frozen_at)
		values ($1, $1, $2, $3, 1, '{"en":"f"}', 'count', 'q', 'people', 2, now(), '\\x00', now())`, [figure, round.programmeId, round.roundId]);
	await inTransaction(system('journal'), sealJournal);
	const erasure = newId();
	const fields = { id: erasure, reason: 'asked', note: '' } as const;
	await inTransaction(analyst, async (tx) => {
		const may = await permit(tx, verbs.eraseSubmission, edition);
		expect(await erasureAhead(tx, edition)).toMatchObject({ versions: 2, files: 1, figures: 1, backChecks: 1 });
		await expect(eraseSubmission(tx, may, { ...fields, confirm_name: 'OTHER001' })).rejects.toMatchObject({ code: 'erasure.name-differs' });
		await eraseSubmission(tx, may, { ...fields, confirm_name: ` ${(await erasureAhead(tx, edition)).receipt.toLowerCase()} ` });
		expect(await listErasures(tx, round.programmeId)).toMatchObject([{ id: erasure, versions: 2, files: 1, reason: 'asked' }]);
	});
	expect(await tablesWith(marker)).toEqual([]);
	expect((await owner.query('select n, erased_answers from assessment.figure where id = $1', [figure])).rows).toEqual([{ n: 2, erased_answers: 1 }]);
	for (const id of [submissionId, edition]) {
		expect((await tablesWith(id)).filter((table) => !table.startsWith('platform.journal'))).toEqual([]);
	}
	const { rows: left } = await owner.query('select count(*)::int as n from assessment.answer_column');
	expect(left).toEqual([{ n: 0 }]);
	await packRound(round.roundId);
	expect((await owner.query('select cardinality(ids) as n from assessment.answer_block')).rows).toEqual([{ n: 1 }]);
	await inTransaction(system('journal'), sealJournal);
	expect((await inTransaction(system('journal'), (tx) => verifyJournal(tx))).faults).toEqual([]);
	await expect(send('victory1-0000', marker)).rejects.toMatchObject({ code: 'submission.erased', status: 403 });
	const { rows: jobs } = await owner.query<{ payload: unknown }>(`select payload from graphile_worker._private_jobs where payload::text like '%hashes%'`);
	for (const { payload } of jobs) await eraseContentTask.work(eraseContentTask.payload.parse(payload), { ...atOnce, progress: async () => {} });
	expect(jobs).toHaveLength(1);
	expect(contents()).toBe(kept);
});

it('at once by several is one', async () => {
	let analyst: (Actor & { kind: 'person' }) | undefined;
	let submission = '';
	await inTransaction(system('first-run'), async (tx) => {
		const world = await makeWorld(tx, 'erased at once');
		const roundId = await makeOpenRound(tx, world);
		await putAnswers(tx, world, roundId, [{ '/data/age': '30' }]);
		analyst = world.person.analyst;
		submission = await asActor(tx, world.person.analyst, async () => (await tx.selectFrom('assessment.submission').select('id').where('roundId', '=', roundId).executeTakeFirstOrThrow()).id);
	});
	if (!analyst) throw new Error('no analyst');
	const who = analyst;
	const erase = () =>
		inTransaction(who, async (tx) => {
			const may = await permit(tx, verbs.eraseSubmission, submission);
			await eraseSubmission(tx, may, { id: newId(), reason: 'danger', note: '', confirm_name: (await erasureAhead(tx, submission)).receipt });
		});
	const outcomes = await Promise.allSettled([erase(), erase(), erase()]);
	expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	for (const outcome of outcomes) if (outcome.status === 'rejected') expect(['not-found', 'erasure.gone-already']).toContain(outcome.reason.code);
});

describe('who may erase', () => {
	const withAnswer = (work: (tx: Tx, world: Awaited<ReturnType<typeof makeWorld>>, id: string, instance: string) => Promise<void>) =>
		rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const roundId = await makeOpenRound(tx, world);
			await putAnswers(tx, world, roundId, [{ '/data/age': '30' }]);
			const row = await asActor(tx, system('recheck'), () => tx.selectFrom('assessment.submission').select(['id', 'instanceId']).where('roundId', '=', roundId).executeTakeFirstOrThrow());
			await work(tx, world, row.id, row.instanceId);
		});
	it('is the coordinator of the whole programme, who sees no answer, and the named analyst', () =>
		withAnswer(async (tx, world, id) => {
			for (const role of roles) await asActor(tx, world.person[role], async () => expect([role, await mayI(tx, verbs.eraseSubmission, id)]).toEqual([role, role === 'coordinator' || role === 'analyst']));
			await asActor(tx, world.stranger, async () => expect(await mayI(tx, verbs.eraseSubmission, id)).toBe(false));
		}));
	it('finds it by the receipt, which tells when and where and nothing of the answers', () =>
		withAnswer(async (tx, world, id, instance) => {
			await asActor(tx, world.person.coordinator, async () => {
				const found = await findReceipt(tx, world.programmeId, receiptOf(instance));
				expect(found.map((each) => each.submissionId)).toContain(id);
				expect(JSON.stringify(found)).not.toContain('age');
			});
			await asActor(tx, world.person.member, async () => expect(await findReceipt(tx, world.programmeId, receiptOf(instance))).toEqual([]));
		}));
});
