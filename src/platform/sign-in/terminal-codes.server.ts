import { timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { system } from '../actor.ts';
import { inTransaction, type Tx } from '../database.server.ts';
import { newId } from '../ids.ts';
import { problem } from '../problem.ts';
import { lift, reserve, wrongLately } from './attempts.server.ts';
import { newCode, normalCode } from './code-text.server.ts';
import { keyed } from './seal.server.ts';

/** Codes that only who sees the terminal knows. */
export type TerminalCode = 'first-run' | 'demo-sign-in';

const codeHash = (kind: TerminalCode, code: string): Buffer => keyed(`terminal ${kind}`, normalCode(code));
/** Wrong codes in ten minutes, after which one has to wait. */
const tries = 10;

let somebody = false;

/** Whether anybody has an account, made-up people of a demonstration aside. Once that is so, it stays so. */
export async function anyAccount(): Promise<boolean> {
	if (somebody) return true;
	return inTransaction(system('sign-in'), async (tx) => {
		const found = await tx
			.selectFrom('platform.account as a')
			.innerJoin('network.person as p', 'p.id', 'a.personId')
			.select('a.personId')
			.where('p.demonstration', '=', false)
			.limit(1)
			.executeTakeFirst();
		return (somebody = found !== undefined);
	});
}

/** Makes the code that lets somebody begin, for the terminal; the one before is void. Null when somebody has an account already. */
export async function firstRunCode(): Promise<string | null> {
	return (await anyAccount()) ? null : makeCode('first-run');
}

/** Makes the code that opens the demonstration's sign-in, for the terminal; the one before is void. */
export const demoCode = (): Promise<string> => makeCode('demo-sign-in');

async function makeCode(kind: TerminalCode): Promise<string> {
	const code = newCode(2);
	await inTransaction(system('sign-in'), async (tx) => {
		await tx.deleteFrom('platform.challenge').where('kind', '=', kind).where('secretHash', 'is not', null).execute();
		// Void at the next start, or when it is used.
		const expiresAt = new Date(Date.now() + 366 * 86_400_000);
		await tx.insertInto('platform.challenge').values({ id: newId(), kind, secretHash: codeHash(kind, code), expiresAt }).execute();
	});
	return code;
}

/**
 * Checks a code from the terminal. Runs in transactions of its own, so that a wrong one counts.
 * @throws Problem `terminal-code.wrong` (401), `terminal-code.wait` (429)
 */
export async function checkTerminalCode(kind: TerminalCode, typed: string, now: Date): Promise<void> {
	const budget = { of: 'terminal', what: kind } as const;
	const answer = await inTransaction(system('sign-in'), async (tx) => {
		const attempt = await reserve(tx, budget, kind, now);
		if ((await wrongLately(tx, budget, 10, now)) > tries) {
			await lift(tx, attempt.id, now);
			return 'wait';
		}
		if (!(await fits(tx, kind, typed))) return 'wrong';
		await lift(tx, attempt.id, now);
		return 'right';
	});
	if (answer === 'wait') throw problem('terminal-code.wait', 429, {}, 'code');
	if (answer === 'wrong') throw problem('terminal-code.wrong', 401, {}, 'code');
}

async function fits(tx: Tx, kind: TerminalCode, typed: string): Promise<boolean> {
	const row = await tx
		.selectFrom('platform.challenge')
		.select('secretHash')
		.where('kind', '=', kind)
		.where('secretHash', 'is not', null)
		.where('usedAt', 'is', null)
		.executeTakeFirst();
	return row?.secretHash != null && timingSafeEqual(row.secretHash, codeHash(kind, typed));
}

/**
 * Uses the first run's code up, in the transaction that makes the first person: only one can win. Runs as `sign-in`.
 * @throws Problem `first-run.over` (409)
 */
export async function spendFirstRunCode(tx: Tx, now: Date): Promise<void> {
	await sql`select pg_advisory_xact_lock(7271004)`.execute(tx);
	const taken = await tx.selectFrom('platform.account').select('personId').limit(1).executeTakeFirst();
	const used = await tx
		.updateTable('platform.challenge')
		.set({ usedAt: now })
		.where('kind', '=', 'first-run')
		.where('usedAt', 'is', null)
		.executeTakeFirst();
	if (taken || used.numUpdatedRows !== 1n) throw problem('first-run.over', 409);
}
