import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { newId } from '#platform/ids.ts';
import { runningPostgres } from '#server/postgres.ts';
import { measuredForm, measuredXml } from './form.ts';
import type { Order, Outcome } from './load.ts';
import { end, file, heard, startProgram } from './program.ts';
import { layOutRound, type LaidOut } from './round.ts';

/** Submissions a second, by what was measured. */
export type Measured = { readonly rows: number; readonly connections: number; readonly raw: number; readonly minimal: number; readonly hamkor: number; readonly p95: number };

/** `turns`: how often everything is measured, of which the middle counts; an odd number. */
export type Sizes = { readonly count: number; readonly filled: number; readonly connections: readonly number[]; readonly turns: number };
export const fullSize: Sizes = { count: 4000, filled: 100_000, connections: [1, 8, 32], turns: 3 };

export type Report = { readonly measured: readonly Measured[]; readonly identical: { readonly good: number; readonly of: number; readonly rows: number }; readonly bytes: number };

/**
 * Measures the intake on a scratch data folder with durable commits: the real program, a minimal server and raw prepared
 * inserts, all into one database, with the load from a process of its own. Everything is warm before the first measurement, and
 * the empty form and the filled one are measured in turns, so that neither has the better part of the run. It is the intake that
 * is measured: what came in is marked as looked at after each turn, so that the jobs that look at answers do not pile up.
 */
export async function measureSubmissions(sizes: Sizes, say: (text: string) => void): Promise<Report> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'hamkor-bench-'));
	chmodSync(folder, 0o755);
	const processes: ChildProcess[] = [];
	const clear = async (): Promise<void> => {
		for (const child of processes.toReversed()) await end(child);
		rmSync(folder, { recursive: true, force: true });
	};
	// Told to stop, it leaves nothing behind either.
	const stopped = (): void => void clear().finally(() => process.exit(130));
	process.once('SIGTERM', stopped).once('SIGINT', stopped);
	try {
		say('starting the program on a scratch folder');
		const { child, base } = await startProgram(folder);
		processes.push(child);
		const host = String(runningPostgres(path.join(folder, 'data')).owner.host);
		// Connections are given back at once: the database has as many as the program needs, and a few for us.
		const owner = new pg.Pool({ ...runningPostgres(path.join(folder, 'data')).owner, max: 32, idleTimeoutMillis: 50 });
		const minimal = fork(file('bench/minimal.ts'), [host], { serialization: 'advanced' });
		const load = fork(file('bench/load.ts'), [], { serialization: 'advanced' });
		processes.push(minimal, load);
		await owner.query(`create schema bench; create table bench.minimal (id uuid primary key, instance_id text not null unique, xml text not null,
			xml_sha256 bytea not null, received_at timestamptz not null default clock_timestamp())`);
		const minimalUrl = `http://127.0.0.1:${String(await heard<number>(minimal))}/`;
		const order = (given: Order): Promise<Outcome> => {
			load.send(given);
			return heard<Outcome>(load);
		};
		const emptyRound = (): Promise<LaidOut> => layOutRound(owner, { form: measuredForm });
		const into = ({ token }: LaidOut): string => `${base}/key/${token}/submission`;
		say(`laying ${sizes.filled} rows, and warming up`);
		const filled = await emptyRound();
		await layRows(owner, filled, sizes.filled);
		const warm = { connections: 8, same: false, count: sizes.count };
		await order({ ...warm, url: into(await emptyRound()), plain: false });
		await order({ ...warm, url: minimalUrl, plain: true });
		await lookedAt(owner);
		await jobsDone(owner);
		const one = async (rows: number, round: LaidOut, connections: number): Promise<Measured> => {
			const count = connections === 1 ? Math.ceil(sizes.count / 4) : sizes.count;
			const common = { connections, same: false, count };
			const raw = await rawInserts(owner, connections, count);
			const little = await order({ ...common, url: minimalUrl, plain: true });
			const hamkor = await order({ ...common, url: into(round), plain: false });
			await lookedAt(owner);
			if (hamkor.good !== count || little.good !== count) throw new Error(`not all were taken: ${JSON.stringify([little.statuses, hamkor.statuses])}`);
			return { rows, connections, raw, minimal: count / little.seconds, hamkor: count / hamkor.seconds, p95: hamkor.p95 };
		};
		const all: Measured[] = [];
		for (let turn = 1; turn <= sizes.turns; turn++) {
			say(`turn ${turn} of ${sizes.turns}`);
			for (const connections of sizes.connections) {
				all.push(await one(0, await emptyRound(), connections), await one(sizes.filled, filled, connections));
			}
		}
		const measured = [0, sizes.filled].flatMap((rows) => sizes.connections.map((connections) => middleOf(all.filter((each) => each.rows === rows && each.connections === connections))));
		const before = await countOf(owner, filled.roundId);
		const same = await order({ url: into(filled), plain: false, connections: 50, count: 50, same: true });
		const identical = { good: same.good, of: 50, rows: (await countOf(owner, filled.roundId)) - before };
		await owner.end();
		return { measured, identical, bytes: Buffer.byteLength(measuredXml()) };
	} finally {
		process.off('SIGTERM', stopped).off('SIGINT', stopped);
		await clear();
	}
}

