import fc from 'fast-check';
import { describe as suite, expect, it } from 'vitest';
import { convert } from './convert.ts';
import { describe } from './instrument.ts';
import { readMarkdown } from './readMarkdown.ts';
import { parseSubmission, readSubmission, SUBMISSION_LIMITS } from './submission.ts';
import { submissionShape } from './submissionShape.ts';

const HOUSEHOLD = `
| survey   |
|          | type         | name  | label |
|          | text         | head  | Head  |
|          | image        | house | House |
|          | begin_repeat | child | Child |
|          | integer      | age   | Age   |
|          | begin_repeat | visit | Visit |
|          | text         | note  | Note  |
|          | end_repeat   |       |       |
|          | end_repeat   |       |       |
| settings |
|          | form_id | version |
|          | house   | 3       |
`;

function shapeOf(table: string): ReturnType<typeof submissionShape> {
	const result = convert(readMarkdown(table));
	if (!result.ok) throw new Error(JSON.stringify(result.errors));
	return submissionShape(describe(result.form));
}

const shape = shapeOf(HOUSEHOLD);
const META = '<meta><instanceID>uuid:1</instanceID></meta>';
const wrap = (inside: string): string => `<data id="house" version="3">${inside}</data>`;

function codeOf(xml: string | Uint8Array): string | undefined {
	const result = parseSubmission(xml, shape);
	return result.ok ? undefined : result.error.code;
}

suite('a submission', () => {
	it('is read into answers, each with the repeat instance it belongs to', () => {
		const child = (age: number): string => `<child><age>${age}</age><visit><note>a</note></visit><visit><note>b</note></visit></child>`;
		const result = parseSubmission(wrap(`<head>Oʻgʻiloy</head><house>h.jpg</house>${child(3)}${child(5)}${META}`), shape);
		expect(result).toMatchObject({ ok: true, value: { instanceId: 'uuid:1', formId: 'house', version: '3', attachments: ['h.jpg'] } });
		expect(result.ok && result.value.answers.at(-1)).toEqual({ path: '/data/child/visit/note', repeatIndexes: [2, 2], text: 'b' });
	});

	it('may be an edit of an earlier one, with the metadata namespace of OpenRosa', () => {
		const meta = '<orx:meta xmlns:orx="http://openrosa.org/xforms"><orx:deprecatedID>uuid:0</orx:deprecatedID><orx:instanceID>uuid:2</orx:instanceID></orx:meta>';
		expect(parseSubmission(wrap(meta), shape)).toMatchObject({ ok: true, value: { instanceId: 'uuid:2', deprecatedId: 'uuid:0' } });
	});

	it.each([
		['another form', `<data id="other" version="3">${META}</data>`, 'submission.other-form'],
		['another version', `<data id="house" version="4">${META}</data>`, 'submission.other-version'],
		['no form at all', `<data version="3">${META}</data>`, 'submission.no-form-id'],
		['no instanceID', wrap('<head>a</head>'), 'submission.no-instance-id'],
		['two instanceIDs', wrap('<meta><instanceID>a</instanceID><instanceID>b</instanceID></meta>'), 'submission.repeated-element'],
		['an element the form does not have', wrap(`<spy>1</spy>${META}`), 'submission.unknown-element'],
		['a question twice where it does not repeat', wrap(`<head>a</head><head>b</head>${META}`), 'submission.repeated-element'],
		['text between elements', wrap(`<child>hello<age>1</age></child>${META}`), 'submission.stray-text'],
		['encryption', `<data id="house" version="3" encrypted="yes">${META}</data>`, 'submission.encrypted'],
		['a truncated end', wrap(META).slice(0, -9), 'submission.ill-formed'],
		['two roots', `${wrap(META)}<data/>`, 'submission.ill-formed'],
		['nothing', '', 'submission.ill-formed'],
		['a document type', `<!DOCTYPE data [<!ENTITY a "b">]>${wrap(META)}`, 'submission.forbidden'],
		['an entity of its own', wrap(`<head>&file;</head>${META}`), 'submission.ill-formed'],
		['a processing instruction', `<?php echo 1 ?>${wrap(META)}`, 'submission.forbidden'],
		['a NUL', wrap(`<head>a\u0000b</head>${META}`), 'submission.ill-formed'],
		['a NUL by number', wrap(`<head>&#0;</head>${META}`), 'submission.ill-formed'],
		['another encoding', `<?xml version="1.0" encoding="windows-1251"?>${wrap(META)}`, 'submission.encoding']
	])('is refused with %s', (_, xml, code) => {
		expect(codeOf(xml)).toBe(code);
	});

	it('is refused when it is not UTF-8, too large, too deep or made of too many elements', () => {
		expect(codeOf(new Uint8Array([0x3c, 0x61, 0xff, 0xfe]))).toBe('submission.encoding');
		expect(codeOf(new Uint8Array(SUBMISSION_LIMITS.bytes + 1))).toBe('submission.too-large');
		expect(codeOf('<a>'.repeat(SUBMISSION_LIMITS.depth + 1))).toBe('submission.too-deep');
		expect(codeOf(`<a>${'<b/>'.repeat(SUBMISSION_LIMITS.elements)}</a>`)).toBe('submission.too-many-elements');
	});

	it('never fails in an unforeseen way, whatever is sent', () => {
		const fragment = fc.constantFrom('<data id="house" version="3">', '</data>', META, '<child>', '</child>', '<age>', '</age>', '&amp;', '&', '<', ']]>', '<![CDATA[', 'ʻ', '\u0000');
		fc.assert(
			fc.property(fc.array(fc.oneof(fragment, fc.string())), (parts) => {
				const result = parseSubmission(parts.join(''), shape);
				return result.ok || result.error.code.startsWith('submission.');
			})
		);
		fc.assert(fc.property(fc.uint8Array(), (bytes) => !readSubmission(bytes).ok));
	});
});
