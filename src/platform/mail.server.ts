import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { system } from './actor.ts';
import { inTransaction, type Tx } from './database.server.ts';
import { newId } from './ids.ts';
import { defineTask, enqueue } from './jobs.server.ts';
import { log } from './log.server.ts';
import { settings } from './settings.ts';

/**
 * A message to a person. It says that something waits, never what: others may read the mailbox.
 * `toAddress`: to this address and not to the one that the person has chosen for messages.
 */
export type Mail = { programmeId: string | null; toPerson: string; toAddress?: string | undefined; subject: string; body: string };

/** Puts a message on its way: by SMTP when that is set up and the person wants it, otherwise into the outbox of the program. */
export async function sendMail(tx: Tx, mail: Mail): Promise<void> {
	const id = newId();
	await tx
		.insertInto('platform.mail')
		.values({ id, ...mail, toAddress: mail.toAddress ?? null })
		.execute();
	await enqueue(tx, 'send-mail', { mailId: id });
}

/** Messages that the actor may read: one's own, and for administrators the programme's. */
export const outbox = (tx: Tx, programmeId: string) =>
	tx
		.selectFrom('platform.mail')
		.select(['id', 'toPerson', 'subject', 'body', 'state', 'createdAt', 'sentAt', 'failure'])
		.where((on) => on.or([on('programmeId', '=', programmeId), on('programmeId', 'is', null)]))
		.where('toAddress', 'is', null)
		.orderBy('createdAt', 'desc')
		.limit(200)
		.execute();

/** The acting person's own messages, newest first; not those that are for a mailbox alone. */
export const myMessages = (tx: Tx, personId: string) =>
	tx.selectFrom('platform.mail').select(['id', 'subject', 'body', 'createdAt']).where('toPerson', '=', personId).where('toAddress', 'is', null).orderBy('createdAt', 'desc').limit(20).execute();

/** Whether this installation sends e-mail at all. */
export const sendsMail = (): boolean => settings().SMTP_URL !== undefined;

/** How long a mail server is waited for, in milliseconds. */
const patience = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 30_000 };

/** Delivers one message; a failure is tried again by the queue, and after the last time the message is marked as failed. */
export const sendMailTask = defineTask({
	name: 'send-mail',
	payload: z.object({ mailId: z.uuid() }),
	work: async ({ mailId }, { signal, last }) => {
		const mail = await inTransaction(system('mail'), (tx) =>
			tx
				.selectFrom('platform.mail as m')
				.leftJoin('platform.mailAddress as a', (join) => join.onRef('a.personId', '=', 'm.toPerson').on('a.confirmedAt', 'is not', null))
				.select((on) => ['m.subject', 'm.body', on.fn.coalesce('m.toAddress', 'a.address').as('address')])
				.where('m.id', '=', mailId)
				.where('m.state', '=', 'waiting')
				.executeTakeFirst()
		);
		if (!mail) return;
		const { SMTP_URL, MAIL_FROM } = settings();
		const set = (change: { state: string; sentAt?: Date; failure?: string | null }): Promise<unknown> =>
			inTransaction(system('mail'), (tx) => tx.updateTable('platform.mail').set(change).where('id', '=', mailId).execute());
		if (SMTP_URL === undefined || !mail.address) return void (await set({ state: 'outbox' }));
		const transport = createTransport({ url: SMTP_URL, ...patience });
		// A mail server that does not answer must not hold up the end of the program.
		const stop = (): void => transport.close();
		signal.addEventListener('abort', stop);
		try {
			await transport.sendMail({ from: MAIL_FROM ?? 'hamkor@localhost', to: mail.address, subject: mail.subject, text: mail.body });
			await set({ state: 'sent', sentAt: new Date(), failure: null });
		} catch (error) {
			await set({ state: last ? 'failed' : 'waiting', failure: 'smtp' });
			log().warn({ mailId }, last ? 'a message could not be delivered' : 'a message could not be delivered yet');
			throw error;
		} finally {
			signal.removeEventListener('abort', stop);
			transport.close();
		}
	}
});
