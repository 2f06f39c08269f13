import { m } from '#paraglide/messages.js';
import { actorOf, type Tx } from '#platform/database.server.ts';
import { isLocale, type Locale } from '#platform/locales.ts';
import { sendMail } from '#platform/mail.server.ts';

/** What is told about people and accounts: that something happened, and where to look. */
const news = {
	'grant-waits': { subject: m.network_mail_grant_subject, body: m.network_mail_grant_body },
	'recovery-asked': { subject: m.network_mail_recovery_subject, body: m.network_mail_recovery_asked },
	'recovery-used': { subject: m.network_mail_recovery_subject, body: m.network_mail_recovery_used }
} as const;
export type News = keyof typeof news;

/** Tells a person, in the language she signs in with as far as the actor may know it. */
export async function tell(tx: Tx, programmeId: string | null, toPerson: string, what: News): Promise<void> {
	const account = await tx.selectFrom('platform.account').select('locale').where('personId', '=', toPerson).executeTakeFirst();
	const locale: Locale = isLocale(account?.locale) ? account.locale : 'uz';
	await sendMail(tx, { programmeId, toPerson, subject: news[what].subject({}, { locale }), body: news[what].body({}, { locale }) });
}

/** Tells everybody who coordinates the whole programme, but who does it. Runs as who may see its roles. */
export async function tellCoordinators(tx: Tx, programmeId: string, what: News, but?: string): Promise<void> {
	const actor = actorOf(tx);
	const held = await tx
		.selectFrom('network.roleGrant')
		.select('personId')
		.distinct()
		.where('programmeId', '=', programmeId)
		.where('role', '=', 'coordinator')
		.where('placeId', 'is', null)
		.where('endedAt', 'is', null)
		.execute();
	for (const { personId } of held) {
		if (personId !== but && !(actor.kind === 'person' && actor.personId === personId)) await tell(tx, programmeId, personId, what);
	}
}

/** Tells the person and whoever coordinates a programme of hers. Runs as `sign-in`. */
export async function tellOfAccount(tx: Tx, personId: string, what: News): Promise<void> {
	await tell(tx, null, personId, what);
	const held = await tx.selectFrom('network.roleGrant').select('programmeId').distinct().where('personId', '=', personId).where('endedAt', 'is', null).execute();
	for (const { programmeId } of held) await tellCoordinators(tx, programmeId, what, personId);
}
