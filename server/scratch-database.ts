import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { PoolConfig } from 'pg';
import { startPostgres } from '#server/postgres.ts';

/** Runs `work` with an empty database that is thrown away afterwards. */
export async function withScratchDatabase<T>(work: (owner: PoolConfig) => Promise<T>): Promise<T> {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'hamkor-scratch-'));
	chmodSync(folder, 0o755);
	const postgres = await startPostgres(folder, {
		durable: false,
		onLost: (sentence) => void process.stderr.write(`${sentence}\n`)
	});
	try {
		return await work(postgres.owner);
	} finally {
		await postgres.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}
