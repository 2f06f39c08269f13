import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { shownName, shownNameIfAny } from '#platform/shown-name.ts';
import type { SubmissionShape } from '#xforms/submissionShape.ts';
import { listReviews } from '../collection/review-queries.server.ts';
import type { ReviewState } from '../collection/review.ts';
import { fieldChanges, type FieldChange } from './changes.ts';
import { reasonSchema, type ErasureReason } from './erasure.ts';
import { filledOf } from './filled.ts';

/** One thing that happened to a submission. */
export type Happened =
	| { kind: 'received'; at: Date; who: string | null; submissionId: string }
	| { kind: 'edit'; at: Date; who: string | null; submissionId: string; changes: FieldChange[] }
	| { kind: 'edition'; at: Date; who: string | null; submissionId: string; changes: FieldChange[]; reason: string }
	| { kind: 'review'; at: Date; who: string; state: ReviewState; note: string }
	| { kind: 'struck'; at: Date; who: string; file: string; reason: ErasureReason; note: string };

/**
 * Everything that happened to a submission, newest first: how it came, edits by who sent it and editions at review (each answer
 * before and after), reviews, and files that were struck.
 * @param shape of the form, with its questions in the order of the form
 */
export async function answerHistory(tx: Tx, id: string, shape: SubmissionShape): Promise<Happened[]> {
	const origin = tx.selectFrom('assessment.submission as s').select(sql<string>`coalesce(s.origin_id, s.id)`.as('origin')).where('s.id', '=', id);
	const versions = await tx
		.selectFrom('assessment.submission as s')
		.leftJoin('network.person as p', (on) => on.on(sql<boolean>`p.id = coalesce(s.edited_by, s.person_id)`))
		.leftJoin('assessment.collectionToken as t', 't.id', 's.tokenId')
		.select(['s.id', 's.receivedAt', 's.xml', 's.replacesId', 's.editedBy', 's.editReason', shownNameIfAny('p').as('displayName'), 't.label'])
		.where((eb) => eb.or([eb('s.id', '=', origin), eb('s.originId', '=', origin)]))
		.execute();
	const paths = [...shape.elements].flatMap(([path, { isAnswer }]) => (isAnswer ? [path] : []));
	const byId = new Map(versions.map((version) => [version.id, version]));
	const happened = versions.map((version): Happened => {
		const before = version.replacesId === null ? undefined : byId.get(version.replacesId);
		const base = { at: version.receivedAt, who: version.displayName ?? version.label, submissionId: version.id };
		if (!before) return { kind: 'received', ...base };
		const changes = fieldChanges(paths, filledOf(before.xml, shape), filledOf(version.xml, shape));
		return version.editedBy === null ? { kind: 'edit', ...base, changes } : { kind: 'edition', ...base, changes, reason: version.editReason ?? '' };
	});
	const reviews = (await listReviews(tx, id)).map((review): Happened => ({ kind: 'review', at: review.reviewedAt, who: review.reviewer, state: review.state, note: review.note }));
	const struck = await tx
		.selectFrom('assessment.attachment as a')
		.innerJoin('network.person as p', 'p.id', 'a.struckBy')
		.distinctOn('a.name')
		.select(['a.name', 'a.struckAt', 'a.struckReason', 'a.struckNote', shownName('p').as('who')])
		.where('a.submissionId', 'in', versions.map((version) => version.id))
		.where('a.struckAt', 'is not', null)
		.execute();
	const strikes = struck.map(({ name, struckAt, struckReason, struckNote, who }): Happened => ({ kind: 'struck', at: struckAt ?? new Date(0), who, file: name, reason: reasonSchema.parse(struckReason), note: struckNote }));
	return [...happened, ...reviews, ...strikes].sort((a, b) => b.at.getTime() - a.at.getTime());
}

export type Comment = { id: string; body: string; roles: string[]; writtenAt: Date; writer: string };

