import { strToU8, unzipSync, zipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pendingOf } from '#modules/assessment/coding/refi/pending.ts';
import { nearestColour, refiColours, type RefiCode, type RefiProject } from '#modules/assessment/coding/refi/project.ts';
import { readCodebook, readProject } from '#modules/assessment/coding/refi/read.ts';
import { writeCodebook, writeProject } from '#modules/assessment/coding/refi/write.ts';
import { lengthOf, normaliseText } from '#modules/assessment/coding/text.ts';
import { codebookRules, faultsIn, projectRules, treeOf, type XmlTree } from './standard.ts';

const guid = fc.uuid({ version: 7 });
const words = fc.string({ unit: fc.constantFrom('a', 'Ж', 'ʻ', '😀', ' ', '\n', '&', '<', '"', "'", ']]>', '\t'), minLength: 1, maxLength: 25 }).map((text) => normaliseText(text) || 'x');
const leaf = fc.record({ guid, name: words, codable: fc.boolean(), color: fc.constantFrom(null, ...refiColours), description: fc.oneof(fc.constant(''), words) });
const codes: fc.Arbitrary<RefiCode[]> = fc.array(fc.tuple(leaf, fc.array(leaf, { maxLength: 2 })).map(([code, children]) => ({ ...code, children: children.map((child) => ({ ...child, children: [] })) })), { minLength: 1, maxLength: 4 });
const project: fc.Arbitrary<RefiProject> = fc
	.record({ name: words, tree: codes, users: fc.array(fc.record({ guid, name: words }), { maxLength: 3 }), sources: fc.array(fc.record({ guid, name: words, text: words, description: fc.oneof(fc.constant(''), words), place: words, marks: fc.array(fc.tuple(guid, guid, fc.nat(24), fc.nat(24), words), { maxLength: 4 }) }), { maxLength: 3 }) })
	.map(({ name, tree, users, sources }) => ({
		name, created: '2026-11-27T08:00:00.000Z', users, codes: tree,
		sources: sources.map(({ place, marks, ...source }) => ({
			...source, created: '2026-11-27T08:00:00.000Z', variables: { place },
			selections: marks.flatMap(([one, two, a, b, description]) => {
				const [starts, ends] = [Math.min(a, b), Math.min(Math.max(a, b), lengthOf(source.text))];
				return starts < ends ? [{ guid: one, name: '', description, starts, ends, user: users[0]?.guid ?? null, codes: [{ guid: two, code: tree[0]?.guid ?? one, user: users[0]?.guid ?? null }] }] : [];
			})
		}))
	}));

const everywhere = (root: XmlTree, name: string): XmlTree[] => [...(root.name === name ? [root] : []), ...root.children.flatMap((child) => everywhere(child, name))];
const all = (root: XmlTree): XmlTree[] => [root, ...root.children.flatMap(all)];
const text = (bytes: Uint8Array | undefined): string => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

