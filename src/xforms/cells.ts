/** What a row says under one heading: text, or (for `label::Russian (ru)`, `bind::relevant`) text under further headings. */
export type Cell = string | CellGroup;

export type CellGroup = { [heading: string]: Cell };

/** A row of a sheet after its columns were recognised. */
export type Row = { readonly number: number; readonly cells: CellGroup };

/** Text in one language or in several; the key is the language as the author wrote it. */
export type Text = string | Readonly<Record<string, string>>;

/** An object without a prototype: headings come from strangers, and may be called `__proto__`. */
export function emptyGroup<T = Cell>(): Record<string, T> {
	return Object.assign(Object.create(null), {});
}

/** Plain text under a heading; undefined when there is none, or when it has languages. */
export function textAt(group: CellGroup | undefined, heading: string): string | undefined {
	const cell = group?.[heading];
	return typeof cell === 'string' && cell !== '' ? cell : undefined;
}

export function groupAt(group: CellGroup | undefined, heading: string): CellGroup | undefined {
	const cell = group?.[heading];
	return typeof cell === 'object' ? cell : undefined;
}

/** Text that may be translated. */
export function translatedAt(group: CellGroup | undefined, heading: string): Text | undefined {
	const cell = group?.[heading];
	if (cell === undefined || cell === '') return undefined;
	return typeof cell === 'string' ? cell : flat(cell);
}

/** The texts directly in a group; deeper groups are left out. */
export function flat(group: CellGroup | undefined): Record<string, string> {
	const texts = emptyGroup<string>();
	for (const [key, value] of Object.entries(group ?? {})) if (typeof value === 'string') texts[key] = value;
	return texts;
}

/** The languages of a text with the text in each; a plain text is in the given default language. */
export function languagesOf(text: Text, defaultLanguage: string): [string, string][] {
	return typeof text === 'string' ? [[defaultLanguage, text]] : Object.entries(text);
}

/** The text in one language, or in any. */
export function anyText(text: Text | undefined): string {
	if (text === undefined) return '';
	return typeof text === 'string' ? text : (Object.values(text)[0] ?? '');
}
