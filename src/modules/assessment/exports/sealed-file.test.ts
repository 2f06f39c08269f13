import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newFileKey, opened, sealed } from './sealed-file.ts';

async function* cut(bytes: Uint8Array, at: readonly number[]): AsyncGenerator<Uint8Array> {
	const places = [0, ...[...at].map((each) => each % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
	for (const [i, from] of places.slice(0, -1).entries()) yield bytes.subarray(from, places[i + 1]);
}

async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const all: Uint8Array[] = [];
	for await (const piece of pieces) all.push(piece);
	return Buffer.concat(all);
}

/** More than two parts, so that an order can be changed and an end cut off. */
const long = Buffer.alloc(600_000, 'savol va javob ');
const partSealed = 256 * 1024 + 16;

describe('a sealed file', () => {
	it('opens to what was put in, however it came in pieces', async () => {
		const key = newFileKey();
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(0, 1, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 600_000), fc.array(fc.nat(), { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 6 }), async (length, before, after) => {
				const plain = long.subarray(0, length);
				const closed = await whole(sealed(key, cut(plain, before)));
				expect(closed.includes('savol')).toBe(false);
				expect((await whole(opened(key, cut(closed, after)))).equals(plain)).toBe(true);
			}),
			{ numRuns: 40 }
		);
	});

	it('does not open when it was cut short, put in another order, changed, or with another key', async () => {
		const key = newFileKey();
		const closed = await whole(sealed(key, cut(long, [])));
		const [first, second, rest] = [closed.subarray(0, partSealed), closed.subarray(partSealed, 2 * partSealed), closed.subarray(2 * partSealed)];
		const changed = Buffer.from(closed);
		changed[70_000] = (changed[70_000] ?? 0) ^ 1;
		for (const wrong of [closed.subarray(0, 2 * partSealed), closed.subarray(0, -1), Buffer.concat([second, first, rest]), Buffer.concat([first, rest]), changed, Buffer.alloc(0)]) {
			await expect(whole(opened(key, cut(wrong, [])))).rejects.toThrow();
		}
		await expect(whole(opened(newFileKey(), cut(closed, [])))).rejects.toThrow();
	});
});
