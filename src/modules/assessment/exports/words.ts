/** The words of an export in the language of whoever makes it, `{n}` and `{m}` where numbers will stand. Handed to the thread that writes. */
export type ExportWords = {
	readonly title: string;
	readonly rows: string;
	readonly made: string;
	readonly rounds: string;
	readonly language: string;
	readonly filter: readonly string[];
	readonly tableRows: string;
	readonly apostrophe: string;
	/** Of the form that loses line breaks. */
	readonly lines: string;
	readonly madeUp: string;
	readonly cut: string;
	readonly parts: string;
	readonly files: string;
	readonly filesMissing: string;
	readonly filesStruck: string;
	readonly secret: string;
	readonly about: string;
	readonly codebook: string;
	/** Heads of the codebook's columns. */
	readonly heads: readonly [table: string, column: string, variable: string, label: string, type: string, choice: string, choiceLabel: string, note: string];
	readonly changes: Readonly<Record<'renamed' | 'label-cut' | 'value-label-cut' | 'kept-as-text' | 'text-cut', string>>;
};

/** Puts numbers into a sentence. */
export const filled = (sentence: string, numbers: Readonly<Record<string, string | number>>): string =>
	sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(numbers[name] ?? whole));
