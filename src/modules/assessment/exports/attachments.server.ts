import { createReadStream } from 'node:fs';
import { fileAt } from '#platform/file-place.server.ts';
import { Packing, type Archive } from './archive.ts';
import type { Delivery } from './order.ts';
import type { Send } from './table-files.server.ts';

/** Files that an export of files does not hold. */
export type FilesLeftOut = { readonly missing: number; readonly struck: number };

/** Puts the files of the submissions beside the tables. @returns how many had not arrived, and how many were struck */
export async function addAttachments(archive: Archive, { reading, send }: Delivery): Promise<FilesLeftOut> {
	let [missing, gone] = [0, 0];
	for await (const batch of reading.files()) {
		for (const { instanceId, name, sha256, struck } of batch) {
			if (struck) gone += 1;
			else if (sha256 === null || !(await addStored(archive, `media/${folderOf(instanceId)}/${plainName(name)}`, sha256, send))) missing += 1;
		}
	}
	return { missing, struck: gone };
}

async function addStored(archive: Archive, name: string, sha256: Buffer, send: Send): Promise<boolean> {
	const packing = new Packing(1);
	const stream = createReadStream(fileAt(sha256), { highWaterMark: 256 * 1024 });
	let open = false;
	try {
		for await (const piece of stream) {
			if (!open) await send(archive.begin(name, false));
			open = true;
			await send(archive.more(packing.add(piece)));
		}
	} catch (thrown) {
		// A file that is gone from the disk is one that is missing; in the middle of one there is nothing to do but to break off.
		if (open || !(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown;
		return false;
	}
	if (!open) await send(archive.begin(name, false));
	await send(archive.more(packing.end()));
	await send(archive.end(packing));
	return true;
}

/** Names from outside never lead out of the archive's folders. */
const plainName = (name: string): string => name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').replace(/^\.+/, '_').slice(0, 150) || 'file';
const folderOf = (instanceId: string): string => plainName(instanceId.replace(/^uuid:/, ''));