describe('what is written', () => {
	it('keeps to the standard in every element, its order, its attributes and their forms', () => {
		fc.assert(
			fc.property(project, (given) => {
				const root = treeOf(text(unzipSync(writeProject(given, 'Hamkor'))['project.qde']));
				expect(faultsIn(root, projectRules)).toEqual([]);
				expect(all(root).filter(({ namespace }) => namespace !== 'urn:QDA-XML:project:1.0')).toEqual([]);
			}),
			{ numRuns: 200 }
		);
		fc.assert(
			fc.property(codes, (given) => {
				const root = treeOf(writeCodebook(given, 'Hamkor'));
				expect(faultsIn(root, codebookRules)).toEqual([]);
				expect(new Set(all(root).map(({ namespace }) => namespace))).toEqual(new Set(['urn:QDA-XML:codebook:1.0']));
			}),
			{ numRuns: 200 }
		);
	});
	it('holds every text once as UTF-8 without a mark and with single line feeds, under its guid in Sources, and points to nothing else', () => {
		fc.assert(
			fc.property(project, (given) => {
				const files = unzipSync(writeProject(given, 'Hamkor'));
				const root = treeOf(text(files['project.qde']));
				const sources = everywhere(root, 'TextSource');
				expect(Object.keys(files).sort()).toEqual(['project.qde', ...sources.map(({ attributes }) => `Sources/${attributes['guid']}.txt`)].filter((name, at, names) => names.indexOf(name) === at).sort());
				for (const { attributes, children } of sources) {
					expect(attributes['plainTextPath']).toBe(`internal://${attributes['guid']}.txt`);
					const body = text(files[`Sources/${attributes['guid']}.txt`]);
					expect(body).not.toMatch(/^\ufeff|\r/);
					for (const selection of children.filter(({ name }) => name === 'PlainTextSelection')) {
						const [starts, ends] = [Number(selection.attributes['startPosition']), Number(selection.attributes['endPosition'])];
						expect(starts).toBeLessThan(ends);
						expect(ends).toBeLessThanOrEqual([...body].length);
					}
				}
			}),
			{ numRuns: 100 }
		);
	});
	it('refers to what is there', () => {
		fc.assert(
			fc.property(project, (given) => {
				const root = treeOf(text(unzipSync(writeProject(given, 'Hamkor'))['project.qde']));
				const there = (name: string): Set<string | undefined> => new Set(everywhere(root, name).map(({ attributes }) => attributes['guid']));
				const [known, variables, users] = [there('Code'), there('Variable'), there('User')];
				for (const { attributes } of everywhere(root, 'CodeRef')) expect(known).toContain(attributes['targetGUID']);
				for (const { attributes } of everywhere(root, 'VariableRef')) expect(variables).toContain(attributes['targetGUID']);
				for (const { attributes } of all(root)) if (attributes['creatingUser'] !== undefined) expect(users).toContain(attributes['creatingUser']);
			}),
			{ numRuns: 100 }
		);
	});
	it('would be found out: the rules see a missing attribute, a wrong form, a wrong order and what does not belong', () => {
		const id = '0199c0de-0000-7000-8000-000000000001';
		const faults = (xml: string): string[] => faultsIn(treeOf(`<Project name="p">${xml}</Project>`), projectRules);
		expect(faults('<Sources><TextSource name="x"/></Sources>')).toEqual(['/Project/Sources/TextSource: guid is missing']);
		expect(faults('<CodeBook><Codes/></CodeBook>')).toEqual(['/Project/CodeBook/Codes: Code is missing']);
		expect(faults(`<Sources><TextSource guid="${id}"/></Sources><Users><User guid="${id}"/></Users>`)).toEqual(['/Project: Users stands too late']);
		expect(faults(`<Users><User guid="x"/></Users>`)).toEqual(['/Project/Users/User: guid is no guid: x']);
		expect(faults(`<Users><User guid="${id}" mail="a"/></Users>`)).toEqual(['/Project/Users/User: no attribute mail']);
		expect(faults(`<CodeBook><Codes><Code guid="${id}" name="a" isCodable="yes" color="red"/></Codes></CodeBook>`)).toHaveLength(2);
		expect(faults('words')).toEqual(['/Project: words between elements']);
	});
});

const g = (n: number): string => `0199c0de-0000-7000-8000-${String(n).padStart(12, '0')}`;
type Shape = { readonly origin?: string; readonly head?: string; readonly source: string; readonly files: Readonly<Record<string, string>>; readonly code?: string };
/** A project as another program packs it. */
const packed = ({ origin = 'X', head = '', source, files, code = `<Code guid="${g(2)}" name="Kod" isCodable="true"/>` }: Shape): Uint8Array =>
	zipSync({
		'project.qde': strToU8(`<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:QDA-XML:project:1.0 http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd" name="P" origin="${origin}" ${head}><Users><User guid="${g(1)}" name="A"/></Users><CodeBook><Codes>${code}</Codes></CodeBook><Sources>${source}</Sources></Project>`),
		...Object.fromEntries(Object.entries(files).map(([name, content]) => [name, strToU8(content)]))
	});
