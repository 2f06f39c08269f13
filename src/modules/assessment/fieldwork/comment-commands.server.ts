import { momentOf } from '#platform/clock.server.ts';
import { m } from '#paraglide/messages.js';
import type { Tx } from '#platform/database.server.ts';
import { journal } from '#platform/journal.server.ts';
import type { Locale } from '#platform/locales.ts';
import { sendMail } from '#platform/mail.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { personIdOf } from '../author.ts';
import type { CommentFields } from './comment.ts';

/**
 * Says something about a submission to the other named analysts. Those of the roles called by @ get a message that says that
 * something waits, and not what.
 */
export async function comment(tx: Tx, permit: Permit<'submission.comment'>, { id, body, roles }: CommentFields, locale: Locale): Promise<void> {
	const { id: submissionId, programmeId } = permit.subject;
	const personId = personIdOf(permit);
	if (personId === null) throw problem('not-permitted', 403);
	const { roundId } = await tx.selectFrom('assessment.submission').select('roundId').where('id', '=', submissionId).executeTakeFirstOrThrow();
	const before = await tx.selectFrom('assessment.submissionComment').select('id').where('id', '=', id).executeTakeFirst();
	if (before) return;
	await tx.insertInto('assessment.submissionComment').values({ id, programmeId, roundId, submissionId, body, roles, personId, writtenAt: momentOf(tx) }).execute();
	await journal(tx, permit, { table: 'assessment.submission', id: submissionId, after: { comment: id, roles } });
	if (roles.length === 0) return;
	const called = await tx
		.selectFrom('assessment.roundAnalyst as a')
		.innerJoin('network.roleGrant as g', (on) => on.onRef('g.personId', '=', 'a.personId').onRef('g.programmeId', '=', 'a.programmeId'))
		.select('a.personId')
		.distinct()
		.where('a.roundId', '=', roundId)
		.where('g.endedAt', 'is', null)
		.where('g.role', 'in', roles)
		.where('a.personId', '<>', personId)
		.execute();
	for (const { personId: toPerson } of called) {
		await sendMail(tx, { programmeId, toPerson, subject: m.fieldwork_mail_subject({}, { locale }), body: m.fieldwork_mail_body({}, { locale }) });
	}
}
