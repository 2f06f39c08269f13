import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import { actorOf, type Tx } from './database.server.ts';
import { newId } from './ids.ts';
import { notFound, problem } from './problem.ts';
import { settings } from './settings.ts';

/** Kinds of files that are taken in, and how each is recognised by its first bytes. */
export const fileKinds = {
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	pdf: 'application/pdf',
	png: 'image/png',
	jpg: 'image/jpeg',
	webp: 'image/webp',
	csv: 'text/csv',
	txt: 'text/plain'
} as const;
export type FileKind = keyof typeof fileKinds;

/** Largest file taken in, in bytes. */
export const largestFile = 20 * 1024 * 1024;

/** Pixels beyond which a picture is refused before it is decoded. */
const mostPixels = 50_000_000;

export type StoredFile = { id: string; sha256: Buffer; mediaType: string; name: string; bytes: number };

/**
 * Takes a file in: sniffs what it is (its name is not believed), strips EXIF and other metadata from pictures,
 * keeps the content under its hash on disk, flushed, and a row of the programme in the database.
 * @throws Problem `file.empty`, `file.too-large`, `file.type`, `file.unreadable`
 */
export async function storeFile(
	tx: Tx,
	file: { programmeId: string; name: string; bytes: Uint8Array; accept: readonly FileKind[] }
): Promise<StoredFile> {
	if (file.bytes.length === 0) throw problem('file.empty', 400);
	if (file.bytes.length > largestFile) throw problem('file.too-large', 413, { megabytes: largestFile / 1024 / 1024 });
	const kind = await sniff(file.bytes, file.name, file.accept);
	if (!kind) throw problem('file.type', 415, { types: file.accept.join(', ') });
	const content = await withoutMetadata(file.bytes, kind);
	const sha256 = createHash('sha256').update(content).digest();
	await keep(sha256, content);
	const actor = actorOf(tx);
	const stored = { id: newId(), sha256, mediaType: fileKinds[kind], name: safeName(file.name), bytes: content.length };
	await tx
		.insertInto('platform.file')
		.values({ ...stored, programmeId: file.programmeId, personId: actor.kind === 'person' ? actor.personId : null })
		.execute();
	return stored;
}

/** A file that the actor may see, with its content. @throws Problem `not-found` */
export async function readStoredFile(tx: Tx, programmeId: string, id: string): Promise<StoredFile & { content: Buffer }> {
	const row = await tx
		.selectFrom('platform.file')
		.select(['id', 'sha256', 'mediaType', 'name', 'bytes'])
		.where('id', '=', id)
		.where('programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!row) throw notFound();
	return { ...row, bytes: Number(row.bytes), content: await readFile(fileAt(row.sha256)) };
}

/** Headers under which a stored file goes out: never shown in place, never sniffed, never run. */
export const downloadHeaders = (file: { name: string; mediaType: string }): Record<string, string> => ({
	'content-type': file.mediaType,
	'content-disposition': `attachment; filename="file"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
	'x-content-type-options': 'nosniff',
	'content-security-policy': "default-src 'none'; sandbox",
	'cache-control': 'private, no-store'
});

/** What the bytes are, if it is one of the kinds accepted. Text has no signature: it must be valid UTF-8 without control characters. */
async function sniff(bytes: Uint8Array, name: string, accept: readonly FileKind[]): Promise<FileKind | undefined> {
	const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
	if (found) return accept.find((kind) => fileKinds[kind] === found.mime);
	const text = accept.find((kind) => fileKinds[kind].startsWith('text/') && name.toLowerCase().endsWith(`.${kind}`));
	return text && isText(bytes) ? text : undefined;
}

function isText(bytes: Uint8Array): boolean {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		 
		return !/[\u0000-\u0008\u000e-\u001f]/.test(text);
	} catch {
		return false;
	}
}

async function withoutMetadata(bytes: Uint8Array, kind: FileKind): Promise<Uint8Array> {
	if (kind !== 'png' && kind !== 'jpg' && kind !== 'webp') return bytes;
	try {
		// Turned as EXIF says before EXIF goes; sharp writes no metadata unless told to.
		return await sharp(bytes, { limitInputPixels: mostPixels }).autoOrient().toBuffer();
	} catch {
		throw problem('file.unreadable', 400);
	}
}

const fileAt = (sha256: Buffer): string => {
	const hex = sha256.toString('hex');
	return path.join(settings().HAMKOR_DATA, 'files', hex.slice(0, 2), hex.slice(2));
};

async function keep(sha256: Buffer, content: Uint8Array): Promise<void> {
	const target = fileAt(sha256);
	const there = await stat(target).catch(() => null);
	if (there?.size === content.length) return;
	await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
	const aside = `${target}.${process.pid}.${randomBytes(4).toString('hex')}`;
	const handle = await open(aside, 'wx', 0o600);
	try {
		await handle.writeFile(content);
		await handle.sync();
		await handle.close();
		await rename(aside, target);
	} catch (error) {
		await handle.close().catch(() => {});
		await rm(aside, { force: true });
		throw error;
	}
	// The name, too, must outlive a power cut.
	const folder = await open(path.dirname(target), 'r');
	await folder.sync().finally(() => folder.close());
}

/** A name without path, control characters and directions of writing, of bearable length. */
export const safeName = (name: string): string =>
	(name.replace(/^.*[\\/]/, '').replace(/[\p{Cc}\p{Cf}"<>|:*?]/gu, '').trim() || 'file').slice(-150);
