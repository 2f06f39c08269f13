/** What is proposed to be struck. */
export const maskKinds = ['name', 'place', 'phone', 'document', 'email', 'birth', 'plate', 'other'] as const;
export type MaskKind = (typeof maskKinds)[number];

/** A passage that may tell who or where somebody is. Positions in UTF-16 units until they are handed out. */
export type Found = {
	readonly starts: number;
	readonly ends: number;
	readonly kind: MaskKind;
	/** False: a guess by its form alone. */
	readonly sure: boolean;
	/** The same for all forms of one name, so that one person keeps one number; empty for what is not counted. */
	readonly key: string;
	/** The ending that stays readable behind the mark: `[ism 1]ning`. */
	readonly tail: string;
};

/** What was to be struck, what of it was proposed, and how many proposals there were at all. */
export type Measure = { readonly texts: number; readonly marked: number; readonly found: number; readonly proposed: number; readonly right: number };
