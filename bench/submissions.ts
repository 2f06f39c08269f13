import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { newId } from '#platform/ids.ts';
import { runningPostgres } from '#server/postgres.ts';
import { measuredForm, measuredXml } from './form.ts';
import type { Order, Outcome } from './load.ts';
import { end, file, heard, startProgram } from './program.ts';
import { layOutRound, type LaidOut } from './round.ts';

/** Submissions a second, by what was measured. */
export type Measured = { readonly rows: number; readonly connections: number; readonly raw: number; readonly minimal: number; readonly hamkor: number; readonly p95: number };

export type Sizes = { readonly count: number; readonly filled: number; readonly connections: readonly number[] };
export const fullSize: Sizes = { count: 4000, filled: 100_000, connections: [1, 8, 32] };

export type Report = { readonly measured: readonly Measured[]; readonly identical: { readonly good: number; readonly of: number; readonly rows: number }; readonly bytes: number };

/**
 * Measures the intake on a scratch data folder with durable commits: the real program, a minimal server and raw prepared
 * inserts, all into one database, with the load from a process of its own. Every measurement is preceded by a short warm-up.
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
		const measured: Measured[] = [];
		let round: LaidOut | undefined;
		for (const rows of [0, sizes.filled]) {
			round = await layOutRound(owner, { form: measuredForm });
			const url = `${base}/key/${round.token}/submission`;
			if (rows > 0) {
				say(`laying ${rows} rows`);
				await layRows(owner, round, rows);
			}
			for (const connections of sizes.connections) {
				const count = connections === 1 ? Math.ceil(sizes.count / 4) : sizes.count;
				say(`${rows} rows, ${connections} connections`);
				const common = { connections, same: false };
				await order({ ...common, url, plain: false, count: Math.min(500, count) });
				const raw = await rawInserts(owner, connections, count);
				const little = await order({ ...common, url: minimalUrl, plain: true, count });
				const hamkor = await order({ ...common, url, plain: false, count });
				if (hamkor.good !== count || little.good !== count) throw new Error(`not all were taken: ${JSON.stringify([little.statuses, hamkor.statuses])}`);
				measured.push({ rows, connections, raw, minimal: count / little.seconds, hamkor: count / hamkor.seconds, p95: hamkor.p95 });
			}
		}
		if (!round) throw new Error('nothing was measured');
		const before = await countOf(owner, round.roundId);
		const same = await order({ url: `${base}/key/${round.token}/submission`, plain: false, connections: 50, count: 50, same: true });
		const identical = { good: same.good, of: 50, rows: (await countOf(owner, round.roundId)) - before };
		await owner.end();
		return { measured, identical, bytes: Buffer.byteLength(measuredXml()) };
	} finally {
		process.off('SIGTERM', stopped).off('SIGINT', stopped);
		await clear();
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
			`insert into assessment.submission (id, programme_id, round_id, instance_id, xml, xml_sha256, answers, checked_at)
				select uuidv7(), $1, $2, 'uuid:' || gen_random_uuid(), $3, sha256('x'), $4::jsonb, now() from generate_series(1, $5)`,
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
