import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import { locales, type LocalText } from '#platform/locales.ts';
import { nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { notFound, problem } from '#platform/problem.ts';
import { m } from '#paraglide/messages.js';
import { personIdOf } from '../author.ts';
import { isConsent, quotableLevels } from './interview.ts';
import { languageOf } from './queries.server.ts';
import { wordsAt } from './text.ts';

/** What is decided when a segment becomes a quotation; the words are the segment's and are not typed again. */
export type QuoteFields = { readonly consentLevel: 'internal' | 'anonymous' | 'public'; /** By a role, never by a name. */ readonly spokenBy: LocalText };

/** Longest quotation, in characters. */
export const longestQuotation = 4000;

/** Who spoke, where only anonymous quoting was agreed to: somebody in an interview or a group, and no more. */
export const anonymousSpeaker = (kind: string): LocalText =>
	Object.fromEntries(locales.map((locale) => [locale, kind === 'focus_group' ? m.coding_speaker_group({}, { locale }) : m.coding_speaker({}, { locale })]));

/**
 * Makes a quotation of a coded passage. It cites the segment, and its level goes no further than what was agreed to in the
 * interview: said here, and held by the database.
 * @throws Problem `quotation.consent` (409), `quotation.too-long` (409)
 */
export async function quoteSegment(tx: Tx, permit: Permit<'quotation.quote'>, fields: QuoteFields): Promise<string> {
	const { id: segmentId, programmeId } = permit.subject;
	const found = await tx
		.selectFrom('assessment.segment as s')
		.innerJoin('assessment.coding as c', 'c.id', 's.codingId')
		.innerJoin('assessment.interview as i', 'i.id', 'c.interviewId')
		.select(['s.starts', 's.ends', 'i.id as interviewId', 'i.body', 'i.language', 'i.kind', 'i.consentLevel', 'i.heldOn', 'i.roundId', 'i.placeId'])
		.where('s.id', '=', segmentId)
		.executeTakeFirst();
	if (!found) throw notFound();
	if (!isConsent(found.consentLevel) || !quotableLevels(found.consentLevel).includes(fields.consentLevel)) throw problem('quotation.consent', 409, {}, 'consentLevel');
	const words = wordsAt(found.body, found);
	if (words.length > longestQuotation) throw problem('quotation.too-long', 409, { most: longestQuotation });
	const id = newId();
	const number = await nextNumber(tx, programmeId, 'quotation');
	// Anonymous means without the role, too, and without the day.
	const named = found.consentLevel === 'role';
	const row = {
		words: { [languageOf(found.language).locale]: words },
		spokenBy: named ? fields.spokenBy : anonymousSpeaker(found.kind),
		saidOn: named ? found.heldOn : null,
		consentLevel: fields.consentLevel,
		roundId: found.roundId,
		placeId: found.placeId,
		interviewId: found.interviewId,
		segmentId
	};
	await tx.insertInto('assessment.quotation').values({ id, programmeId, number, ...row, createdBy: personIdOf(permit) }).execute();
	await journal(tx, permit, { table: 'assessment.quotation', id, after: { ...row, number } });
	return id;
}
