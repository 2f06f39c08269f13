import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { system } from './actor.ts';
import { inTransaction, type Tx } from './database.server.ts';
import { newId } from './ids.ts';
import { defineTask, enqueue } from './jobs.server.ts';
import { log } from './log.server.ts';
import { settings } from './settings.ts';

/** A message to a person. It says that something waits, never what: others may read the mailbox. */
export type Mail = { programmeId: string | null; toPerson: string; toAddress?: string | undefined; subject: string; body: string };

/** Puts a message on its way: by SMTP when that is set up and there is an address, otherwise into the outbox of the program. */
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
		.orderBy('createdAt', 'desc')
		.limit(200)
		.execute();

/** Delivers one message; a failure is tried again by the queue. */
export const sendMailTask = defineTask({
	name: 'send-mail',
	payload: z.object({ mailId: z.uuid() }),
	work: async ({ mailId }) => {
		const mail = await inTransaction(system('mail'), (tx) =>
			tx.selectFrom('platform.mail').selectAll().where('id', '=', mailId).where('state', '=', 'waiting').executeTakeFirst()
		);
		if (!mail) return;
		const { SMTP_URL, MAIL_FROM } = settings();
		const set = (change: { state: string; sentAt?: Date; failure?: string | null }): Promise<unknown> =>
			inTransaction(system('mail'), (tx) => tx.updateTable('platform.mail').set(change).where('id', '=', mailId).execute());
		if (SMTP_URL === undefined || !mail.toAddress) return void (await set({ state: 'outbox' }));
		try {
			const transport = createTransport(SMTP_URL);
			await transport.sendMail({ from: MAIL_FROM ?? 'hamkor@localhost', to: mail.toAddress, subject: mail.subject, text: mail.body });
			await set({ state: 'sent', sentAt: new Date(), failure: null });
		} catch (error) {
			await set({ state: 'waiting', failure: 'smtp' });
			log().warn({ mailId }, 'a message could not be delivered yet');
			throw error;
		}
	}
});
