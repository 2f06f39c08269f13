import { fork, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { packRound } from '#modules/assessment/figures/blocks.server.ts';
import { basisOf, countQuery } from '#modules/assessment/figures/count.server.ts';
import { simpleQuery } from '#modules/assessment/figures/figure.ts';
import type { Query } from '#modules/assessment/figures/query.ts';
import { closeDatabase, inTransaction, openDatabase } from '#platform/database.server.ts';
import { runningPostgres } from '#server/postgres.ts';
import type { Order, Outcome } from './load.ts';
import { end, heard, startProgram } from './program.ts';
import { layOutRound, type LaidOut } from './round.ts';
import { measuredForm } from './form.ts';

export type FigureSizes = { readonly rows: readonly number[]; readonly times: number; readonly intake: number };
export const fullFigures: FigureSizes = { rows: [100_000, 1_000_000], times: 20, intake: 2000 };

/** Seconds of figures over so many submissions: the first after a start, the middle and the 95th of a hundred of the rest. */
export type Counted = { readonly rows: number; readonly first: number; readonly median: number; readonly p95: number };
/** Submissions a second, with what figures are counted from being prepared, and without. */
export type Intake = { readonly with: number; readonly without: number };

const list = (name: string, count: number): string[] => Array.from({ length: count }, (_, i) => `| | ${name} | ${name}${i} | ${name} ${i} |`);
const form = [
	'| survey |', '| | type | name | label |',
	'| | select_one region | region | Region |', '| | select_one service | service | Service |', '| | select_multiple need | needs | Needs |', '| | integer | age | Age |',
	'| choices |', '| | list_name | name | label |', ...list('region', 14), ...list('service', 8), ...list('need', 6),
	'| settings |', '| | form_id | form_title | version |', '| | figures | Figures | 1 |', ''
].join('\n');

/** Figures as they are asked: a share, splits by one and two questions, a mean, several answers from one, a filter over two questions. */
const queriesOf = (roundId: string): Query[] => {
	const by = (name: string): Query['splits'][number] => ({ by: 'answer', path: `/data/${name}`, bands: [] });
	return [
		simpleQuery(roundId, 'share', '/data/service'),
		simpleQuery(roundId, 'count', '/data/service', { splits: [by('region')] }),
		simpleQuery(roundId, 'share', '/data/age', { bands: [18, 30, 60], splits: [by('region'), by('service')] }),
		simpleQuery(roundId, 'mean', '/data/age', { splits: [by('region')] }),
		simpleQuery(roundId, 'share', '/data/needs', { splits: [by('service')] }),
		simpleQuery(roundId, 'median', '/data/age', { splits: [by('service')], where: { all: [{ answer: '/data/needs', is: ['need1', 'need2'] }, { answer: '/data/region', is: ['region3'] }] } })
	];
};

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
	const start = performance.now();
	await work();
	return (performance.now() - start) / 1000;
};

/** Measures figures over rounds that grow, through the program's own queries and fences, and what they cost the intake; on a scratch folder. */
export async function measureFigures(sizes: FigureSizes, say: (text: string) => void): Promise<{ counted: Counted[]; intake: Intake }> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'hamkor-bench-'));
	chmodSync(folder, 0o755);
	const processes: ChildProcess[] = [];
	const clear = async (): Promise<void> => {
		await closeDatabase().catch(() => {});
		for (const child of processes.toReversed()) await end(child);
		rmSync(folder, { recursive: true, force: true });
	};
	const stopped = (): void => void clear().finally(() => process.exit(130));
	process.once('SIGTERM', stopped).once('SIGINT', stopped);
	try {
		say('starting the program on a scratch folder');
		const { child, base } = await startProgram(folder);
		processes.push(child);
		const running = runningPostgres(path.join(folder, 'data'));
		const owner = new pg.Pool({ ...running.owner, max: 4 });
		openDatabase(running.app);
		const intake = await measureIntake(owner, base, sizes.intake, processes, say);
		const round = await layOutRound(owner, { form });
		const counted: Counted[] = [];
		let laid = 0;
		for (const rows of sizes.rows) {
			say(`laying ${rows} submissions`);
			await layAnswers(owner, round, rows - laid);
			laid = rows;
			await packRound(round.roundId);
			await owner.query('vacuum analyze assessment.answer_block');
			say(`counting over ${rows} submissions`);
			counted.push({ rows, ...(await measureCounting(round, sizes.times)) });
		}
		await owner.end();
		return { counted, intake };
	} finally {
		process.off('SIGTERM', stopped).off('SIGINT', stopped);
		await clear();
	}
}

