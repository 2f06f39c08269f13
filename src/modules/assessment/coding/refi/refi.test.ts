import { strToU8, unzipSync, zipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthOf, normaliseText } from '../text.ts';
import type { RefiCode, RefiProject } from './project.ts';
import { readCodebook, readProject } from './read.ts';
import { writeCodebook, writeProject, writeProjectXml } from './write.ts';

const guid = fc.uuid({ version: 7 });
const prose = fc.string({ unit: fc.constantFrom('a', 'ў', 'ʻ', '😀', '𝒳', ' ', '\n', '&', '<', '"', ']]>'), minLength: 1, maxLength: 30 }).map((text) => normaliseText(text) || 'x');
const line = prose.map((text) => text.replace(/\s+/g, ' ').trim() || 'x');
const leaf = fc.record({ guid, name: line, codable: fc.boolean(), color: fc.constantFrom(null, '#0B5F73'), description: prose });
const codes: fc.Arbitrary<RefiCode[]> = fc.array(fc.tuple(leaf, fc.array(leaf, { maxLength: 2 })).map(([code, children]) => ({ ...code, children: children.map((child) => ({ ...child, children: [] })) })), { minLength: 1, maxLength: 3 });
const project: fc.Arbitrary<RefiProject> = fc
	.tuple(line, codes, fc.array(fc.record({ guid, name: line }), { minLength: 1, maxLength: 2 }), fc.array(fc.tuple(guid, line, prose, fc.array(fc.tuple(guid, guid, fc.nat(30), fc.nat(30), prose), { maxLength: 4 })), { maxLength: 3 }))
	.map(([name, tree, users, sources]) => ({
		name, created: '2026-01-01T00:00:00Z', users, codes: tree,
		sources: sources.map(([id, title, text, marks]) => ({
			guid: id, name: title, description: '', text, created: null, variables: { place: title },
			selections: marks.flatMap(([one, two, a, b, description]) => {
				const [starts, ends] = [Math.min(a, b), Math.min(Math.max(a, b), lengthOf(text))];
				const user = users[0]?.guid ?? null;
				return starts < ends ? [{ guid: one, name: 'x', description, starts, ends, user, codes: [{ guid: two, code: tree[0]?.guid ?? one, user }] }] : [];
			})
		}))
	}));

describe('REFI-QDA', () => {
	it('brings a project back as it went out: codes, coders, texts, passages in code points, memos, variables', () => {
		fc.assert(fc.property(project, (given) => {
			const read = readProject(writeProject(given, 'Hamkor'));
			expect(read).toEqual({ ok: true, skipped: 0, value: given });
		}), { numRuns: 200 });
	});
	it('brings a codebook back as it went out, alone or within a project; an empty one is refused, for the format has none', () => {
		expect(() => writeCodebook([], 'Hamkor')).toThrow('refi.no-codes');
		fc.assert(fc.property(codes, (given) => {
			expect(readCodebook(strToU8(writeCodebook(given, 'Hamkor')))).toEqual({ ok: true, skipped: 0, value: given });
		}), { numRuns: 200 });
	});
	it('counts positions in code points of texts with single line feeds', () => {
		const id = '0199c0de-0000-7000-8000-000000000001';
		const out = writeProject({ name: 'p', created: null, users: [], codes: [], sources: [{ guid: id, name: 's', description: '', text: '😀 a\nb', created: null, variables: {}, selections: [{ guid: id, name: 'b', description: '', starts: 4, ends: 5, user: null, codes: [] }] }] }, 'Hamkor');
		const files = unzipSync(out);
		expect(new TextDecoder().decode(files[`Sources/${id}.txt`])).toBe('😀 a\nb');
		expect(new TextDecoder().decode(files['project.qde'])).toContain('startPosition="4" endPosition="5"');
	});
	it('reads what other programs write: braces about guids, variables in cases, text in the XML, sources of other kinds left out', () => {
		const g = (n: number): string => `0199C0DE-0000-7000-8000-${String(n).padStart(12, '0')}`;
		const xml = `\ufeff<?xml version="1.0"?><q:Project xmlns:q="urn:QDA-XML:project:1.0" name="P" origin="X"><q:Users><q:User guid="{${g(1)}}" name="A" id="a"/></q:Users>
			<q:CodeBook><q:Codes><q:Code guid="{${g(2)}}" name="Kod" isCodable="true"><q:NoteRef targetGUID="${g(9)}"/></q:Code></q:Codes></q:CodeBook>
			<q:Variables><q:Variable guid="${g(3)}" name="Joy" typeOfVariable="Text"/></q:Variables>
			<q:Cases><q:Case guid="${g(4)}"><q:VariableValue><q:VariableRef targetGUID="${g(3)}"/><q:TextValue>Zomin</q:TextValue></q:VariableValue><q:SourceRef targetGUID="${g(5)}"/></q:Case></q:Cases>
			<q:Sources><q:PictureSource guid="${g(6)}" path="internal://x.png"/><q:TextSource guid="${g(5)}" name="S"><q:PlainTextContent>bir ikki</q:PlainTextContent>
			<q:PlainTextSelection guid="${g(7)}" startPosition="4" endPosition="99"><q:Coding guid="${g(8)}" creatingUser="${g(1)}"><q:CodeRef targetGUID="${g(2)}"/></q:Coding></q:PlainTextSelection></q:TextSource></q:Sources></q:Project>`;
		const read = readProject(zipSync({ 'project.qde': strToU8(xml) }));
		expect(read).toMatchObject({ ok: true, skipped: 1, value: { codes: [{ name: 'Kod', guid: g(2).toLowerCase() }], sources: [{ text: 'bir ikki', variables: { Joy: 'Zomin' }, selections: [{ starts: 4, ends: 8, codes: [{ code: g(2).toLowerCase(), user: g(1).toLowerCase() }] }] }] } });
	});
	it('refuses what is hostile or broken', () => {
		const refused = (xml: string): boolean => !readProject(zipSync({ 'project.qde': strToU8(xml) })).ok;
		const head = '<Project xmlns="urn:QDA-XML:project:1.0" name="x">';
		expect(refused('<!DOCTYPE x [<!ENTITY a "b">]><Project xmlns="urn:QDA-XML:project:1.0" name="x"/>')).toBe(true);
		expect(refused(`${head}<Sources>`)).toBe(true);
		expect(refused('<Project name="x"/>')).toBe(true);
		expect(refused(`${head}<CodeBook><Codes>${'<Code guid="0199c0de-0000-7000-8000-000000000001" name="a" isCodable="true">'.repeat(60)}${'</Code>'.repeat(60)}</Codes></CodeBook></Project>`)).toBe(true);
		expect(readProject(strToU8('nothing')).ok).toBe(false);
		expect(readProject(zipSync({ 'project.qde': strToU8(`${head}<Description>${' '.repeat(26 * 1024 * 1024)}</Description></Project>`) }))).toEqual({ ok: false, reason: 'too-large' });
		expect(readCodebook(strToU8('<CodeBook/>')).ok).toBe(false);
		const whole = zipSync({ 'project.qde': strToU8(writeProjectXml({ name: 'p', created: null, users: [], codes: [], sources: [] }, 'x')) });
		for (let cut = 0; cut < whole.length; cut += 5) expect(readProject(whole.slice(0, cut)).ok).toBe(false);
	});
});
