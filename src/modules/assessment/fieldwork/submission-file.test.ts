import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { system, type Actor } from '#platform/actor.ts';
import { inTransaction } from '#platform/database.server.ts';
import { fileAt } from '#platform/file-place.server.ts';
import { newId } from '#platform/ids.ts';
import { atOnce } from '#platform/jobs.server.ts';
import { sealJournal, verifyJournal } from '#platform/journal.server.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { layOutRound, type LaidOut } from '../../../../bench/round.ts';
import { owner, useDatabase } from '../../../../test/database.ts';
import { filesIn, orderOf } from '../../../../test/exports.ts';
import { formOf } from '../collection/form.server.ts';
import { receive } from '../collection/intake.server.ts';
import type { UploadedFile } from '../collection/upload.server.ts';
import { deliver } from '../exports/deliver.server.ts';
import { readSubmissions } from '../permits.ts';
import { roundInstrument } from '../round-queries.server.ts';
import { answerHistory } from './answer-history.server.ts';
import { editSubmission } from './edit-commands.server.ts';
import { eraseContentTask } from './erase-content.tasks.ts';
import * as verbs from './permits.ts';
import { strikeFile } from './submission-file-commands.server.ts';
import { fileOf, filesOf } from './submission-file-queries.server.ts';
import { questionOfFile, shownAs } from './submission-file.ts';

useDatabase();

const form = `
| survey |
| | type | name | label |
| | text | said | Said |
| | image | photo | Photo |
| | audio | voice | Voice |
| settings |
| | form_id | version |
| | files | 1 |
`;

