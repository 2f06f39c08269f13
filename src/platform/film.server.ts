import { open } from 'node:fs/promises';
import { describingBoxes, type Blank, type ReadAt } from './film-boxes.ts';
import { problem } from './problem.ts';

const free = Buffer.from('free');

/** A film or sound of the ISO family without what describes it: the place where it was taken, the device. @throws Problem `file.unreadable` */
export async function withoutDescriptions(content: Uint8Array): Promise<Buffer> {
	const bytes = Buffer.from(content);
	for (const { typeAt, from, to } of await blanksOf(async (at, length) => bytes.subarray(at, at + length), bytes.length)) {
		if (typeAt !== null) free.copy(bytes, typeAt);
		bytes.fill(0, from, to);
	}
	return bytes;
}

/** The same in a file on disk, in place and flushed, however large it is. @throws Problem `file.unreadable` */
export async function blankDescriptionsAt(path: string, size: number): Promise<void> {
	const handle = await open(path, 'r+');
	try {
		const read: ReadAt = async (at, length) => {
			const buffer = Buffer.alloc(length);
			return buffer.subarray(0, (await handle.read(buffer, 0, length, at)).bytesRead);
		};
		const nothing = Buffer.alloc(64 * 1024);
		for (const { typeAt, from, to } of await blanksOf(read, size)) {
			if (typeAt !== null) await handle.write(free, 0, free.length, typeAt);
			for (let at = from; at < to; at += nothing.length) await handle.write(nothing, 0, Math.min(nothing.length, to - at), at);
		}
		await handle.sync();
	} finally {
		await handle.close();
	}
}

async function blanksOf(read: ReadAt, size: number): Promise<Blank[]> {
	const found = await describingBoxes(read, size);
	if (!found) throw problem('file.unreadable', 400);
	return found;
}