/** What analysts said about a submission, in any of its versions, oldest first. */
export async function commentsOf(tx: Tx, id: string): Promise<Comment[]> {
	return tx
		.selectFrom('assessment.submissionComment as c')
		.innerJoin('network.person as p', 'p.id', 'c.personId')
		.innerJoin('assessment.submission as s', 's.id', 'c.submissionId')
		.select(['c.id', 'c.body', 'c.roles', 'c.writtenAt', shownName('p').as('writer')])
		.where(sql<boolean>`coalesce(s.origin_id, s.id) = (select coalesce(x.origin_id, x.id) from assessment.submission x where x.id = ${id}::uuid)`)
		.orderBy('c.writtenAt')
		.orderBy('c.id')
		.execute();
}

/** Comments of a round that call one of the actor's roles, newest first. */
export async function callsFor(tx: Tx, roundId: string, roles: readonly string[]) {
	if (roles.length === 0) return [];
	return tx
		.selectFrom('assessment.submissionComment as c')
		.innerJoin('network.person as p', 'p.id', 'c.personId')
		.innerJoin('assessment.submission as s', 's.id', 'c.submissionId')
		.select(['c.id', 'c.submissionId', 'c.writtenAt', shownName('p').as('writer'), sql<string>`assessment.receipt_of(s.instance_id)`.as('receipt')])
		.where('c.roundId', '=', roundId)
		.where(sql<boolean>`c.roles && ${[...roles]}::text[]`)
		.orderBy('c.writtenAt', 'desc')
		.limit(20)
		.execute();
}

/**
 * Comments of a programme that call one of the actor's roles and wait for her: by somebody else, on a submission about which she
 * has said nothing since. Newest first; row security leaves those of rounds whose named analyst she is.
 */
export async function callsWaiting(tx: Tx, programmeId: string, personId: string, roles: readonly string[]) {
	if (roles.length === 0) return [];
	return tx
		.selectFrom('assessment.submissionComment as c')
		.innerJoin('network.person as p', 'p.id', 'c.personId')
		.innerJoin('assessment.submission as s', 's.id', 'c.submissionId')
		.innerJoin('assessment.round as r', 'r.id', 'c.roundId')
		.select(['c.id', 'c.submissionId', 'c.roundId', 'c.writtenAt', shownName('p').as('writer'), 'r.name as round', sql<string>`assessment.receipt_of(s.instance_id)`.as('receipt')])
		.where('c.programmeId', '=', programmeId)
		.where('c.personId', '<>', personId)
		.where(sql<boolean>`c.roles && ${[...roles]}::text[]`)
		.where((eb) =>
			eb.not(
				eb.exists(
					eb
						.selectFrom('assessment.submissionComment as later')
						.select('later.id')
						.whereRef('later.submissionId', '=', 'c.submissionId')
						.where('later.personId', '=', personId)
						.whereRef('later.writtenAt', '>', 'c.writtenAt')
				)
			)
		)
		.orderBy('c.writtenAt', 'desc')
		.limit(50)
		.execute();
}

/** The submissions before and after one, by when they came, among those that count; and the next that nobody has reviewed. */
export async function neighbours(tx: Tx, roundId: string, id: string) {
	// The moment is compared where it is kept: on the way through the program it loses its microseconds.
	const own = sql`(select s.received_at, s.id from assessment.submission s where s.id = ${id}::uuid)`;
	const all = tx.selectFrom('assessment.submission').select('id').where('roundId', '=', roundId).where('supersededBy', 'is', null);
	const older = all.where(sql<boolean>`(received_at, id) < ${own}`).orderBy('receivedAt', 'desc').orderBy('id', 'desc').limit(1);
	const newer = all.where(sql<boolean>`(received_at, id) > ${own}`).orderBy('receivedAt').orderBy('id').limit(1);
	const waiting = all.where('reviewState', '=', 'received').where('id', '<>', id).orderBy('receivedAt', 'desc').orderBy('id', 'desc').limit(1);
	return { previous: (await newer.executeTakeFirst())?.id ?? null, next: (await older.executeTakeFirst())?.id ?? null, waiting: (await waiting.executeTakeFirst())?.id ?? null };
}
