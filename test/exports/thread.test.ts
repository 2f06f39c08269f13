import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { piecesOf } from '#modules/assessment/exports/download.server.ts';
import { exportAnswersTask, exportFile, removeExportsTask } from '#modules/assessment/exports/export.tasks.ts';
import { keptExport } from '#modules/assessment/exports/queries.server.ts';
import { runExport } from '#modules/assessment/exports/run.server.ts';
import { opened } from '#modules/assessment/exports/sealed-file.ts';
import { inTransaction } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { atOnce } from '#platform/jobs.server.ts';
import { settings } from '#platform/settings.ts';
import { owner, useDatabase } from '../database.ts';
import { filesIn, filledXml, layOutExport, newInstance, orderOf, putXml, readCsv } from '../exports.ts';

useDatabase();

const folder = (): string => path.join(settings().HAMKOR_DATA, 'exports');
const left = (): string[] => (existsSync(folder()) ? readdirSync(folder()) : []);
const underWay = async (): Promise<unknown[]> =>
	(await owner.query(`select pid, state, wait_event, query, state_change, now() from pg_stat_activity where datname = current_database() and usename = 'hamkor_app' and state <> 'idle'`)).rows;

/** Lays many submissions at once, each of some kilobytes that do not pack well. */
async function layMany(round: Awaited<ReturnType<typeof layOutExport>>, n: number): Promise<void> {
	await owner.query(
		`insert into assessment.submission (id, programme_id, round_id, instance_id, xml, xml_sha256, answers)
			select uuidv7(), $1, $2, 'uuid:' || gen_random_uuid(), '<data/>', '', jsonb_build_object('/data/note_text', (select string_agg(md5(random()::text || h || g), '') from generate_series(1, 60) h)) from generate_series(1, $3) g`,
		[round.programmeId, round.roundId, n]
	);
}

describe('an export in a thread of its own', () => {
	it('writes the same as in this one, and says why it does not', async () => {
		const round = await layOutExport(owner);
		await putXml(owner, round, filledXml({ note_text: 'a' }, newInstance()));
		const pieces: Uint8Array[] = [];
		const running = await runExport(orderOf(round));
		for await (const piece of running.pieces) pieces.push(piece);
		expect(readCsv(filesIn(Buffer.concat(pieces)).get('submissions.csv')?.toString('utf8') ?? '').length).toBe(2);
		await expect(runExport({ ...orderOf(round), personId: newId() })).rejects.toMatchObject({ code: 'not-found', status: 404 });
	});

	it('leaves nothing behind when the other side breaks off', async () => {
		const round = await layOutExport(owner);
		await layMany(round, 8000);
		const before = left();
		const running = await runExport(orderOf(round));
		let got = 0;
		for await (const piece of running.pieces) {
			got += piece.length;
			if (got > 300_000) break;
		}
		expect(left()).toEqual(before);
		for (let n = 0; n < 300 && (await underWay()).length > 0; n++) await new Promise((resolve) => setTimeout(resolve, 100));
		expect(await underWay()).toEqual([]);
		// Its place is free again, however many break off.
		for (let n = 0; n < 4; n++) {
			const again = await runExport(orderOf(round));
			await again.pieces.next();
			await again.pieces.return({ submissions: 0, total: 0, madeUp: 0 });
		}
	});

	it('waits for who fetches, and takes three at a time', async () => {
		const round = await layOutExport(owner);
		await layMany(round, 8000);
		const several = await Promise.all([1, 2, 3].map(() => runExport(orderOf(round))));
		await expect(runExport(orderOf(round))).rejects.toMatchObject({ code: 'export.busy', status: 503 });
		// Eight thousand times two kilobytes are more than what may wait: nobody has read to the end.
		await new Promise((resolve) => setTimeout(resolve, 300));
		for (const each of several) expect(each.share()).toBeLessThan(1);
		for (const each of several) await each.pieces.return({ submissions: 0, total: 0, madeUp: 0 });
	});
});

describe('an export as a job', () => {
	const job = (round: Awaited<ReturnType<typeof layOutExport>>, jobId: string) => ({
		jobId, personId: round.analystId, programmeId: round.programmeId, roundId: round.roundId, choice: orderOf(round).choice, locale: 'en' as const, name: 'S-01-1-1', filter: [], language: 'English'
	});
	const running = { ...atOnce, progress: async () => {} };

	it('keeps its file for who asked, until its days are over or an answer in it is erased', async () => {
		const round = await layOutExport(owner);
		await putXml(owner, round, filledXml({ note_text: 'a' }, newInstance()));
		const id = newId();
		await exportAnswersTask.work(job(round, id), running);
		const kept = await inTransaction({ kind: 'person', personId: round.analystId }, (tx) => keptExport(tx, id));
		expect(kept.fileName).toBe('S-01-1-1.zip');
		// On disk it lies sealed; what opens it goes with its time.
		expect(readFileSync(exportFile(id)).includes('submissions.csv')).toBe(false);
		const pieces: Uint8Array[] = [];
		const closed = await piecesOf(exportFile(id));
		if (!closed) throw new Error('the file is not there');
		for await (const piece of opened(kept.fileKey, closed)) pieces.push(piece);
		const opens = Buffer.concat(pieces);
		expect([opens.length, readCsv(filesIn(opens).get('submissions.csv')?.toString('utf8') ?? '').length]).toEqual([kept.bytes, 2]);
		await expect(inTransaction({ kind: 'person', personId: newId() }, (tx) => keptExport(tx, id))).rejects.toMatchObject({ code: 'not-found' });
		await owner.query(`insert into assessment.erasure (id, programme_id, round_id, receipt, reason, versions, files, figures, person_id) values (gen_random_uuid(), $1, $2, 'R', 'asked', 1, 0, 0, $3)`, [round.programmeId, round.roundId, round.analystId]);
		await expect(inTransaction({ kind: 'person', personId: round.analystId }, (tx) => keptExport(tx, id))).rejects.toMatchObject({ code: 'export.gone', status: 410 });
		await removeExportsTask.work({}, running);
		expect(existsSync(exportFile(id))).toBe(false);
		expect((await owner.query('select file_key from assessment.answer_export where id = $1', [id])).rows).toEqual([{ file_key: null }]);
	});

	it('leaves nothing when it is cancelled', async () => {
		const round = await layOutExport(owner);
		await layMany(round, 3000);
		mkdirSync(folder(), { recursive: true });
		const before = left();
		const id = newId();
		await expect(exportAnswersTask.work(job(round, id), { ...running, progress: () => Promise.reject(new Error('cancelled')) })).rejects.toThrow('cancelled');
		expect(left()).toEqual(before);
		const { rows } = await owner.query('select file_name from assessment.answer_export where id = $1', [id]);
		expect(rows).toEqual([{ file_name: null }]);
	});
});
