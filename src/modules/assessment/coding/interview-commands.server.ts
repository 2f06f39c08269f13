import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { demandHappened } from '#platform/happened.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import { isLocale } from '#platform/locale.ts';
import { nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { holdVersion } from '#platform/record.server.ts';
import { personIdOf } from '../author.ts';
import type { InterviewFields } from './interview.ts';
import { markWords } from './masking/mask.ts';
import { occurrencesOf } from './masking/propose.ts';
import { lengthOf, longestText, positionsOf, trimmedSpan, type Span } from './text.ts';

const columnsOf = <F extends { wanted: number }>({ wanted, ...rest }: F) => ({ ...rest, codersWanted: wanted });

/** A masked text, ready to be kept. */
export type ReadyInterview = { readonly facts: InterviewFields; /** Masked and normalised: the unmasked text never comes here. */ readonly body: string; readonly struck: number; readonly madeUp?: boolean };

/**
 * Keeps an interview with its masked text. The journal holds the digest of its facts and how long the text is, never the text.
 * @param id minted where the text was masked; sending the same one again changes nothing
 * @throws Problem `interview.empty` (400), `interview.too-long` (413)
 */
export async function storeInterview(tx: Tx, permit: Permit<'interview.store'>, ready: ReadyInterview, id: string = newId()): Promise<string> {
	const { programmeId } = permit.subject;
	await demandHappened(tx, programmeId, { heldOn: ready.facts.heldOn });
	const length = lengthOf(ready.body);
	if (ready.body.trim() === '') throw problem('interview.empty', 400, {}, 'text');
	if (length > longestText) throw problem('interview.too-long', 413, { most: longestText }, 'text');
	const there = await tx.selectFrom('assessment.interview').select('id').where('id', '=', id).executeTakeFirst();
	if (there) return id;
	const number = await nextNumber(tx, programmeId, 'interview');
	await tx
		.insertInto('assessment.interview')
		.values({ id, programmeId, number, ...columnsOf(ready.facts), body: ready.body, struck: ready.struck, madeUp: ready.madeUp ?? false, createdBy: personIdOf(permit) })
		.execute();
	await journal(tx, permit, { table: 'assessment.interview', id, after: { ...ready.facts, number, length, struck: ready.struck } });
	return id;
}

/**
 * Changes what is known of an interview. When somebody agrees to less than before, her quotations follow at once.
 * @param seen the version the form was filled from
 * @throws Problem `record.changed-since` (409); `coding.unblinded` (409) when the number of coders is to change after they have seen each other
 */
export async function editInterview(tx: Tx, permit: Permit<'interview.edit'>, facts: Omit<InterviewFields, 'roundId' | 'language'>, seen?: string): Promise<void> {
	const { id, programmeId } = permit.subject;
	await demandHappened(tx, programmeId, { heldOn: facts.heldOn });
	await holdVersion(tx, { table: 'assessment.interview', id }, seen);
	const before = await tx
		.selectFrom('assessment.interview')
		.select(['kind', 'placeId', 'organisationType', 'heldOn', 'consentLevel', 'codersWanted'])
		.where('id', '=', id)
		.forUpdate()
		.executeTakeFirstOrThrow();
	await tx.updateTable('assessment.interview').set(columnsOf(facts)).where('id', '=', id).execute();
	await journal(tx, permit, { table: 'assessment.interview', id, before, after: facts });
}

/** Says who reads interviews that belong to no round. */
export async function nameInterviewAnalysts(tx: Tx, permit: Permit<'interview.name-analysts'>, people: readonly string[]): Promise<void> {
	const { programmeId } = permit.subject;
	const before = await tx.selectFrom('assessment.interviewAnalyst').select('personId').where('programmeId', '=', programmeId).orderBy('personId').execute();
	await tx.deleteFrom('assessment.interviewAnalyst').where('programmeId', '=', programmeId).execute();
	if (people.length > 0) await tx.insertInto('assessment.interviewAnalyst').values([...new Set(people)].map((personId) => ({ programmeId, personId }))).execute();
	await journal(tx, permit, { table: 'assessment.interview_analyst', id: programmeId, before: before.map(({ personId }) => personId), after: [...people].sort() });
}

/** What more is to be struck: a passage, or words wherever they stand. */
export type MoreToStrike = { readonly span: Span } | { readonly words: string };

/**
 * Strikes more in a stored interview, for good: there is no way back to what stood there, and steps of coders that could bring back
 * old positions are dropped.
 * @returns how many passages were struck
 * @throws Problem `interview.nothing-to-strike` (409)
 */
export async function strikeMore(tx: Tx, permit: Permit<'interview.strike'>, what: MoreToStrike): Promise<number> {
	const { id } = permit.subject;
	const { body, language } = await tx.selectFrom('assessment.interview').select(['body', 'language']).where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
	const span = 'span' in what ? trimmedSpan(body, what.span) : null;
	const spans = 'words' in what ? occurrencesOf(body, what.words) : span && span.ends <= positionsOf(body).length ? [span] : [];
	if (spans.length === 0) throw problem('interview.nothing-to-strike', 409, {}, 'words');
	const mark = `[${markWords[isLocale(language) ? language : 'uz'].other}]`;
	// From the end, so that what was found further on stands where it was found.
	for (const each of [...spans].reverse()) {
		const { rows } = await sql<{ struck: boolean }>`select assessment.strike(${id}, ${each.starts}, ${each.ends}, ${mark}) as struck`.execute(tx);
		if (!rows[0]?.struck) throw problem('not-permitted', 403);
	}
	await journal(tx, permit, { table: 'assessment.interview', id, after: { struck: spans.length } });
	return spans.length;
}

/** Erases an interview's text, segments and memos. Its quotations stay within the programme from then on. */
export async function eraseInterview(tx: Tx, permit: Permit<'interview.erase'>, reason: string): Promise<void> {
	const { id } = permit.subject;
	const { rows } = await sql<{ erased: boolean }>`select assessment.erase_interview(${id}, ${reason}) as erased`.execute(tx);
	if (!rows[0]?.erased) throw problem('not-permitted', 403);
	await journal(tx, permit, { table: 'assessment.interview', id, after: { erased: true } });
}