const folder = mkdtempSync(path.join(os.tmpdir(), 'hamkor-sent-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
/** A photograph as a telephone takes it: with the place where it was taken. */
const photograph = (shade: number): Promise<Buffer> =>
	sharp({ create: { width: 12, height: 9, channels: 3, background: { r: shade, g: 90, b: 60 } } }).jpeg().withExif({ IFD0: { Copyright: 'Zulfiya' } }).toBuffer();

function uploaded(name: string, content: Buffer): UploadedFile {
	const at = path.join(folder, newId());
	writeFileSync(at, content);
	return { name, path: at, sha256: createHash('sha256').update(content).digest(), bytes: content.length };
}

type Sending = { readonly name: string; readonly photo?: string; readonly voice?: string; readonly replaces?: string };
const xmlOf = ({ name, photo, voice, replaces }: Sending): Buffer =>
	Buffer.from(`<data id="files" version="1"><said>x</said>${photo ? `<photo>${photo}</photo>` : ''}${voice ? `<voice>${voice}</voice>` : ''}<meta><instanceID>uuid:${name}</instanceID>${replaces ? `<deprecatedID>uuid:${replaces}</deprecatedID>` : ''}</meta></data>`);

async function scene() {
	const round = await layOutRound(owner, { form });
	const { shape } = await formOf(round.versionId);
	const analyst: Actor = { kind: 'person', personId: round.analystId };
	const send = (sending: Sending, files: UploadedFile[] = []) => receive({ kind: 'token', tokenId: round.tokenId }, { ...round, placeId: null }, shape, { xml: xmlOf(sending), files });
	const look = (id: string) => inTransaction(analyst, async (tx) => filesOf(tx, await permit(tx, readSubmissions, round.roundId), id));
	const strike = (id: string, name: string) => inTransaction(analyst, async (tx) => strikeFile(tx, await permit(tx, verbs.strikeFile, id), name, { reason: 'danger', note: 'a face' }));
	return { round, analyst, shape, send, look, strike };
}

/** An export with its files, and what it says of itself. */
async function exported(round: LaidOut): Promise<{ media: Buffer[]; says: string }> {
	const pieces: Uint8Array[] = [];
	await deliver(orderOf(round, { attachments: true }), async (piece) => void pieces.push(Uint8Array.from(piece)), async () => {});
	const files = filesIn(Buffer.concat(pieces));
	return { media: [...files].filter(([name]) => name.startsWith('media/')).map(([, content]) => content), says: files.get('README.txt')?.toString('utf8') ?? '' };
}

/** Does the job that was asked for when something was struck. */
async function clearDisk(): Promise<void> {
	const { rows } = await owner.query<{ payload: unknown }>(`select payload from graphile_worker._private_jobs where payload::text like '%hashes%'`);
	for (const { payload } of rows) await eraseContentTask.work(eraseContentTask.payload.parse(payload), { ...atOnce, progress: async () => {} });
}

const kept = async (programmeId: string): Promise<number> => Number((await owner.query('select count(*) as n from platform.file where programme_id = $1', [programmeId])).rows[0]?.n);

describe('a file that came with answers', () => {
	it('is, as a picture, there for who reads the answers and in what is exported, without what the telephone wrote into it', async () => {
		const { round, analyst, send, look } = await scene();
		const photo = await photograph(10);
		expect(photo.includes('Zulfiya')).toBe(true);
		const { submissionId, missing } = await send({ name: 'a', photo: 'hovli.jpg' }, [uploaded('hovli.jpg', photo)]);
		expect(missing).toEqual([]);
		const [file] = await look(submissionId);
		expect(file).toMatchObject({ name: 'hovli.jpg', stored: { mediaType: 'image/jpeg' }, struck: null });
		const { media, says } = await exported(round);
		expect(media).toEqual([readFileSync(fileAt(file?.sha256 ?? Buffer.alloc(0)))]);
		expect(media[0]?.includes('Zulfiya')).toBe(false);
		expect((await sharp(media[0]).metadata()).width).toBe(12);
		expect(says).toContain('All files');
		const { instrument } = await inTransaction(analyst, (tx) => roundInstrument(tx, round.programmeId, round.roundId));
		expect(questionOfFile(instrument, { '/data/said': 'x', '/data/photo': 'hovli.jpg' }, 'hovli.jpg')?.name).toBe('photo');
	});

	it('loses, when it is a film, the place that the telephone wrote into it, and is known when it is sent again', async () => {
		const { round, send, look } = await scene();
		const place = '+41.3111+069.2797/';
		const box = (type: string, inside: string): string => `${String.fromCharCode(0, 0, 0, inside.length + 8)}${type}${inside}`;
		const film = Buffer.from(box('ftyp', 'mp42\0\0\0\0isommp42') + box('moov', box('mvhd', 'x'.repeat(20)) + box('udta', box('\u00a9xyz', place))) + box('mdat', 'pictures'), 'latin1');
		const { submissionId, missing } = await send({ name: 'a', voice: 'kirish.mp4' }, [uploaded('kirish.mp4', film)]);
		expect(missing).toEqual([]);
		expect(await send({ name: 'a', voice: 'kirish.mp4' }, [uploaded('kirish.mp4', film)])).toMatchObject({ again: true, missing: [] });
		expect(await look(submissionId)).toMatchObject([{ name: 'kirish.mp4', stored: { mediaType: 'video/mp4', bytes: film.length } }]);
		const { media: [kept] } = await exported(round);
		expect([kept?.includes(place), kept?.includes('pictures'), kept?.length]).toEqual([false, true, film.length]);
	});

	it('is shown in its place only when it is what a browser shows without running it', () => {
		expect(['image/jpeg', 'image/svg+xml', 'audio/mpeg', 'video/mp4', 'application/pdf', 'text/html'].map(shownAs)).toEqual(['picture', 'download', 'sound', 'video', 'download', 'download']);
	});
});

describe('a file that is struck', () => {
	it('is gone from every version, from the disk and from exports, and the answers stay', async () => {
		const { round, analyst, shape, send, look, strike } = await scene();
		const photo = await photograph(20);
		const first = await send({ name: 'a', photo: 'a.jpg' }, [uploaded('a.jpg', photo)]);
		const second = await send({ name: 'b', photo: 'a.jpg', replaces: 'a' }, [uploaded('a.jpg', photo)]);
		const { sha256 } = (await look(second.submissionId))[0] ?? { sha256: null };
		expect(sha256 && existsSync(fileAt(sha256))).toBe(true);
		await strike(second.submissionId, 'a.jpg');
		await clearDisk();
		expect(sha256 && existsSync(fileAt(sha256))).toBe(false);
		expect(await kept(round.programmeId)).toBe(0);
		for (const { submissionId } of [first, second]) expect(await look(submissionId)).toMatchObject([{ name: 'a.jpg', stored: null, sha256: null, struck: { reason: 'danger', note: 'a face' } }]);
		const { media, says } = await exported(round);
		expect(media).toEqual([]);
		expect(says).toContain('Files struck at review: 1');
		expect(says).not.toContain('have not arrived');
		const happened = await inTransaction(analyst, (tx) => answerHistory(tx, second.submissionId, shape));
		expect(happened.map((each) => each.kind)).toEqual(['struck', 'edit', 'received']);
		await expect(strike(first.submissionId, 'a.jpg')).rejects.toMatchObject({ code: 'file.gone-already', status: 409 });
		await expect(strike(first.submissionId, 'never.jpg')).rejects.toMatchObject({ code: 'file.gone-already', status: 409 });
	});

	it('is taken from a telephone that sends it again with success, and not kept', async () => {
		const { round, send, look, strike } = await scene();
		const photo = await photograph(30);
		const { submissionId } = await send({ name: 'a', photo: 'a.jpg' }, [uploaded('a.jpg', photo)]);
		await strike(submissionId, 'a.jpg');
		expect(await send({ name: 'a', photo: 'a.jpg' }, [uploaded('a.jpg', photo)])).toMatchObject({ again: true, missing: [] });
		const edit = await send({ name: 'b', photo: 'a.jpg', voice: 'b.csv', replaces: 'a' }, [uploaded('a.jpg', photo), uploaded('b.csv', Buffer.from('a,b\n1,2\n'))]);
		expect(edit.missing).toEqual([]);
		expect(await look(edit.submissionId)).toMatchObject([{ name: 'a.jpg', stored: null, struck: { reason: 'danger' } }, { name: 'b.csv', stored: { mediaType: 'text/csv' }, struck: null }]);
		expect(await kept(round.programmeId)).toBe(1);
	});

	it('stays struck in a correction at review', async () => {
		const { analyst, send, look, strike } = await scene();
		const { submissionId } = await send({ name: 'a', photo: 'a.jpg' }, [uploaded('a.jpg', await photograph(40))]);
		await strike(submissionId, 'a.jpg');
		const id = newId();
		await inTransaction(analyst, async (tx) => editSubmission(tx, await permit(tx, verbs.editSubmission, submissionId), { id, reason: 'said y', answer: { q1: 'y' } }));
		expect(await look(id)).toMatchObject([{ name: 'a.jpg', stored: null, struck: { note: 'a face' } }]);
	});

	it('leaves alone what another submission sent, be it the same picture', async () => {
		const { round, send, look, strike } = await scene();
		const photo = await photograph(50);
		const one = await send({ name: 'a', photo: 'a.jpg' }, [uploaded('a.jpg', photo)]);
		const two = await send({ name: 'b', photo: 'a.jpg' }, [uploaded('a.jpg', photo)]);
		await strike(one.submissionId, 'a.jpg');
		await clearDisk();
		const [left] = await look(two.submissionId);
		expect(left).toMatchObject({ struck: null, stored: { mediaType: 'image/jpeg' } });
		expect((await exported(round)).media).toHaveLength(1);
	});

	it('is struck also when it arrives at the same moment', async () => {
		const { round, send, look, strike } = await scene();
		const { submissionId } = await send({ name: 'a', photo: 'a.jpg' });
		const arriving = await owner.connect();
		try {
			await arriving.query('begin');
			const file = newId();
			await arriving.query(`insert into platform.file (id, programme_id, sha256, media_type, name, bytes) values ($1, $2, sha256('late'), 'image/jpeg', 'a.jpg', 4)`, [file, round.programmeId]);
			await arriving.query(`update assessment.attachment set file_id = $1, sha256 = sha256('late'), received_at = now() where submission_id = $2`, [file, submissionId]);
			const struck = strike(submissionId, 'a.jpg');
			await expect.poll(async () => (await owner.query(`select from pg_locks where not granted`)).rowCount).toBeGreaterThan(0);
			await arriving.query('commit');
			await struck;
		} finally {
			arriving.release();
		}
		expect(await look(submissionId)).toMatchObject([{ stored: null, struck: { reason: 'danger' } }]);
		expect(await kept(round.programmeId)).toBe(0);
	});

	it('leaves the journal whole, which knows its name and not what was on it', async () => {
		const { round, send, strike } = await scene();
		const { submissionId } = await send({ name: 'a', photo: 'a.jpg' }, [uploaded('a.jpg', await photograph(60))]);
		await strike(submissionId, 'a.jpg');
		await inTransaction(system('journal'), sealJournal);
		expect((await inTransaction(system('journal'), (tx) => verifyJournal(tx))).faults).toEqual([]);
		const { rows } = await owner.query(`select actor_id from platform.journal where verb = 'submission.strike-file' and subject_id = $1`, [submissionId]);
		expect(rows).toEqual([{ actor_id: round.analystId }]);
	});

	it('is nobody else’s to strike or to see', async () => {
		const { round, send } = await scene();
		const { submissionId } = await send({ name: 'a', photo: 'a.jpg' }, [uploaded('a.jpg', await photograph(70))]);
		const stranger: Actor = { kind: 'person', personId: newId() };
		await inTransaction(stranger, async (tx) => {
			expect(await mayI(tx, verbs.strikeFile, submissionId)).toBe(false);
			expect(await mayI(tx, readSubmissions, round.roundId)).toBe(false);
		});
		await inTransaction({ kind: 'person', personId: round.analystId }, async (tx) => {
			const reads = await permit(tx, readSubmissions, round.roundId);
			await expect(fileOf(tx, reads, submissionId, 'b.jpg')).rejects.toMatchObject({ code: 'not-found' });
			await expect(fileOf(tx, reads, newId(), 'a.jpg')).rejects.toMatchObject({ code: 'not-found' });
		});
	});
});
