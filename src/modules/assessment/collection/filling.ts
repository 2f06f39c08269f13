/** What a filling page is given. All texts are in the reader's language already, as far as they exist in it. */
export type FillingPage = {
	readonly title: string;
	readonly xform: string;
	/** Language keys of the form's own languages, as the form names them, with what they are called. */
	readonly languages: readonly { readonly name: string; readonly code: string | null }[];
	readonly consent: Spoken;
	readonly refusal: Spoken;
	readonly distress: Spoken;
	/** A sensitive round keeps no draft in the browser: it would lie there in clear. */
	readonly sensitive: boolean;
	/** Address of the folder with the form's pictures, sounds, films and tables; null when it has none. */
	readonly media: string | null;
	/** Bytes that one file may have. */
	readonly largestFile: number;
	/** Where the answers are sent. */
	readonly action: string;
	/** Names the draft of this form in the browser. */
	readonly draftKey: string;
};

/** A text and the language it is in. */
export type Spoken = { readonly text: string; readonly lang: string };
