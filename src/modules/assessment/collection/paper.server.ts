import { error } from '@sveltejs/kit';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/database.server.ts';
import { localeFacts, localText, type Locale, type LocalText } from '#platform/locales.ts';
import { problemText } from '#platform/problem-text.ts';
import type { Spoken } from './filling.ts';
import { formOf } from './form.server.ts';
import type { OpenRound } from './link.server.ts';
import { paperForm, type PaperForm } from './paper.ts';

/** A form on paper, with what is said before it and the languages it comes in. */
export type PaperPage = {
	readonly form: PaperForm;
	readonly consent: Spoken;
	readonly refusal: Spoken;
	readonly distress: Spoken;
	readonly languages: readonly { readonly key: string; readonly name: string }[];
};

/**
 * The paper version of a round's form.
 * @param wanted key of a language of the form; null for the reader's own, if the form speaks it
 * @throws HttpError 404 when the form has no such language
 */
export async function paperPage(round: Pick<OpenRound, 'roundId' | 'versionId'>, wanted: string | null, locale: Locale): Promise<PaperPage> {
	const { instrument } = await formOf(round.versionId);
	const { languages } = instrument;
	const own = languages.find(({ code }) => code === locale) ?? languages.find(({ code }) => code?.split('-')[0] === locale.split('-')[0]);
	const language = wanted ?? own?.key ?? instrument.defaultLanguage;
	if (!languages.some(({ key }) => key === language)) error(404, { message: problemText('not-found', {}, locale), code: 'not-found' });
	const form = paperForm(instrument, language, locale);
	const ethics = await inTransaction(system('collection'), (tx) =>
		tx.selectFrom('assessment.round').select(['consent', 'refusal', 'distress']).where('id', '=', round.roundId).executeTakeFirstOrThrow()
	);
	const spoken = (text: LocalText): Spoken => {
		const shown = localText(text, form.locale);
		return { text: shown.text, lang: localeFacts[shown.locale].lang };
	};
	return { form, consent: spoken(ethics.consent), refusal: spoken(ethics.refusal), distress: spoken(ethics.distress), languages: languages.map(({ key, name }) => ({ key, name })) };
}
