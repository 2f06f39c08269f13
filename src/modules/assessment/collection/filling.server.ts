import { system } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/database.server.ts';
import { largestFile } from '#platform/files.server.ts';
import { localeFacts, localText, type Locale, type LocalText } from '#platform/locales.ts';
import { problem } from '#platform/problem.ts';
import type { FillingPage, Spoken } from './filling.ts';
import { formOf } from './form.server.ts';
import type { OpenRound } from './link.server.ts';

/** What the filling page of an open round shows. @param action where the page sends the answers */
export async function fillingPage(round: OpenRound, sensitive: boolean, title: LocalText, action: string, locale: Locale): Promise<FillingPage> {
	const form = await formOf(round.versionId);
	const ethics = await inTransaction(system('collection'), (tx) =>
		tx.selectFrom('assessment.round').select(['consent', 'refusal', 'distress']).where('id', '=', round.roundId).executeTakeFirstOrThrow()
	);
	const spoken = (text: LocalText): Spoken => {
		const shown = localText(text, locale);
		return { text: shown.text, lang: localeFacts[shown.locale].lang };
	};
	return {
		title: localText(title, locale).text || form.instrument.title,
		xform: form.xform,
		languages: form.instrument.languages.map(({ name, code }) => ({ name, code })),
		consent: spoken(ethics.consent),
		refusal: spoken(ethics.refusal),
		distress: spoken(ethics.distress),
		sensitive,
		media: null,
		largestFile,
		action,
		draftKey: `${round.roundId}:${round.versionId}`
	};
}

/** A round into which the acting person may send, with its title. @throws Problem `not-found` (404), `collection.round-closed` (403) */
export async function roundForPerson(tx: Tx, programmeId: string, roundId: string): Promise<OpenRound & { title: LocalText; sensitive: boolean }> {
	const row = await tx
		.selectFrom('assessment.round as r')
		.innerJoin('assessment.instrumentVersion as v', 'v.id', 'r.instrumentVersionId')
		.innerJoin('assessment.instrument as i', 'i.id', 'v.instrumentId')
		.select(['r.programmeId', 'r.id as roundId', 'v.id as versionId', 'i.title', 'r.sensitive', 'r.state'])
		.where('r.id', '=', roundId)
		.where('r.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!row) throw problem('not-found', 404);
	const { state, ...round } = row;
	if (state !== 'open') throw problem('collection.round-closed', 403);
	return { ...round, placeId: null };
}