async function measureCounting({ roundId, analystId }: LaidOut, times: number): Promise<Omit<Counted, 'rows'>> {
	const count = (query: Query): Promise<unknown> =>
		inTransaction({ kind: 'person', personId: analystId }, async (tx) => countQuery(tx, await basisOf(tx, roundId), query, new Date()));
	const queries = queriesOf(roundId);
	const [, , twice] = queries;
	const first = twice ? await seconds(() => count(twice)) : 0;
	const all: number[] = [];
	for (const query of queries) await count(query);
	for (let i = 0; i < times; i++) for (const query of queries) all.push(await seconds(() => count(query)));
	all.sort((a, b) => a - b);
	return { first, median: all[Math.floor(all.length / 2)] ?? 0, p95: all[Math.floor(all.length * 0.95)] ?? 0 };
}

/** Lays submissions as if they had come in, their answers drawn by the database. */
async function layAnswers(owner: pg.Pool, { programmeId, roundId }: LaidOut, rows: number): Promise<void> {
	const batch = 20_000;
	for (let done = 0; done < rows; done += batch) {
		await owner.query(
			`insert into assessment.submission (id, programme_id, round_id, instance_id, xml, xml_sha256, answers, checked_at)
				select uuidv7(), $1, $2, 'uuid:' || gen_random_uuid(), '<data/>', sha256('x'), jsonb_build_object(
					'/data/region', 'region' || floor(random() * 14), '/data/service', 'service' || floor(random() * 8),
					'/data/needs', 'need' || floor(random() * 3) || ' need' || (3 + floor(random() * 3)), '/data/age', (15 + floor(random() * 60))::text), now()
				from generate_series(1, $3)`,
			[programmeId, roundId, Math.min(batch, rows - done)]
		);
	}
}

/** Turns of the intake, an odd number: what else the machine does moves single ones by a third. */
const turns = 9;

/** The intake with and without the trigger by which submissions wait for being packed, turn by turn. */
async function measureIntake(owner: pg.Pool, base: string, count: number, processes: ChildProcess[], say: (text: string) => void): Promise<Intake> {
	const load = fork(path.join(fileURLToPath(new URL('./', import.meta.url)), 'load.ts'), [], { serialization: 'advanced' });
	processes.push(load);
	const round = await layOutRound(owner, { form: measuredForm });
	const rate = async (of: number): Promise<number> => {
		const order: Order = { url: `${base}/key/${round.token}/submission`, plain: false, connections: 8, count: of, same: false };
		load.send(order);
		const outcome = await heard<Outcome>(load);
		if (outcome.good !== of) throw new Error(`not all were taken: ${JSON.stringify(outcome.statuses)}`);
		return of / outcome.seconds;
	};
	await rate(Math.ceil(count / 4));
	const rates: Record<'with' | 'without', number[]> = { with: [], without: [] };
	for (let turn = 0; turn < turns; turn++) {
		for (const way of ['with', 'without'] as const) {
			say(`intake ${way} packing, turn ${turn + 1}`);
			await owner.query(`alter table assessment.submission ${way === 'with' ? 'enable' : 'disable'} trigger await_packing`);
			rates[way].push(await rate(count));
		}
	}
	await owner.query('alter table assessment.submission enable trigger await_packing');
	const middle = (list: number[]): number => list.sort((a, b) => a - b)[(turns - 1) / 2] ?? 0;
	return { with: middle(rates.with), without: middle(rates.without) };
}
