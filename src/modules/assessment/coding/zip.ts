import { inflateRawSync } from 'node:zlib';

/** Limits on an archive that is read. */
export type ZipLimits = { readonly entries: number; /** Bytes of all wanted files together, unpacked. */ readonly bytes: number };

/** Why an archive was refused. */
export class ZipRefused extends Error {
	readonly reason: 'unreadable' | 'too-large';

	constructor(reason: 'unreadable' | 'too-large') {
		super(`an archive was refused: ${reason}`);
		this.reason = reason;
	}
}

type Entry = { readonly name: string; readonly method: number; readonly packed: number; readonly size: number; readonly at: number };

const unreadable = (): ZipRefused => new ZipRefused('unreadable');

/**
 * Reads files of a zip archive in memory. Sizes are checked as declared and then held to while inflating, so an archive that
 * lies about them is no bomb. Nothing is written to disk and no name is used as a path. No encryption, no zip64, no parts.
 * @param wanted which files are unpacked; the others are not touched
 * @throws ZipRefused
 */
export function readZip(bytes: Uint8Array, wanted: (name: string) => boolean, limits: ZipLimits): Map<string, Uint8Array> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const files = new Map<string, Uint8Array>();
	let left = limits.bytes;
	for (const entry of entriesOf(bytes, view, limits.entries)) {
		if (!wanted(entry.name)) continue;
		if (files.has(entry.name)) throw unreadable();
		if (entry.size > left) throw new ZipRefused('too-large');
		const content = contentOf(bytes, view, entry);
		left -= content.length;
		files.set(entry.name, content);
	}
	return files;
}

function entriesOf(bytes: Uint8Array, view: DataView, most: number): Entry[] {
	const end = endRecord(view);
	const count = view.getUint16(end + 10, true);
	if (count > most) throw new ZipRefused('too-large');
	let at = view.getUint32(end + 16, true);
	const entries: Entry[] = [];
	for (let i = 0; i < count; i++) {
		if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw unreadable();
		const flags = view.getUint16(at + 8, true);
		const nameLength = view.getUint16(at + 28, true);
		if ((flags & 1) !== 0 || at + 46 + nameLength > bytes.length) throw unreadable();
		entries.push({
			name: new TextDecoder('utf-8').decode(bytes.subarray(at + 46, at + 46 + nameLength)).replaceAll('\\', '/'),
			method: view.getUint16(at + 10, true),
			packed: view.getUint32(at + 20, true),
			size: view.getUint32(at + 24, true),
			at: view.getUint32(at + 42, true)
		});
		at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
	}
	return entries;
}

/** The record at the end of an archive, behind which at most a comment stands. */
function endRecord(view: DataView): number {
	for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at--) {
		if (view.getUint32(at, true) === 0x06054b50) return at;
	}
	throw unreadable();
}

function contentOf(bytes: Uint8Array, view: DataView, entry: Entry): Uint8Array {
	const { at } = entry;
	if (at + 30 > bytes.length || view.getUint32(at, true) !== 0x04034b50) throw unreadable();
	const starts = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
	if (starts + entry.packed > bytes.length) throw unreadable();
	const packed = bytes.subarray(starts, starts + entry.packed);
	if (entry.method === 0 && entry.packed === entry.size) return packed;
	if (entry.method !== 8) throw unreadable();
	try {
		const content = inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) });
		if (content.length !== entry.size) throw unreadable();
		return content;
	} catch {
		throw unreadable();
	}
}