const selection = (starts: number, ends: number): string => `<PlainTextSelection guid="${g(7)}" startPosition="${starts}" endPosition="${ends}" creatingUser="${g(1)}"><Coding guid="${g(8)}"><CodeRef targetGUID="${g(2)}"/></Coding></PlainTextSelection>`;
/** The words under the first code of the first text, as they would be stored. */
function coded(bytes: Uint8Array): string | undefined {
	const read = readProject(bytes);
	if (!read.ok) throw new Error(read.reason);
	const [source] = pendingOf(read.value).sources;
	const [mark] = source?.marks ?? [];
	return source && mark && [...source.text].slice(mark.starts, mark.ends).join('');
}

describe('what other programs write', () => {
	it('is read from ATLAS.ti, which ends lines with two signs and counts one', () => {
		const file = '\ufeffSavol?\r\nJavob bor\r\nTamom';
		const shape = { source: `<TextSource guid="${g(5)}" name="S" plainTextPath="internal://${g(5)}.txt">${selection(7, 12)}</TextSource>`, files: { [`sources/${g(5)}.txt`]: file } };
		expect(coded(packed({ ...shape, origin: 'ATLAS.ti Windows 22' }))).toBe('Javob');
	});
	it('is read from MAXQDA and NVivo, which count both signs: small and large names of the folder, a rich text beside', () => {
		const file = 'Savol?\r\nJavob bor 😀 yana';
		const of = (folder: string, id: string): Uint8Array =>
			packed({
				origin: 'MAXQDA 2022', source: `<TextSource guid="${id}" name="S" richTextPath="internal://${id}.docx" plainTextPath="internal://${id}.txt" creatingUser="${g(1)}">${selection(8, 13)}<NoteRef targetGUID="${g(9)}"/></TextSource>`,
				files: { [`${folder}/${g(5)}.txt`]: file, [`${folder}/${g(5)}.docx`]: 'PK no text' }
			});
		expect(coded(of('sources', g(5).toUpperCase()))).toBe('Javob');
		expect(coded(of('Sources', `{${g(5)}}`.replace(/[{}]/g, '')))).toBe('Javob');
	});
	it('is read from QualCoder: files by name, paths of other kinds, categories that cannot be given as codes above those that can', () => {
		const source = (path: string): string => `<TextSource guid="${g(5)}" name="Anna" plainTextPath="${path}">${selection(6, 11)}</TextSource>`;
		const file = 'Savol\nJavob bor';
		for (const path of ['relative:///Sources/interview%201.txt', 'internal://interview 1.txt', 'absolute:///C:\\data\\interview 1.txt', 'internal://Interview 1.TXT']) {
			expect([path, coded(packed({ source: source(path), files: { 'Sources/interview 1.txt': file }, head: 'basePath="/tmp"' }))]).toEqual([path, 'Javob']);
		}
		const nested = `<Code guid="${g(3)}" name="Toifa" isCodable="false"><Description>memo</Description><Code guid="${g(2)}" name="Kod" isCodable="true" color="#F0A"/></Code>`;
		const read = readProject(packed({ source: source('internal://a.txt'), files: { 'Sources/a.txt': file }, code: nested }));
		expect(read.ok && read.value.codes).toEqual([{ guid: g(3), name: 'Toifa', codable: false, color: null, description: 'memo', children: [{ guid: g(2), name: 'Kod', codable: true, color: '#F0A', description: '', children: [] }] }]);
		expect(nearestColour('#F0A')).toBe(nearestColour('#FF00AA'));
	});
	it('is read as a codebook with sets of codes, which are passed over', () => {
		const book = `\ufeff<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="NVivo"><Codes><Code guid="{${g(2).toUpperCase()}}" name="Kod" isCodable="1"/></Codes><Sets><Set guid="${g(4)}" name="Toʻplam"><MemberCode guid="${g(2)}"/></Set></Sets></CodeBook>`;
		expect(readCodebook(strToU8(book))).toEqual({ ok: true, skipped: 0, value: [{ guid: g(2), name: 'Kod', codable: true, color: null, description: '', children: [] }] });
	});
	it('leaves out pictures, films and texts whose file is not there, and says how many', () => {
		const read = readProject(packed({ source: `<PDFSource guid="${g(10)}" path="internal://x.pdf"/><VideoSource guid="${g(11)}"/><TextSource guid="${g(5)}" plainTextPath="internal://lost.txt"/>`, files: {} }));
		expect(read).toMatchObject({ ok: true, skipped: 3, value: { sources: [] } });
	});
});

