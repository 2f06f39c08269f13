import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaryOf, MultipartError, MultipartReader, type PartHead } from './multipart.ts';

type Part = { name: string; filename?: string; content: Buffer };

const headOf = ({ name, filename }: Part): string =>
	`Content-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\nContent-Type: text/plain\r\n`;
const write = (boundary: string, parts: readonly Part[]): Buffer =>
	Buffer.concat([...parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n${headOf(part)}\r\n`), part.content, Buffer.from('\r\n')]), Buffer.from(`--${boundary}--\r\n`)]);

/** Reads a body in pieces of the sizes given, round and round. */
function read(boundary: string, body: Buffer, sizes: readonly number[]): Part[] {
	const reader = new MultipartReader(boundary);
	const parts: { head: PartHead; pieces: Buffer[] }[] = [];
	for (let from = 0, turn = 0; from < body.length; turn += 1) {
		const size = sizes[turn % sizes.length] ?? 1;
		for (const piece of reader.push(body.subarray(from, from + size))) {
			if (piece.kind === 'head') parts.push({ head: piece.head, pieces: [] });
			if (piece.kind === 'data') parts.at(-1)?.pieces.push(piece.data);
		}
		from += size;
	}
	reader.finish();
	return parts.map(({ head, pieces }) => ({ name: head.name, ...(head.filename === undefined ? {} : { filename: head.filename }), content: Buffer.concat(pieces) }));
}

const whole = (body: string | Buffer): Part[] => read('b', Buffer.from(body), [1_000_000]);

describe('a multipart body', () => {
	it('is read the same however it is cut into pieces, whatever its parts hold', () => {
		const content = fc.oneof(
			fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
			fc.array(fc.constantFrom('\r', '\n', '\r\n', '-', '--', 'b', '\r\n-', '\r\n--', '\r\n--x', 'a'), { maxLength: 30 }).map((bits) => Buffer.from(bits.join('')))
		);
		const name = fc.stringMatching(/^[a-zA-Zа-яўғқҳ _*.]{1,20}$/);
		const part = fc.record({ name, filename: name, content });
		fc.assert(
			fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }), (parts, sizes) => {
				// The content must not hold the boundary: the sender sees to that.
				const boundary = 'bOUNDARY';
				fc.pre(parts.every(({ content: each }) => !each.includes(`\r\n--${boundary}`)));
				expect(read(boundary, write(boundary, parts), sizes)).toEqual(parts);
			}),
			{ numRuns: 500 }
		);
	});

	it('keeps names in UTF-8, quotation marks and backslashes, and takes the extended form', () => {
		const head = (rest: string): Part | undefined => whole(`--b\r\nContent-Disposition: form-data; ${rest}\r\n\r\nx\r\n--b--\r\n`)[0];
		expect(head('name="f"; filename="сурат ўғил.png"')?.filename).toBe('сурат ўғил.png');
		expect(head('name="f"; filename="a\\"b%22c.png"')?.filename).toBe('a"b"c.png');
		expect(head('name="f"; filename="C:\\dir\\a.png"')?.filename).toBe('C:\\dir\\a.png');
		expect(head("name=f; filename=x; filename*=UTF-8''%D1%81.png")?.filename).toBe('с.png');
	});

	it.each([
		['without Content-Disposition', '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--'],
		['without any head', '--b\r\n\r\nx\r\n--b--'],
		['with a disposition of another kind', '--b\r\nContent-Disposition: attachment; filename="x"\r\n\r\nx\r\n--b--'],
		['without a name', '--b\r\nContent-Disposition: form-data; filename="x"\r\n\r\nx\r\n--b--'],
		['with two names', '--b\r\nContent-Disposition: form-data; name="x"; name="y"\r\n\r\nx\r\n--b--']
	])('with a part %s is refused as unnamed', (_, body) => {
		expect(() => whole(body)).toThrow(expect.objectContaining({ unnamed: true }));
	});

	it.each([
		['that ends before its end', '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nx'],
		['that ends in a head', '--b\r\nContent-Disp'],
		['that is empty', ' '],
		['with something before the first part', 'hello\r\n--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nx\r\n--b--'],
		['with something after the last part', '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nx\r\n--b--\r\nmore'],
		['with another boundary', '--c\r\nContent-Disposition: form-data; name="x"\r\n\r\nx\r\n--c--'],
		['with a boundary that goes on', '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nx\r\n--bc--'],
		['with an encoded part', '--b\r\nContent-Disposition: form-data; name="x"\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n--b--'],
		['with a head that stands twice', '--b\r\nContent-Disposition: form-data; name="x"\r\nContent-Disposition: form-data; name="y"\r\n\r\nx\r\n--b--'],
		['with a line folded over', '--b\r\nContent-Disposition: form-data;\r\n name="x"\r\n\r\nx\r\n--b--'],
		['with a NUL in a head', '--b\r\nContent-Disposition: form-data; name="x\u0000"\r\n\r\nx\r\n--b--'],
		['with an endless head', `--b\r\nX: ${'y'.repeat(10_000)}`],
		['with endless lines', `--b\r\n${'X: y\r\n'.repeat(1000)}\r\n`]
	])('%s is refused', (_, body) => {
		expect(() => whole(body)).toThrow(MultipartError);
	});

	it('whose head is not UTF-8 is refused', () => {
		expect(() => whole(Buffer.from('--b\r\nContent-Disposition: form-data; name="x"; filename="жой"\r\n\r\nx\r\n--b--', 'latin1').fill(0xe6, 60, 62))).toThrow(MultipartError);
	});

	it('takes its boundary from the content type, quoted or not', () => {
		expect(boundaryOf('multipart/form-data; boundary=abc')).toBe('abc');
		expect(boundaryOf('multipart/form-data; charset=x; Boundary="a b;c"')).toBe('a b;c');
		for (const none of ['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary="ж"', `multipart/form-data; boundary=${'x'.repeat(300)}`]) expect(boundaryOf(none)).toBeUndefined();
	});
});
