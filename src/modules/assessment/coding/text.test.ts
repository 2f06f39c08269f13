import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode.ts';
import { lengthOf, normaliseText, positionsOf, trimmedSpan, wordsAt } from './text.ts';

const prose = fc.string({ unit: fc.constantFrom('a', 'б', 'ʻ', '😀', '𝒳', '\n', ' ', 'ў'), maxLength: 40 });

describe('positions in a text', () => {
	it('count code points, as a list of code points does', () => {
		fc.assert(fc.property(prose, fc.nat(45), fc.nat(45), (text, a, b) => {
			const points = [...text];
			const positions = positionsOf(text);
			const [starts, ends] = [Math.min(a, b), Math.max(a, b)];
			expect(positions.length).toBe(points.length);
			expect(lengthOf(text)).toBe(points.length);
			expect(wordsAt(text, { starts, ends }, positions)).toBe(points.slice(starts, ends).join(''));
			if (starts <= points.length) expect(positions.codePoints(positions.units(starts))).toBe(starts);
		}));
	});
	it('leave the blanks at the edges of a passage out', () => {
		fc.assert(fc.property(prose, fc.nat(45), fc.nat(45), (text, a, b) => {
			const span = { starts: Math.min(a, b), ends: Math.max(a, b) };
			const trimmed = trimmedSpan(text, span);
			const words = [...text].slice(span.starts, span.ends).join('').trim();
			expect(trimmed ? wordsAt(text, trimmed) : '').toBe(words);
		}));
	});
	it('are made once and for all: a stored text is not changed by being stored again', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
			const once = normaliseText(text);
			expect(normaliseText(once)).toBe(once);
		}), { numRuns: 40 });
		expect(normaliseText('a\r\nb\rc\u0000 \n\n\n\n\nd')).toBe('a\nb\nc\n\n\nd');
	});
});

const uzbek = 'Маҳаллада ўзимиз учрашамиз, қишлоқдан келганлар ҳам бор.';
const russian = 'Сначала мы просто слушаем, потом говорим, куда можно пойти.';
const cp1251 = (text: string): Uint8Array => Uint8Array.from([...text].map((letter) => {
	const code = letter.codePointAt(0) ?? 0;
	return code < 128 ? code : code >= 0x410 && code <= 0x44f ? code - 0x350 : code === 0x451 ? 0xb8 : 0x3f;
}));
const wide = (text: string, little: boolean): Uint8Array => Uint8Array.from([...text].flatMap((letter) => {
	const code = letter.charCodeAt(0);
	return little ? [code & 255, code >> 8] : [code >> 8, code & 255];
}));
const koi8 = 'юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ';

describe('a text file of unknown encoding', () => {
	it('is read as what it is, and that is said', () => {
		for (const text of [uzbek, russian, 'Oʻzimiz yigʻilamiz.']) {
			expect(decodeText(new TextEncoder().encode(text))).toEqual({ text, encoding: 'utf-8' });
			expect(decodeText(Uint8Array.from([0xff, 0xfe, ...wide(text, true)]))).toEqual({ text, encoding: 'utf-16le' });
			expect(decodeText(Uint8Array.from([0xfe, 0xff, ...wide(text, false)]))).toEqual({ text, encoding: 'utf-16be' });
			expect(decodeText(wide(`${text}${text.length % 2 ? '' : ' '}`, true))?.encoding).toBe('utf-16le');
			expect(decodeText(wide(text, false))).toEqual({ text, encoding: 'utf-16be' });
		}
		expect(decodeText(cp1251(russian))).toEqual({ text: russian, encoding: 'windows-1251' });
	});
	it('is refused rather than guessed at when it is something else', () => {
		expect(decodeText(Uint8Array.from([...russian].map((letter) => (koi8.includes(letter) ? 0xc0 + koi8.indexOf(letter) : letter.charCodeAt(0) & 127))))).toBeNull();
		expect(decodeText(Uint8Array.from({ length: 256 }, (_, i) => i))).toBeNull();
		expect(decodeText(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0xff, 0xfe, 0xfd]))).toBeNull();
		expect(decodeText(Uint8Array.from([0xef, 0xbb, 0xbf, 0xff]))).toBeNull();
	});
});
