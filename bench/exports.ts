import { fork, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { newToken, tokenHash } from '#modules/assessment/collection/token.server.ts';
import { newId } from '#platform/ids.ts';
import { runningPostgres } from '#server/postgres.ts';
import { measuredForm, measuredXml } from './form.ts';
import type { Order, Outcome } from './load.ts';
import { end, file, heard, startProgram } from './program.ts';
import { layOutRound, type LaidOut } from './round.ts';

export type Sizes = {
	/** Submissions that are exported. */
	readonly rows: readonly number[];
	/** Submissions of a round whose feed is read. */
	readonly feeds: readonly number[];
	/** Submissions that are sent beside an export, and without one. */
	readonly sent: number;
};
export const exportSizes = (most: number): Sizes => ({ rows: [10_000, 50_000], feeds: [10_000, 100_000, 1_000_000].filter((n) => n <= most), sent: 3000 });

export type Exported = { readonly rows: number; readonly seconds: number; readonly firstByte: number; readonly megabytes: number; readonly memory: number };
export type Fed = { readonly rows: number; readonly first: number; readonly far: number; readonly counted: number };
export type ExportsReport = {
	readonly exported: readonly Exported[];
	readonly intake: { readonly alone: number; readonly beside: number; readonly exports: number };
	readonly fed: readonly Fed[];
};

/** Measures downloads and feeds of the real program, with what comes in beside them, on a scratch data folder. */
export async function measureExports(sizes: Sizes, say: (text: string) => void): Promise<ExportsReport> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'hamkor-bench-'));
	chmodSync(folder, 0o755);
	const processes: ChildProcess[] = [];
	const clear = async (): Promise<void> => {
		for (const child of processes.toReversed()) await end(child);
		rmSync(folder, { recursive: true, force: true });
	};
	const stopped = (): void => void clear().finally(() => process.exit(130));
	process.once('SIGTERM', stopped).once('SIGINT', stopped);
	try {
		say('starting the program on a scratch folder');
		const { child, base } = await startProgram(folder);
		processes.push(child);
		const owner = new pg.Pool({ ...runningPostgres(path.join(folder, 'data')).owner, max: 4 });
		const load = fork(file('bench/load.ts'), [], { serialization: 'advanced' });
		processes.push(load);
		const order = (given: Order): Promise<Outcome> => {
			load.send(given);
			return heard<Outcome>(load);
		};
		const exported: Exported[] = [];
		let largest: Signed | undefined;
		for (const rows of sizes.rows) {
			say(`exporting ${rows} submissions`);
			largest = await signedRound(owner, base, rows);
			await download(largest);
			exported.push({ rows, ...(await measureDownload(largest, child.pid ?? 0)) });
		}
		if (largest === undefined) throw new Error('nothing was exported');
		say('sending submissions beside exports');
		const intake = await besideExports(owner, base, largest, order, sizes.sent);
		const fed: Fed[] = [];
		for (const rows of sizes.feeds) {
			say(`reading a feed of ${rows} submissions`);
			fed.push(await measureFeed(owner, base, rows));
		}
		await owner.end();
		return { exported, intake, fed };
	} finally {
		process.off('SIGTERM', stopped).off('SIGINT', stopped);
		await clear();
	}
}

type Signed = { readonly round: LaidOut; readonly address: string; readonly cookie: string };

/** A round with submissions, and its analyst signed in with presence proved. */
async function signedRound(owner: pg.Pool, base: string, rows: number): Promise<Signed> {
	const round = await layOutRound(owner, { form: measuredForm });
	await layAnswers(owner, round, rows);
	const token = randomBytes(32).toString('base64url');
	await owner.query('insert into platform.account (person_id, sign_in_name) values ($1, $2)', [round.analystId, round.analystId]);
	await owner.query('insert into platform.session (id, token_hash, person_id, strong_at) values ($1, $2, $3, now())', [newId(), createHash('sha256').update(token).digest(), round.analystId]);
	return { round, address: `${base}/en/p/${round.programmeId}/assessment/rounds/${round.roundId}/exports/file?format=csv`, cookie: `hamkor_session=${token}` };
}

/** Lays submissions of 30 questions, with the answers that the intake keeps of such a form. */
async function layAnswers(owner: pg.Pool, round: LaidOut, rows: number): Promise<void> {
	const xml = measuredXml('uuid:laid');
	const value = (n: number): string => (n % 5 === 0 ? String(n * 3) : n % 7 === 0 ? '2026-03-08' : `Javob ${n}: oʻzbekcha matn va yana biroz`);
	const answers = JSON.stringify({
		...Object.fromEntries(Array.from({ length: 27 }, (_, n) => [`/data/question_${n + 1}`, value(n + 1)])),
		'/data/member/name': ['Aʼzo 1', 'Aʼzo 2', 'Aʼzo 3'], '/data/member/age': ['9', '18', '27'], '/data/member/relation': ['qarindosh', 'qarindosh', 'qarindosh']
	});
	const batch = 5000;
	for (let done = 0; done < rows; done += batch) {
		await owner.query(
			`insert into assessment.submission (id, programme_id, round_id, instance_id, xml, xml_sha256, answers, checked_at, looked_at)
				select uuidv7(), $1, $2, 'uuid:' || gen_random_uuid(), $3, sha256('x'), $4::jsonb, now(), now() from generate_series(1, $5)`,
			[round.programmeId, round.roundId, xml, answers, Math.min(batch, rows - done)]
		);
	}
	await owner.query('delete from assessment.answer_waiting where round_id = $1', [round.roundId]);
	await owner.query('vacuum analyze assessment.submission');
	await owner.query('checkpoint');
}

