import { decodeText } from '../decode.ts';
import { lengthOf } from '../text.ts';
import { readXml, XmlRefused } from '../xml.ts';
import { readZip, ZipRefused } from '../zip.ts';
import type { RefiCode, RefiProject, RefiSelection, RefiSource } from './project.ts';

/** Limits on a project that comes from outside. */
export const REFI_LIMITS = { entries: 5000, bytes: 24 * 1024 * 1024, codes: 2000, sources: 200, selections: 100_000, codeDepth: 20 } as const;

export type RefiRead<T> = { readonly ok: true; readonly value: T; /** Sources that are no text and were left out. */ readonly skipped: number } | { readonly ok: false; readonly reason: 'unreadable' | 'too-large' };

class TooLarge extends Error {}

const guidPattern = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;
const guidOf = (text: string | undefined): string | null => guidPattern.exec(text ?? '')?.[1]?.toLowerCase() ?? null;

type Node = { readonly name: string; readonly attribute: (name: string) => string | undefined; readonly children: Node[]; text: string };

/** Elements of REFI-QDA that are read; all others, with what is in them, are passed over. */
const known = new Set(['CodeBook', 'Codes', 'Code', 'Description', 'Project', 'Users', 'User', 'Variables', 'Variable', 'Cases', 'Case', 'VariableValue', 'VariableRef', 'TextValue', 'BooleanValue', 'IntegerValue', 'FloatValue', 'DateValue', 'DateTimeValue', 'Sources', 'TextSource', 'PlainTextContent', 'PlainTextSelection', 'Coding', 'CodeRef', 'SourceRef', 'PDFSource', 'PictureSource', 'AudioSource', 'VideoSource', 'Notes', 'Note', 'NoteRef']);

function treeFrom(bytes: Uint8Array): Node {
	const top: Node = { name: '', attribute: () => undefined, children: [], text: '' };
	const open: Node[] = [top];
	let passing = 0;
	readXml(bytes, {
		open(name, attribute, namespace) {
			if (passing > 0 || !known.has(name) || !/^urn:QDA-XML:(?:project|codebook):1\.\d$/.test(namespace)) return void passing++;
			// The attributes are those of this event alone: they are read out now.
			const values = new Map(['guid', 'name', 'isCodable', 'color', 'targetGUID', 'startPosition', 'endPosition', 'creatingUser', 'creationDateTime', 'plainTextPath', 'origin'].map((key) => [key, attribute(key)]));
			const node: Node = { name, attribute: (key) => values.get(key), children: [], text: '' };
			open.at(-1)?.children.push(node);
			open.push(node);
		},
		close() {
			if (passing > 0) passing--;
			else open.pop();
		},
		text(text) {
			const node = open.at(-1);
			if (passing === 0 && node) node.text += text;
		}
	});
	return top;
}

const all = (node: Node | undefined, name: string): Node[] => node?.children.filter((child) => child.name === name) ?? [];
const first = (node: Node | undefined, name: string): Node | undefined => node?.children.find((child) => child.name === name);
const description = (node: Node): string => first(node, 'Description')?.text.trim() ?? '';

function codesOf(nodes: readonly Node[], depth: number, counted: { count: number }): RefiCode[] {
	if (depth > REFI_LIMITS.codeDepth) throw new TooLarge();
	return nodes.flatMap((node) => {
		const guid = guidOf(node.attribute('guid'));
		const name = node.attribute('name')?.trim() ?? '';
		if (++counted.count > REFI_LIMITS.codes) throw new TooLarge();
		const children = codesOf(all(node, 'Code'), depth + 1, counted);
		if (guid === null || name === '') return children;
		const codable = node.attribute('isCodable')?.trim().toLowerCase() !== 'false';
		return [{ guid, name, codable, color: node.attribute('color')?.trim() ?? null, description: description(node), children }];
	});
}

function refused(cause: unknown): { ok: false; reason: 'unreadable' | 'too-large' } {
	if (cause instanceof ZipRefused) return { ok: false, reason: cause.reason };
	if (cause instanceof TooLarge) return { ok: false, reason: 'too-large' };
	if (cause instanceof XmlRefused) return { ok: false, reason: 'unreadable' };
	throw cause;
}

/** Reads a codebook: a `.qdc`, or the one within a project. */
export function readCodebook(bytes: Uint8Array): RefiRead<RefiCode[]> {
	try {
		if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
			const project = readProject(bytes);
			return project.ok ? { ok: true, value: [...project.value.codes], skipped: 0 } : project;
		}
		const top = treeFrom(bytes);
		const book = first(top, 'CodeBook') ?? first(first(top, 'Project'), 'CodeBook');
		if (!book) return { ok: false, reason: 'unreadable' };
		return { ok: true, value: codesOf(all(first(book, 'Codes'), 'Code'), 0, { count: 0 }), skipped: 0 };
	} catch (cause) {
		return refused(cause);
	}
}

