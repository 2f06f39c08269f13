import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describingBoxes } from './film-boxes.ts';
import { withoutDescriptions } from './film.server.ts';

const box = (type: string, ...inside: (Buffer | string)[]): Buffer => {
	const content = Buffer.concat(inside.map((each) => (typeof each === 'string' ? Buffer.from(each, 'latin1') : each)));
	const head = Buffer.alloc(8);
	head.writeUInt32BE(content.length + 8);
	head.write(type, 4, 'latin1');
	return Buffer.concat([head, content]);
};
/** The same with a length of 64 bits, as very long films have it. */
const longBox = (type: string, content: string): Buffer => {
	const head = Buffer.alloc(16);
	head.writeUInt32BE(1);
	head.write(type, 4, 'latin1');
	head.writeBigUInt64BE(BigInt(content.length + 16), 8);
	return Buffer.concat([head, Buffer.from(content)]);
};

const place = '+41.3111+069.2797/';
const film = (more: Buffer[] = []): Buffer =>
	Buffer.concat([
		box('ftyp', 'mp42\0\0\0\0isom'),
		box('moov', box('mvhd', 'times'), box('trak', box('tkhd', 'x'), box('mdia', box('udta', 'not looked into')), box('udta', box('\u00a9xyz', place))), box('udta', box('\u00a9xyz', place), box('loci', place)), box('meta', `com.apple.quicktime.location.ISO6709${place}`)),
		longBox('mdat', 'pictures and sounds'), box('free', place), box('uuid', place), ...more
	]);
const read = (bytes: Buffer) => async (at: number, length: number): Promise<Uint8Array> => bytes.subarray(at, at + length);

describe('a film from a telephone', () => {
	it('loses what says where and with what it was taken, and nothing that plays; nothing moves', async () => {
		const before = film();
		const after = await withoutDescriptions(before);
		expect(after.length).toBe(before.length);
		expect(after.includes(place)).toBe(false);
		expect(after.includes('quicktime')).toBe(false);
		for (const kept of ['mp42', 'times', 'pictures and sounds', 'not looked into']) expect(after.indexOf(kept)).toBe(before.indexOf(kept));
		expect(await describingBoxes(read(after), after.length)).toHaveLength(5);
		expect(await withoutDescriptions(after)).toEqual(after);
		expect(before.includes(place)).toBe(true);
	});

	it('loses what a camera left behind its last box, and keeps what there is of it when it was cut off', async () => {
		const trailed = await withoutDescriptions(Buffer.concat([film(), Buffer.from(`SEFT${place}`)]));
		expect(trailed.includes(place)).toBe(false);
		const cut = Buffer.concat([film(), box('mdat', 'to be cut off')]).subarray(0, -4);
		expect((await withoutDescriptions(cut)).subarray(-9).toString()).toBe('to be cut');
	});

	it('is refused when what it says of itself cannot be read', async () => {
		for (const inside of ['xx', '\0\0\0\x03mvhd', '\0\0\0\x90mvhd']) await expect(withoutDescriptions(Buffer.concat([film(), box('moov', inside)]))).rejects.toMatchObject({ code: 'file.unreadable', status: 400 });
	});

	it('is only ever changed inside of boxes that describe, whatever it is made of', async () => {
		const name = fc.constantFrom('ftyp', 'moov', 'trak', 'mdat', 'udta', 'meta', 'mvhd', 'tkhd', 'moof', 'traf', 'tfhd', 'free', 'abcd');
		const tree = fc.letrec<{ node: Buffer }>((tie) => ({ node: fc.oneof({ maxDepth: 4 }, fc.tuple(name, fc.string({ maxLength: 12 })).map(([type, text]) => box(type === 'moov' || type === 'trak' || type === 'moof' || type === 'traf' ? 'udta' : type, text)), fc.tuple(name, fc.array(tie('node'), { maxLength: 4 })).map(([type, inside]) => box(type, ...inside))) })).node;
		await fc.assert(
			fc.asyncProperty(fc.array(tree, { maxLength: 4 }), async (boxes) => {
				const before = Buffer.concat(boxes);
				const blanks = await describingBoxes(read(before), before.length);
				expect(blanks).not.toBeNull();
				const after = await withoutDescriptions(before);
				for (let at = 0; at < before.length; at++) {
					const blank = blanks?.find(({ typeAt, to }) => typeAt !== null && at >= typeAt && at < to);
					if (!blank) expect(after[at]).toBe(before[at]);
					else if (at >= blank.from) expect(after[at]).toBe(0);
				}
			})
		);
	});
});
