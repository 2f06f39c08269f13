import type { Locale } from '#platform/locale.ts';

/** What a filling page is given. All texts are in the reader's language already, as far as they exist in it. */
export type FillingPage = {
	readonly title: string;
	readonly xform: string;
	/** Language keys of the form's own languages, as the form names them, with what they are called. */
	readonly languages: readonly { readonly name: string; readonly code: string | null }[];
	readonly consent: Spoken;
	readonly refusal: Spoken;
	readonly distress: Spoken;
	/** In which language the program's own words around these are shown, and whether a native reader has approved them there. */
	readonly own: { readonly locale: Locale; readonly approved: boolean };
	/** Of a sensitive round nothing is kept on a device before a person has locked it: it would lie open there. */
	readonly sensitive: boolean;
	/** Addresses of this page and of its round, without language. */
	readonly address: string;
	readonly round: string;
	/** Address of the folder with the form's pictures, sounds, films and tables; null when it has none. */
	readonly media: string | null;
	/** Those files. */
	readonly files: readonly FormFileFact[];
	/** Bytes that one file may have. */
	readonly largestFile: number;
	/** Where the answers are sent, and where it is told that somebody declined. */
	readonly action: string;
	readonly refusalAction: string;
	/** Names the form on a device: its round and version. */
	readonly form: string;
};

/** A file that goes with a form, as the filling page knows it. */
export type FormFileFact = {
	readonly name: string;
	/** Names the content: MD5 in hexadecimal, or anything else that is never the same for another content. */
	readonly hash: string;
	readonly mediaType: string;
	readonly bytes: number;
};

/** The program's own words about consent on a filling page; shown as approved only where a native reader has approved all of them. */
export const consentKeys = ['assessment_fill_about', 'assessment_fill_may_decline', 'assessment_fill_support', 'assessment_fill_agree', 'assessment_fill_decline'] as const;

/** A text and the language it is in. */
export type Spoken = { readonly text: string; readonly lang: string };

const round = '/p/[0-9a-f-]{36}/assessment/rounds/[0-9a-f-]{36}';
const link = '/c/[A-Za-z0-9_-]{20,64}';
const actions = new RegExp(`^(?:${link}/submission|/[A-Za-z-]+(?:${link}/refusal|${round}/fill/(?:submission|refusal)))$`);
const addresses = new RegExp(`^(?:${link}|${round}/fill)$`);
const rounds = new RegExp(`^${round}$`);

/** Whether something that claims to come from a filling page may be sent where it says. */
export const leadsToFilling = (thing: { readonly action: string; readonly address: string; readonly round: string }): boolean =>
	actions.test(thing.action) && addresses.test(thing.address) && rounds.test(thing.round);
