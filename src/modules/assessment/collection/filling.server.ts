import { sql } from 'kysely';
import { localizeHref } from '#paraglide/runtime.js';
import { system, type Actor } from '#platform/actor.ts';
import { safetyLocaleOf } from '#platform/approved.ts';
import { inTransaction, type Tx } from '#platform/database.server.ts';
import { largestFile } from '#platform/files.server.ts';
import { localeFacts, localText, type Locale, type LocalText } from '#platform/locales.ts';
import { problem } from '#platform/problem.ts';
import { consentKeys, type FillingPage, type Spoken } from './filling.ts';
import { filesForCollecting } from './form-files.server.ts';
import { formOf } from './form.server.ts';
import type { OpenRound } from './link.server.ts';

/** Where a filling page stands, and where it sends to. */
export type Stands = Pick<FillingPage, 'address' | 'action' | 'refusalAction'>;

/** The filling page that a link leads to. @param token its secret */
export const standsByLink = (token: string, locale: Locale): Stands => ({
	address: `/c/${token}`,
	action: `/c/${token}/submission`,
	refusalAction: localizeHref(`/c/${token}/refusal`, { locale })
});

/** The filling page of somebody who is signed in. */
export function standsByRound({ programmeId, roundId }: Pick<OpenRound, 'programmeId' | 'roundId'>, locale: Locale): Stands {
	const address = `/p/${programmeId}/assessment/rounds/${roundId}/fill`;
	return { address, action: localizeHref(`${address}/submission`, { locale }), refusalAction: localizeHref(`${address}/refusal`, { locale }) };
}

/** What the filling page of an open round shows. */
export async function fillingPage(round: OpenRound, sensitive: boolean, title: LocalText, stands: Stands, locale: Locale): Promise<FillingPage> {
	const form = await formOf(round.versionId);
	const files = await filesForCollecting(round.versionId);
	const ethics = await inTransaction(system('collection'), (tx) =>
		tx.selectFrom('assessment.round').select(['name', 'consent', 'refusal', 'distress']).where('id', '=', round.roundId).executeTakeFirstOrThrow()
	);
	// A form without a title goes by its id, which says nothing to whoever answers.
	const called = localText(title, locale).text || form.instrument.title;
	const heading = called === form.instrument.formId ? localText(ethics.name, locale).text || called : called;
	const spoken = (text: LocalText): Spoken => {
		const shown = localText(text, locale);
		return { text: shown.text, lang: localeFacts[shown.locale].lang };
	};
	return {
		title: heading,
		xform: form.xform,
		languages: form.instrument.languages.map(({ name, code }) => ({ name, code })),
		consent: spoken(ethics.consent),
		refusal: spoken(ethics.refusal),
		distress: spoken(ethics.distress),
		own: safetyLocaleOf(consentKeys, locale),
		sensitive,
		media: files.length > 0 ? localizeHref(`${stands.address}/media`, { locale }) : null,
		files: files.map(({ name, hash, mediaType, bytes }) => ({ name, hash, mediaType, bytes })),
		largestFile,
		...stands,
		round: `/p/${round.programmeId}/assessment/rounds/${round.roundId}`,
		form: `${round.roundId}:${round.versionId}`
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

/** So many forms come onto a device at once; who collects for more rounds opens them one by one. */
const mostAssigned = 20;

/** Who may send in her own name; mirrors the fence of submissions. */
const senders = ['coordinator', 'member', 'analyst', 'collector', 'official'];

/** The filling pages of the open rounds into which a person may send, newest first. */
export async function assignedPages(actor: Extract<Actor, { kind: 'person' }>, locale: Locale): Promise<FillingPage[]> {
	const rounds = await inTransaction(actor, (tx) =>
		openRounds(tx)
			.where(sql<boolean>`r.programme_id = any(network.programmes_with(${senders}::text[]))`)
			.orderBy('r.openedAt', 'desc')
			.limit(mostAssigned)
			.execute()
	);
	return Promise.all(rounds.map(({ title, sensitive, ...round }) => fillingPage({ ...round, placeId: null }, sensitive, title, standsByRound(round, locale), locale)));
}

const openRounds = (tx: Tx) =>
	tx
		.selectFrom('assessment.round as r')
		.innerJoin('assessment.instrumentVersion as v', 'v.id', 'r.instrumentVersionId')
		.innerJoin('assessment.instrument as i', 'i.id', 'v.instrumentId')
		.select(['r.programmeId', 'r.id as roundId', 'v.id as versionId', 'i.title', 'r.sensitive'])
		.where('r.state', '=', 'open');
