import { strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readDocx } from './docx.ts';
import { readZip } from './zip.ts';

const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const docx = (body: string, more: Zippable = {}): Uint8Array =>
	zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8(`<?xml version="1.0" encoding="UTF-8"?><w:document ${w} xmlns:mc="m" xmlns:r="r"><w:body>${body}</w:body></w:document>`), ...more });
const p = (text: string): string => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
const read = (bytes: Uint8Array): string => {
	const found = readDocx(bytes);
	if (!found.ok) throw new Error(found.reason);
	return found.text;
};

describe('a Word file', () => {
	it('becomes lines: links by their words, tables by rows, footnotes at the end', () => {
		const text = read(docx(
			`${p('Savol: ')}<w:p><w:r><w:t>Javob </w:t></w:r><w:hyperlink r:id="x"><w:r><w:t>havola</w:t></w:r></w:hyperlink><w:r><w:footnoteReference w:id="2"/></w:r></w:p>
			<w:tbl><w:tr><w:tc>${p('bir')}</w:tc><w:tc>${p('ikki')}${p('uch')}</w:tc></w:tr></w:tbl>${p('a')}<w:p><w:r><w:t>q</w:t><w:tab/><w:t>z</w:t><w:br/><w:t>y &amp; x</w:t></w:r></w:p>`,
			{ 'word/footnotes.xml': strToU8(`<w:footnotes ${w}><w:footnote w:id="1">${p('yoʻq')}</w:footnote><w:footnote w:id="2">${p('izoh matni')}</w:footnote></w:footnotes>`) }
		));
		expect(text.split('\n').map((line) => line.trim())).toEqual(['Savol:', 'Javob havola[1]', 'bir \tikki uch', 'a', 'q\tz', 'y & x', '', '[1] izoh matni']);
	});
	it('keeps out what was deleted, moved away, or stands there twice', () => {
		expect(read(docx(`<w:p><w:del><w:r><w:delText>Nodira</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>Karim</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>u</w:t></w:r></w:ins>
			<mc:AlternateContent><mc:Choice><w:r><w:t>bir</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>bir</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>`)).trim()).toBe('ubir');
	});
	it('is refused when it is none, broken, nested without end, or has a document type', () => {
		const refused = (bytes: Uint8Array): string => {
			const found = readDocx(bytes);
			return found.ok ? 'read' : found.reason;
		};
		expect(refused(strToU8('hello'))).toBe('unreadable');
		expect(refused(new Uint8Array())).toBe('unreadable');
		expect(refused(zipSync({ 'word/other.xml': strToU8('<a/>') }))).toBe('unreadable');
		expect(refused(docx('<w:p>'))).toBe('unreadable');
		expect(refused(docx('<w:p>'.repeat(5000) + '</w:p>'.repeat(5000)))).toBe('unreadable');
		expect(refused(zipSync({ 'word/document.xml': strToU8('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>') }))).toBe('unreadable');
		expect(refused(docx(p('&nope;')))).toBe('unreadable');
		const whole = docx(p('matn'));
		for (let cut = 0; cut < whole.length; cut += 7) expect(refused(whole.slice(0, cut))).not.toBe('read');
	});
	it('does not unpack a bomb, whether it says its size or lies about it', () => {
		const bomb = docx(p(' '.repeat(30 * 1024 * 1024)));
		expect(readDocx(bomb)).toEqual({ ok: false, reason: 'too-large' });
		const lying = bomb.slice();
		const view = new DataView(lying.buffer);
		for (let at = 0; at < lying.length - 28; at++) if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 1000, true);
		expect(readDocx(lying)).toEqual({ ok: false, reason: 'unreadable' });
		expect(() => readZip(zipSync(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`f${i}`, strToU8('x')]))), () => true, { entries: 30, bytes: 1000 })).toThrow('too-large');
	});
});
