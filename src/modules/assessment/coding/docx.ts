import { readXml, XmlRefused } from './xml.ts';
import { readZip, ZipRefused } from './zip.ts';

/** Limits on a Word file: a book of a thousand pages unpacks to a fifth of this. */
export const DOCX_LIMITS = { entries: 2000, bytes: 24 * 1024 * 1024, text: 2_000_000 } as const;

export type DocxRead = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: 'unreadable' | 'too-large' };

/** Parts whose text is not the document's: what was deleted or moved away, older forms of the same drawing. */
const skipped = new Set(['del', 'moveFrom', 'Fallback', 'instrText', 'delText']);

/**
 * The text of a Word file (`.docx`): paragraphs as lines, hyperlinks by their words, tables as lines with tabs between cells,
 * footnotes and endnotes numbered at the end. Comments, headers and hidden tracking are left out.
 */
export function readDocx(bytes: Uint8Array): DocxRead {
	try {
		const parts = readZip(bytes, (name) => /^word\/(document|footnotes|endnotes)\d?\.xml$/i.test(name), DOCX_LIMITS);
		const part = (name: string): Uint8Array | undefined => parts.get(`word/${name}.xml`) ?? parts.get(`word/${name}2.xml`);
		const main = part('document');
		if (!main) return { ok: false, reason: 'unreadable' };
		const notes = { footnote: part('footnotes'), endnote: part('endnotes') };
		const cited: { kind: 'footnote' | 'endnote'; id: string }[] = [];
		const text = textOf(main, (kind, id) => {
			cited.push({ kind, id });
			return `[${cited.length}]`;
		});
		const texts = { footnote: notesOf(notes.footnote, 'footnote'), endnote: notesOf(notes.endnote, 'endnote') };
		const below = cited.map(({ kind, id }, i) => `[${i + 1}] ${texts[kind].get(id) ?? ''}`.trim());
		const whole = [text, ...below].join('\n');
		return whole.length > DOCX_LIMITS.text ? { ok: false, reason: 'too-large' } : { ok: true, text: whole };
	} catch (cause) {
		if (cause instanceof ZipRefused) return { ok: false, reason: cause.reason };
		if (cause instanceof XmlRefused) return { ok: false, reason: 'unreadable' };
		throw cause;
	}
}

type Cite = (kind: 'footnote' | 'endnote', id: string) => string;

function textOf(xml: Uint8Array, cite: Cite): string {
	const out: string[] = [];
	const writer = bodyWriter(out, cite);
	readXml(xml, writer);
	return out.join('');
}

/** Turns the elements of a document into text, a piece at a time. */
function bodyWriter(out: string[], cite: Cite) {
	let skipping = 0;
	let collecting = false;
	let cells = 0;
	let inCell = 0;
	return {
		open(name: string, attribute: (name: string) => string | undefined): void {
			if (skipping > 0 || skipped.has(name)) return void skipping++;
			if (name === 't') collecting = true;
			else if (name === 'tab') out.push('\t');
			else if (name === 'br' || name === 'cr') out.push('\n');
			else if (name === 'noBreakHyphen') out.push('-');
			else if (name === 'tr') cells = 0;
			else if (name === 'tc') {
				inCell++;
				if (cells++ > 0) out.push('\t');
			} else if (name === 'footnoteReference' || name === 'endnoteReference') {
				out.push(cite(name === 'footnoteReference' ? 'footnote' : 'endnote', attribute('id') ?? ''));
			}
		},
		close(name: string): void {
			if (skipping > 0) return void skipping--;
			if (name === 't') collecting = false;
			else if (name === 'tc') inCell--;
			else if (name === 'tr') out.push('\n');
			// In a table the row is the line: paragraphs of a cell stand beside each other.
			else if (name === 'p') out.push(inCell > 0 ? ' ' : '\n');
		},
		text(text: string): void {
			if (collecting && skipping === 0) out.push(text);
		}
	};
}

function notesOf(xml: Uint8Array | undefined, kind: string): Map<string, string> {
	const notes = new Map<string, string>();
	if (!xml) return notes;
	let id = '';
	let out: string[] = [];
	const inner = bodyWriter([], () => '');
	let writer = inner;
	readXml(xml, {
		open(name, attribute) {
			if (name === kind) {
				id = attribute('id') ?? '';
				out = [];
				writer = bodyWriter(out, () => '');
			} else writer.open(name, attribute);
		},
		close(name) {
			if (name === kind) notes.set(id, out.join('').replace(/\s+/g, ' ').trim());
			else writer.close(name);
		},
		text: (text) => writer.text(text)
	});
	return notes;
}