/** Reads a project (`.qdpx`): codes, coders, texts with their coded passages, and variables of texts. */
export function readProject(bytes: Uint8Array): RefiRead<RefiProject> {
	try {
		const files = readZip(bytes, (name) => /\.qde$/i.test(name) || /\.txt$/i.test(name), REFI_LIMITS);
		const [, xml] = [...files].find(([name]) => /(?:^|\/)project\.qde$/i.test(name)) ?? [...files].find(([name]) => /\.qde$/i.test(name)) ?? [];
		const project = xml && first(treeFrom(xml), 'Project');
		if (!project) return { ok: false, reason: 'unreadable' };
		const texts = new Map([...files].map(([name, content]) => [fileName(name), content]));
		// ATLAS.ti writes two signs at the end of a line and counts them as one; the others count what they write.
		const oneSignLines = /atlas/i.test(project.attribute('origin') ?? '');
		const sources = first(project, 'Sources');
		const variables = variableValues(project);
		const read = all(sources, 'TextSource').flatMap((node) => sourceOf(node, texts, variables, oneSignLines) ?? []);
		if (read.length > REFI_LIMITS.sources || read.reduce((sum, { selections }) => sum + selections.length, 0) > REFI_LIMITS.selections) throw new TooLarge();
		return {
			ok: true,
			skipped: (sources?.children.length ?? 0) - read.length,
			value: {
				name: project.attribute('name')?.trim() ?? '',
				created: project.attribute('creationDateTime') ?? null,
				users: all(first(project, 'Users'), 'User').flatMap((node) => {
					const guid = guidOf(node.attribute('guid'));
					return guid === null ? [] : [{ guid, name: node.attribute('name')?.trim() ?? '' }];
				}),
				codes: codesOf(all(first(first(project, 'CodeBook'), 'Codes'), 'Code'), 0, { count: 0 }),
				sources: read
			}
		};
	} catch (cause) {
		return refused(cause);
	}
}

const valueKinds = ['TextValue', 'BooleanValue', 'IntegerValue', 'FloatValue', 'DateValue', 'DateTimeValue'];

/** Values of variables for each source: said at the source, or in a case that is about that source alone. */
function variableValues(project: Node): Map<string, Record<string, string>> {
	const names = new Map(all(first(project, 'Variables'), 'Variable').map((node) => [guidOf(node.attribute('guid')), node.attribute('name') ?? '']));
	const values = new Map<string, Record<string, string>>();
	const note = (source: string | null, holder: Node): void => {
		if (source === null) return;
		const own = values.get(source) ?? {};
		for (const value of all(holder, 'VariableValue')) {
			const name = names.get(guidOf(first(value, 'VariableRef')?.attribute('targetGUID')));
			const text = value.children.find((child) => valueKinds.includes(child.name))?.text.trim();
			if (name && name !== '__proto__' && text) own[name] = text;
		}
		values.set(source, own);
	};
	for (const node of all(first(project, 'Sources'), 'TextSource')) note(guidOf(node.attribute('guid')), node);
	for (const node of all(first(project, 'Cases'), 'Case')) {
		const refs = all(node, 'SourceRef');
		if (refs.length === 1) note(guidOf(refs[0]?.attribute('targetGUID')), node);
	}
	return values;
}

/**
 * The name of a file in an archive or a path of any kind (`internal://a.txt`, `relative:///b/a.txt`, `b\\a%20b.txt`), without its folders: a
 * text is found by its name within the archive, and by nothing outside of it.
 */
function fileName(path: string): string {
	const name = path.split(/[\\/]/).at(-1) ?? '';
	try {
		return decodeURIComponent(name).normalize('NFC').toLowerCase();
	} catch {
		return name.normalize('NFC').toLowerCase();
	}
}

function sourceOf(node: Node, texts: ReadonlyMap<string, Uint8Array>, variables: ReadonlyMap<string, Readonly<Record<string, string>>>, oneSignLines: boolean): RefiSource | null {
	const guid = guidOf(node.attribute('guid'));
	const path = node.attribute('plainTextPath');
	const content = path === undefined ? undefined : texts.get(fileName(path));
	const written = first(node, 'PlainTextContent')?.text ?? (content ? decodeText(content)?.text : undefined);
	if (guid === null || written === undefined) return null;
	const text = oneSignLines ? written.replaceAll('\r\n', '\n') : written;
	const length = lengthOf(text);
	return {
		guid,
		name: node.attribute('name')?.trim() ?? '',
		description: description(node),
		text,
		created: node.attribute('creationDateTime') ?? null,
		selections: all(node, 'PlainTextSelection').flatMap((each) => selectionOf(each, length) ?? []),
		variables: variables.get(guid) ?? {}
	};
}

function selectionOf(node: Node, length: number): RefiSelection | null {
	const guid = guidOf(node.attribute('guid'));
	const [starts, ends] = ['startPosition', 'endPosition'].map((name) => (/^\d{1,9}$/.test(node.attribute(name)?.trim() ?? '') ? Number(node.attribute(name)) : -1));
	if (guid === null || starts === undefined || ends === undefined || starts < 0 || ends <= starts || starts >= length) return null;
	const user = guidOf(node.attribute('creatingUser'));
	const codes = all(node, 'Coding').flatMap((coding) => {
		const code = guidOf(first(coding, 'CodeRef')?.attribute('targetGUID'));
		return code === null ? [] : [{ guid: guidOf(coding.attribute('guid')) ?? guid, code, user: guidOf(coding.attribute('creatingUser')) ?? user }];
	});
	return { guid, name: node.attribute('name') ?? '', description: description(node), starts, ends: Math.min(ends, length), user, codes };
}
