import { sql } from 'kysely';
import { m } from '#paraglide/messages.js';
import type { Tx } from './database.server.ts';
import { record } from './journal.server.ts';
import type { Locale } from './locales.ts';
import { sendMail } from './mail.server.ts';
import { problem } from './problem.ts';
import { newCode, normalCode } from './sign-in/code-text.server.ts';
import { keyed } from './sign-in/seal.server.ts';

/** How long the code for an address is good, and how long it takes until another is sent, in milliseconds; and how many are sent in a day. */
const limits = { good: 30 * 60_000, between: 60_000, day: 24 * 3_600_000, inADay: 5 };
/** Makes whoever asks for codes for the same person at once wait for each other. */
const lock = 7271007;

const hashOf = (code: string): Buffer => keyed('mail address', normalCode(code));
const entry = (personId: string): { table: string; id: string } => ({ table: 'platform.mail_address', id: personId });

/** The acting person's own address for messages, and whether she has shown that she reads there. */
export async function myMailAddress(tx: Tx, personId: string): Promise<{ address: string; confirmed: boolean } | null> {
	const found = await tx.selectFrom('platform.mailAddress').select(['address', 'confirmedAt']).where('personId', '=', personId).executeTakeFirst();
	return found ? { address: found.address, confirmed: found.confirmedAt !== null } : null;
}

/** Sends a code to an address that the acting person wants messages at. @throws Problem `mail.wait`, `mail.enough` (429) */
export async function askMailAddress(tx: Tx, personId: string, address: string, locale: Locale, now: Date): Promise<void> {
	await demandPause(tx, personId, now);
	const code = newCode(2);
	const asked = { address, codeHash: hashOf(code), askedAt: now, confirmedAt: null };
	await tx.insertInto('platform.mailAddress').values({ personId, ...asked }).onConflict((on) => on.column('personId').doUpdateSet(asked)).execute();
	await record(tx, 'mail-address.ask', null, entry(personId));
	await sendMail(tx, { programmeId: null, toPerson: personId, toAddress: address, subject: m.access_mail_subject({}, { locale }), body: m.access_mail_body({ code }, { locale }) });
}

/** By the codes that were sent, which stay when an address is forgotten: nobody fills another's mailbox with them. */
async function demandPause(tx: Tx, personId: string, now: Date): Promise<void> {
	await sql`select pg_advisory_xact_lock(${lock}, hashtext(${personId}))`.execute(tx);
	const sent = await tx
		.selectFrom('platform.mail')
		.select('createdAt')
		.where('toPerson', '=', personId)
		.where('toAddress', 'is not', null)
		.where('createdAt', '>', new Date(now.getTime() - limits.day))
		.orderBy('createdAt', 'desc')
		.limit(limits.inADay)
		.execute();
	if (sent[0] && now.getTime() - sent[0].createdAt.getTime() < limits.between) throw problem('mail.wait', 429, {}, 'address');
	if (sent.length === limits.inADay) throw problem('mail.enough', 429, {}, 'address');
}

/** Messages go there from now on. @throws Problem `mail.code` (400) for another code, or one that is too old */
export async function confirmMailAddress(tx: Tx, personId: string, code: string, now: Date): Promise<void> {
	const waiting = await tx.selectFrom('platform.mailAddress').select(['codeHash', 'askedAt']).where('personId', '=', personId).where('confirmedAt', 'is', null).forUpdate().executeTakeFirst();
	const good = waiting && now.getTime() - waiting.askedAt.getTime() < limits.good && waiting.codeHash.equals(hashOf(code));
	if (!good) throw problem('mail.code', 400, {}, 'code');
	await tx.updateTable('platform.mailAddress').set({ confirmedAt: now }).where('personId', '=', personId).execute();
	await record(tx, 'mail-address.confirm', null, entry(personId));
}

/** Forgets the address. */
export async function forgetMailAddress(tx: Tx, personId: string): Promise<void> {
	const { numDeletedRows } = await tx.deleteFrom('platform.mailAddress').where('personId', '=', personId).executeTakeFirst();
	if (numDeletedRows > 0n) await record(tx, 'mail-address.forget', null, entry(personId));
}