describe('what is hostile', () => {
	const source = (path: string): string => `<TextSource guid="${g(5)}" plainTextPath="${path}">${selection(0, 4)}</TextSource>`;
	it('reaches no file outside of the archive', () => {
		for (const path of ['internal://../../../../etc/passwd', 'relative:///../../etc/passwd', 'absolute:///etc/passwd', 'file:///etc/passwd', 'internal://%2e%2e%2fetc%2fpasswd']) {
			expect([path, readProject(packed({ source: source(path), files: {} }))]).toMatchObject([path, { ok: true, value: { sources: [] } }]);
		}
		// A name that climbs out of the archive is no path here: its content is read from memory or not at all.
		expect(coded(packed({ source: source('internal://evil.txt'), files: { '../../../tmp/evil.txt': 'soʻz' } }))).toBe('soʻz');
	});
	it('is refused when it brings entities, a document type or another namespace', () => {
		const of = (xml: string): boolean => readProject(zipSync({ 'project.qde': strToU8(xml) })).ok;
		expect(of('<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><Project xmlns="urn:QDA-XML:project:1.0" name="&x;"/>')).toBe(false);
		expect(of('<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><Project xmlns="urn:QDA-XML:project:1.0" name="&b;"/>')).toBe(false);
		expect(of('<Project xmlns="urn:QDA-XML:project:1.0" name="&undefined;"/>')).toBe(false);
		expect(of('<Project xmlns="http://example.org" name="p"/>')).toBe(false);
	});
	it('is refused when it unpacks into more than is taken, or lies about how much it is', () => {
		const bomb = zipSync({ 'project.qde': strToU8(`<Project xmlns="urn:QDA-XML:project:1.0" name="p"><Sources>${source('internal://a.txt')}</Sources></Project>`), 'Sources/a.txt': new Uint8Array(30 * 1024 * 1024) }, { level: 9 });
		expect(bomb.length).toBeLessThan(100_000);
		expect(readProject(bomb)).toEqual({ ok: false, reason: 'too-large' });
		const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.byteLength);
		for (let at = 0; at + 4 < bomb.length; at++) if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true);
		expect(readProject(bomb).ok).toBe(false);
		const many = zipSync(Object.fromEntries(Array.from({ length: 5001 }, (_, i) => [`Sources/${i}.txt`, new Uint8Array()])));
		expect(readProject(many)).toEqual({ ok: false, reason: 'too-large' });
	});
	it('keeps passages within their text, whatever positions are claimed', () => {
		fc.assert(
			fc.property(fc.constantFrom('-1', '0', '3', '99', '1e3', '0x2', ' 1 ', '999999999999', 'NaN', ''), fc.constantFrom('-5', '0', '4', '50', '4.5', '999999999'), (starts, ends) => {
				const marked = `<TextSource guid="${g(5)}"><PlainTextContent>soʻz bor</PlainTextContent><PlainTextSelection guid="${g(7)}" startPosition="${starts}" endPosition="${ends}"><Coding guid="${g(8)}"><CodeRef targetGUID="${g(2)}"/></Coding></PlainTextSelection></TextSource>`;
				const read = readProject(packed({ source: marked, files: {} }));
				if (!read.ok) throw new Error(read.reason);
				for (const { starts: from, ends: to } of read.value.sources[0]?.selections ?? []) {
					expect(from).toBeGreaterThanOrEqual(0);
					expect(from).toBeLessThan(to);
					expect(to).toBeLessThanOrEqual(8);
				}
			})
		);
	});
});