type Downloaded = { readonly seconds: number; readonly firstByte: number; readonly bytes: number };

function download({ address, cookie }: Signed): Promise<Downloaded> {
	const started = performance.now();
	let [first, bytes] = [0, 0];
	return new Promise((resolve, reject) => {
		const request = http.get(address, { headers: { cookie }, agent: false }, (response) => {
			if (response.statusCode !== 200) return void reject(new Error(`the export was answered with ${response.statusCode}`));
			response.on('data', (piece: Buffer) => {
				first ||= performance.now() - started;
				bytes += piece.length;
			});
			response.on('error', reject);
			response.on('end', () => resolve({ seconds: (performance.now() - started) / 1000, firstByte: first, bytes }));
		});
		request.on('error', reject);
	});
}

/** Resident memory of a process, in megabytes; 0 where it cannot be told. */
function memoryOf(pid: number): number {
	try {
		return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
	} catch {
		return 0;
	}
}

async function measureDownload(signed: Signed, pid: number): Promise<Omit<Exported, 'rows'>> {
	const before = memoryOf(pid);
	let most = before;
	const watch = setInterval(() => (most = Math.max(most, memoryOf(pid))), 20);
	const tries: Downloaded[] = [];
	for (let n = 0; n < 3; n++) tries.push(await download(signed));
	clearInterval(watch);
	const [middle] = tries.sort((a, b) => a.seconds - b.seconds).slice(1);
	if (middle === undefined) throw new Error('nothing was measured');
	return { seconds: middle.seconds, firstByte: middle.firstByte, megabytes: middle.bytes / 1_048_576, memory: most - before };
}

/** What comes in a second into another round: alone, and while one export after the other is downloaded. */
async function besideExports(owner: pg.Pool, base: string, signed: Signed, order: (given: Order) => Promise<Outcome>, count: number): Promise<ExportsReport['intake']> {
	const round = await layOutRound(owner, { form: measuredForm });
	const given = { url: `${base}/key/${round.token}/submission`, plain: false, connections: 8, same: false };
	await order({ ...given, count: 500 });
	const rate = async (): Promise<number> => count / (await order({ ...given, count })).seconds;
	const alone = [await rate()];
	const going = { on: true };
	let exports = 0;
	const loop = async (): Promise<void> => {
		while (going.on) {
			await download(signed);
			exports += 1;
		}
	};
	const looping = loop();
	const beside = [await rate(), await rate()];
	going.on = false;
	await looping;
	alone.push(await rate());
	const mean = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0) / all.length;
	return { alone: mean(alone), beside: mean(beside), exports };
}

async function measureFeed(owner: pg.Pool, base: string, rows: number): Promise<Fed> {
	const round = await layOutRound(owner, { form: measuredForm });
	await layAnswers(owner, round, rows);
	const secret = newToken();
	await owner.query(`insert into assessment.answer_feed (id, programme_id, round_id, person_id, label, token_hash, expires_at) values ($1, $2, $3, $4, 'measured', $5, now() + interval '1 day')`, [
		newId(), round.programmeId, round.roundId, round.analystId, tokenHash(secret)
	]);
	const headers = { authorization: `Basic ${Buffer.from(`feed:${secret}`).toString('base64')}` };
	const read = async (query: string): Promise<number> => {
		const started = performance.now();
		const answer = await fetch(`${base}/odata/forms/${round.roundId}.svc/Submissions${query}`, { headers });
		if (answer.status !== 200) throw new Error(`the feed was answered with ${answer.status}`);
		await answer.arrayBuffer();
		return performance.now() - started;
	};
	const middle = async (query: string): Promise<number> => {
		const times: number[] = [];
		for (let n = 0; n < 7; n++) times.push(await read(query));
		return times.sort((a, b) => a - b)[3] ?? 0;
	};
	const cursor = async (): Promise<string> => {
		const { rows: found } = await owner.query<{ at: string; id: string; until: string }>(
			`select to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, id, to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as until
				from assessment.submission where round_id = $1 order by received_at, id offset $2 limit 1`,
			[round.roundId, Math.max(0, rows - 2000)]
		);
		return Buffer.from(JSON.stringify({ ...found[0], left: null, done: 0 })).toString('base64url');
	};
	return { rows, first: await middle(''), far: await middle(`?$skiptoken=${await cursor()}`), counted: await middle('?$count=true') };
}
