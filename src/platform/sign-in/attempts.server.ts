import { sql } from 'kysely';
import type { Tx } from '../database.server.ts';
import { newId } from '../ids.ts';
import { keyed } from './seal.server.ts';
import { deviceCounts, type Wrong } from './throttle.ts';

/** What is counted together: attempts on a name, on the code from the terminal, on one session, … */
export type Budget = { readonly of: 'name' | 'second' | 'session' | 'terminal' | 'ticket'; readonly what: string };

const key = ({ of, what }: Budget): Buffer => keyed(`attempts ${of}`, what);
const deviceKey = (device: string | null): Buffer | null => (device === null ? null : keyed('attempts device', device));

/**
 * Counts an attempt as wrong before it is tried, so that many at once cannot slip past the count. Runs as `sign-in`.
 * @returns the reservation, to be lifted when the attempt turns out right, and how many wrong ones there were before
 */
export async function reserve(tx: Tx, budget: Budget, device: string | null, now: Date): Promise<{ id: string; wrong: Wrong }> {
	const account = key(budget);
	await sql`select pg_advisory_xact_lock(hashtextextended(${account.toString('hex')}, 7271003))`.execute(tx);
	const mine = deviceKey(device);
	const { rows } = await sql<{ quarter: number; day: number; name: number; all: number }>`select
			count(*) filter (where account_key = ${account} and device_key = ${mine} and at > ${ago(now, 15)})::int as quarter,
			count(*) filter (where account_key = ${account} and device_key = ${mine})::int as day,
			count(*) filter (where account_key = ${account} and device_key is null and at > ${ago(now, 15)})::int as name,
			count(*) filter (where device_key is null and at > ${ago(now, 1)})::int as all
		from platform.sign_in_attempt
		where not succeeded and (account_key = ${account} and at > ${ago(now, 24 * 60)} or at > ${ago(now, 1)})`.execute(tx);
	const { quarter = 0, day = 0, name = 0, all = 0 } = rows[0] ?? {};
	const wrong = { device: { quarter, day }, name, all };
	const id = newId();
	// A device that has lost its own budget counts as any other.
	await sql`insert into platform.sign_in_attempt (id, account_key, device_key, at, succeeded)
		values (${id}, ${account}, ${deviceCounts(wrong.device) ? mine : null}, ${now}, false)`.execute(tx);
	return { id, wrong };
}

/** Wrong attempts on a budget in the last minutes, whatever the device. Runs as `sign-in`. */
export async function wrongLately(tx: Tx, budget: Budget, minutes: number, now: Date): Promise<number> {
	const { rows } = await sql<{ n: number }>`select count(*)::int as n from platform.sign_in_attempt
		where account_key = ${key(budget)} and not succeeded and at > ${ago(now, minutes)}`.execute(tx);
	return rows[0]?.n ?? 0;
}

/** Lifts a reservation: the attempt was right, or was refused untried. Old ones go with it. */
export async function lift(tx: Tx, id: string, now: Date): Promise<void> {
	await sql`delete from platform.sign_in_attempt where id = ${id} or at < ${ago(now, 24 * 60)}`.execute(tx);
}

const ago = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
