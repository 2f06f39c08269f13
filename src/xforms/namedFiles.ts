import { SaxesParser } from 'saxes';
import { z } from 'zod';

/** What a file of a form is for: shown, heard, watched, or read as a table of choices and values. */
export const FILE_USES = ['image', 'audio', 'video', 'table'] as const;
export type FileUse = (typeof FILE_USES)[number];

/** A file that a form names. */
export const namedFileSchema = z.object({
	name: z.string(),
	use: z.enum(FILE_USES),
	/** Columns that lists of choices take from a table; empty for everything else. */
	columns: z.array(z.string()).default([])
});
export type NamedFile = z.output<typeof namedFileSchema>;

const folders: Readonly<Record<string, FileUse>> = { images: 'image', audio: 'audio', video: 'video', file: 'table', 'file-csv': 'table' };
const address = /^jr:\/\/(images|audio|video|file|file-csv)\/(?:.*\/)?([^/]+)$/;
/** The instance that a list of choices comes from. */
const source = /^instance\('([^']+)'\)/;

/** `search('fruits')` as an appearance: choices that a collection app looks up in fruits.csv. */
const search = /\bsearch\(\s*['"]([^'"]+)['"]/;

/** The table that `select_one_external` reads: collection apps know it by this very name. */
export const externalChoices = 'itemsets.csv';

type Itemset = { readonly instance: string; readonly columns: string[] };

/**
 * The files that a form names, in the order in which it names them, each once: pictures, sounds and films of its texts, a picture
 * that stands as an answer from the start, and the tables of its secondary instances.
 * @param xform as the converter wrote it
 */
export function namedFiles(xform: string): NamedFile[] {
	const reading = new Reading();
	const parser = new SaxesParser({ xmlns: false, position: false });
	parser.on('error', (error) => {
		throw error;
	});
	parser.on('opentag', ({ name, attributes }) => reading.enter(name, attributes));
	parser.on('text', (text) => reading.say(text));
	parser.on('closetag', () => reading.leave());
	parser.write(xform).close();
	return reading.result();
}

class Reading {
	readonly #files = new Map<string, FileUse>();
	readonly #tables = new Map<string, string>();
	readonly #itemsets: Itemset[] = [];
	readonly #open: { readonly name: string; readonly spoken: boolean; text: string }[] = [];
	#itemset: Itemset | undefined;

	enter(name: string, attributes: Readonly<Record<string, string>>): void {
		// Words that look like an address are words: only a value that says its form is one.
		this.#open.push({ name, spoken: name === 'value' && attributes['form'] === undefined, text: '' });
		if (name === 'instance' && attributes['src'] !== undefined) {
			const file = this.#note(attributes['src']);
			if (file !== undefined) this.#tables.set(attributes['id'] ?? '', file);
		}
		if (attributes['query'] !== undefined) this.#files.set(externalChoices, 'table');
		const searched = search.exec(attributes['appearance'] ?? '')?.[1];
		if (searched !== undefined) this.#note(`jr://file-csv/${searched}.csv`);
		if (name === 'itemset') {
			this.#itemset = { instance: source.exec(attributes['nodeset'] ?? '')?.[1] ?? '', columns: [] };
			this.#itemsets.push(this.#itemset);
		} else if (attributes['ref'] !== undefined && (name === 'value' || name === 'label') && /^[\w.-]+$/.test(attributes['ref'])) this.#itemset?.columns.push(attributes['ref']);
	}

	say(text: string): void {
		const open = this.#open.at(-1);
		if (open) open.text += text;
	}

	leave(): void {
		const left = this.#open.pop();
		if (left?.name === 'itemset') this.#itemset = undefined;
		if (left && !left.spoken && this.#open.some(({ name }) => name === 'model')) this.#note(left.text.trim());
	}

	#note(uri: string): string | undefined {
		const [, folder = '', name = ''] = address.exec(uri) ?? [];
		const use = folders[folder];
		if (use === undefined) return undefined;
		if (!this.#files.has(name)) this.#files.set(name, use);
		return name;
	}

	result(): NamedFile[] {
		const columns = (file: string): string[] =>
			this.#itemsets.filter(({ instance }) => this.#tables.get(instance) === file).flatMap((itemset) => itemset.columns);
		return [...this.#files].map(([name, use]) => ({ name, use, columns: [...new Set(columns(name))] }));
	}
}