/** Of several measurements of the same, the middle of each number. */
function middleOf(all: readonly Measured[]): Measured {
	const [first] = all;
	if (!first) throw new Error('nothing was measured');
	const middle = (of: (each: Measured) => number): number => all.map(of).sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
	return { ...first, raw: middle(({ raw }) => raw), minimal: middle(({ minimal }) => minimal), hamkor: middle(({ hamkor }) => hamkor), p95: middle(({ p95 }) => p95) };
}

/** Leaves nothing to look at for the jobs that come after the intake. */
async function lookedAt(owner: pg.Pool): Promise<void> {
	// In their order, and past those that a job is just marking itself: two who mark the same in different orders would wait for each other.
	await owner.query(`update assessment.submission set checked_at = now(), looked_at = now()
		where id in (select id from assessment.submission where checked_at is null or looked_at is null order by id for update skip locked)`);
}

/** Waits until the program has done what laying so many rows gave it to do; no longer than two minutes. */
async function jobsDone(owner: pg.Pool): Promise<void> {
	for (const until = performance.now() + 120_000; performance.now() < until; await setTimeout(500)) {
		const { rows } = await owner.query<{ n: number }>('select count(*)::int as n from graphile_worker._private_jobs where run_at <= now() and attempts < max_attempts');
		if (rows[0]?.n === 0) return;
	}
}

async function countOf(owner: pg.Pool, roundId: string): Promise<number> {
	return Number((await owner.query('select count(*) as n from assessment.submission where round_id = $1', [roundId])).rows[0]?.n);
}

/** Prepared inserts of the same XML into a plain table, from this process: what the database takes without any server before it. */
async function rawInserts(owner: pg.Pool, connections: number, count: number): Promise<number> {
	const xmls = Array.from({ length: count }, () => {
		const id = newId();
		const xml = measuredXml(`uuid:${id}`);
		return { id, xml, sha256: createHash('sha256').update(xml).digest() };
	});
	const clients = await Promise.all(Array.from({ length: connections }, () => owner.connect()));
	const started = performance.now();
	await Promise.all(
		clients.map(async (client) => {
			for (let next = xmls.pop(); next; next = xmls.pop()) {
				await client.query({ name: 'raw', text: 'insert into bench.minimal (id, instance_id, xml, xml_sha256) values ($1, $2, $3, $4)', values: [next.id, next.id, next.xml, next.sha256] });
			}
		})
	);
	const seconds = (performance.now() - started) / 1000;
	for (const client of clients) client.release();
	return count / seconds;
}

/** Lays rows as if they had come in: into the form's own round and, for a fair comparison, as many into the minimal table. */
async function layRows(owner: pg.Pool, round: LaidOut, rows: number): Promise<void> {
	const xml = measuredXml('uuid:laid');
	const answers = JSON.stringify(Object.fromEntries(Array.from({ length: 27 }, (_, n) => [`/data/question_${n + 1}`, `Javob ${n + 1} oʻzbekcha`])));
	const batch = 5000;
	for (let done = 0; done < rows; done += batch) {
		await owner.query(
			`insert into assessment.submission (id, programme_id, round_id, instance_id, xml, xml_sha256, answers, checked_at, looked_at)
				select uuidv7(), $1, $2, 'uuid:' || gen_random_uuid(), $3, sha256('x'), $4::jsonb, now(), now() from generate_series(1, $5)`,
			[round.programmeId, round.roundId, xml, answers, Math.min(batch, rows - done)]
		);
		await owner.query(
			`insert into bench.minimal (id, instance_id, xml, xml_sha256) select uuidv7(), 'uuid:' || gen_random_uuid(), $1, sha256('x') from generate_series(1, $2)`,
			[xml, Math.min(batch, rows - done)]
		);
	}
	await owner.query('vacuum analyze assessment.submission');
	await owner.query('checkpoint');
}
