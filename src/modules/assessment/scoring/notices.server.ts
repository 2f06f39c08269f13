import { m } from '#paraglide/messages.js';
import type { Tx } from '#platform/database.server.ts';
import type { Locale } from '#platform/locales.ts';
import { sendMail } from '#platform/mail.server.ts';

/**
 * Tells those who score a service that a sheet was handed in, and never what stands in it: the other side that it is waited for, and
 * everybody, once both sheets are in, that differences can be settled. Whoever handed in knows it already. Called after handing in, in
 * the same transaction.
 */
export async function tellHandedIn(tx: Tx, assessmentId: string, by: string | null, locale: Locale): Promise<void> {
	const assessment = await tx.selectFrom('assessment.serviceAssessment').select(['programmeId', 'bothInAt']).where('id', '=', assessmentId).executeTakeFirstOrThrow();
	const waiting = await tx.selectFrom('assessment.scoreSheet').select('side').where('assessmentId', '=', assessmentId).where('submittedAt', 'is', null).execute();
	const scorers = await tx.selectFrom('assessment.scorer').select(['personId', 'side']).where('assessmentId', '=', assessmentId).where('removedAt', 'is', null).execute();
	const both = assessment.bothInAt !== null;
	const called = scorers.filter(({ personId, side }) => personId !== by && (both || waiting.some((sheet) => sheet.side === side)));
	const subject = both ? m.scoring_mail_both_subject({}, { locale }) : m.scoring_mail_other_subject({}, { locale });
	const body = both ? m.scoring_mail_both_body({}, { locale }) : m.scoring_mail_other_body({}, { locale });
	for (const toPerson of new Set(called.map(({ personId }) => personId))) await sendMail(tx, { programmeId: assessment.programmeId, toPerson, subject, body });
}
