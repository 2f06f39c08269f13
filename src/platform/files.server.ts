import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileTypeFromBuffer, fileTypeFromFile } from 'file-type';
import { sql } from 'kysely';
import sharp from 'sharp';
import { z } from 'zod';
import { actorOf, type Tx } from './database.server.ts';
import { fileAt } from './file-place.server.ts';
import { blankDescriptionsAt, withoutDescriptions } from './film.server.ts';
import { newId } from './ids.ts';
import { notFound, problem, type Problem } from './problem.ts';

/** Kinds of files that are taken in, and how each is recognised by its first bytes. The first name is the one it is kept under. */
export const fileKinds = {
	xlsx: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
	docx: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
	pdf: ['application/pdf'],
	png: ['image/png'],
	jpg: ['image/jpeg'],
	webp: ['image/webp'],
	mp3: ['audio/mpeg'],
	m4a: ['audio/x-m4a', 'audio/mp4'],
	aac: ['audio/aac'],
	amr: ['audio/amr'],
	ogg: ['audio/ogg', 'audio/ogg; codecs=opus', 'audio/opus', 'application/ogg', 'video/ogg'],
	wav: ['audio/wav'],
	flac: ['audio/flac', 'audio/x-flac'],
	mp4: ['video/mp4', 'video/x-m4v'],
	'3gp': ['video/3gpp', 'video/3gpp2'],
	mov: ['video/quicktime'],
	webm: ['video/webm', 'video/matroska', 'video/x-matroska', 'audio/webm'],
	csv: ['text/csv'],
	txt: ['text/plain'],
	geojson: ['application/geo+json'],
	xml: ['application/xml', 'text/xml']
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>;
export type FileKind = keyof typeof fileKinds;

const allKinds = Object.keys(fileKinds).filter((kind): kind is FileKind => kind in fileKinds);
/** What an answer may have attached. */
export const attachmentKinds = allKinds.filter((kind) => kind !== 'xml');
/** What a form may bring along: pictures, sound, video, and lists of choices. */
export const mediaKinds = allKinds.filter((kind) => !['xlsx', 'docx', 'pdf', 'txt'].includes(kind));

/** Largest file taken in, in bytes. */
export const largestFile = 20 * 1024 * 1024;

/** Pixels beyond which a picture is refused before it is decoded. */
const mostPixels = 50_000_000;

export type StoredFile = { id: string; sha256: Buffer; mediaType: string; name: string; bytes: number };

/** A file that was taken in, with the MD5 of its content: the one hash that collection apps know. */
export type TakenFile = StoredFile & { md5: string };

/** A file without content; one without a name as well is what a browser sends where none was chosen. */
export const emptyFile = (name: string): Problem => problem(name === '' ? 'file.unchosen' : 'file.empty', 400, {}, 'file');

/**
 * Takes a file in: sniffs what it is (its name is not believed), strips EXIF and other metadata from pictures
 * and what films and sounds tell of where they were taken,
 * keeps the content under its hash on disk, flushed, and a row of the programme in the database.
 * @throws Problem `file.empty`, `file.unchosen`, `file.too-large`, `file.type`, `file.two-faced`, `file.unreadable`
 */
export async function storeFile(
	tx: Tx,
	file: { programmeId: string; name: string; bytes: Uint8Array; accept: readonly FileKind[] }
): Promise<TakenFile> {
	if (file.bytes.length === 0) throw emptyFile(file.name);
	if (file.bytes.length > largestFile) throw problem('file.too-large', 413, { megabytes: largestFile / 1024 / 1024 });
	const found = await fileTypeFromBuffer(file.bytes).catch(() => undefined);
	const kind = kindOf(found?.mime, file.bytes, file.name, file.accept);
	if (!kind) throw problem('file.type', 415, { types: file.accept.join(', ') });
	refuseTwoFaced(kind, file.bytes.subarray(0, glance), file.bytes.subarray(-glance));
	const content = isPicture(kind) ? await withoutMetadata(file.bytes) : filmKinds.has(kind) ? await withoutDescriptions(file.bytes) : file.bytes;
	const sha256 = createHash('sha256').update(content).digest();
	await hold(tx, sha256);
	await keep(sha256, content);
	const stored = await note(tx, { programmeId: file.programmeId, name: file.name, kind, sha256, bytes: content.length });
	return { ...stored, md5: createHash('md5').update(content).digest('hex') };
}

/**
 * Takes in a file that lies on disk, flushed, with its hash known: as {@link storeFile}, but never whole in memory. What lay
 * there is moved, not copied; a picture is written anew without its metadata, a film loses its own in place.
 * @throws Problem `file.empty`, `file.type`, `file.two-faced`, `file.unreadable`
 */
export async function storeFileAt(
	tx: Tx,
	file: { programmeId: string; name: string; path: string; sha256: Buffer; bytes: number; accept: readonly FileKind[] }
): Promise<StoredFile> {
	if (file.bytes === 0) throw emptyFile(file.name);
	const { head, tail } = await ends(file.path, file.bytes);
	const found = await fileTypeFromFile(file.path).catch(() => undefined);
	const text = found === undefined && file.bytes <= largestFile ? await readFile(file.path) : head;
	const kind = kindOf(found?.mime, text, file.name, file.accept);
	if (!kind || (found === undefined && file.bytes > largestFile)) throw problem('file.type', 415, { types: file.accept.join(', ') });
	refuseTwoFaced(kind, head, tail);
	if (isPicture(kind)) {
		const content = await withoutMetadata(file.path);
		const sha256 = createHash('sha256').update(content).digest();
		await hold(tx, sha256);
		await keep(sha256, content);
		return note(tx, { programmeId: file.programmeId, name: file.name, kind, sha256, bytes: content.length });
	}
	if (filmKinds.has(kind)) await blankDescriptionsAt(file.path, file.bytes);
	const sha256 = filmKinds.has(kind) ? await hashAt(file.path) : file.sha256;
	await hold(tx, sha256);
	await moveIn(file.path, sha256, file.bytes);
	return note(tx, { programmeId: file.programmeId, name: file.name, kind, sha256, bytes: file.bytes });
}

/** Until the end of the transaction nobody removes content under this hash: between its being kept and its row being there. */
async function hold(tx: Tx, sha256: Buffer): Promise<void> {
	await sql`select pg_advisory_xact_lock_shared(7271005, hashtext(${sha256.toString('hex')}))`.execute(tx);
}

/**
 * Removes content from disk, unless a file row names it.
 * @param unused asked when nobody can be storing the same content any more
 */
export async function dropContent(tx: Tx, sha256: Buffer, unused: () => Promise<boolean>): Promise<void> {
	await sql`select pg_advisory_xact_lock(7271005, hashtext(${sha256.toString('hex')}))`.execute(tx);
	if (await unused()) await rm(fileAt(sha256), { force: true });
}

/** The row of a file whose content is kept. */
async function note(tx: Tx, { kind, programmeId, ...file }: { programmeId: string; name: string; kind: FileKind; sha256: Buffer; bytes: number }): Promise<StoredFile> {
	const actor = actorOf(tx);
	const stored = { id: newId(), ...file, mediaType: fileKinds[kind][0], name: safeName(file.name) };
	await tx
		.insertInto('platform.file')
		.values({ ...stored, programmeId, personId: actor.kind === 'person' ? actor.personId : null })
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
function kindOf(mime: string | undefined, bytes: Uint8Array, name: string, accept: readonly FileKind[]): FileKind | undefined {
	if (mime !== undefined) {
		const found = accept.find((kind) => fileKinds[kind].some((each) => each === mime));
		return found === 'xml' && !isPlainXml(bytes) ? undefined : found;
	}
	const text = accept.find((kind) => textKinds.has(kind) && name.toLowerCase().endsWith(`.${kind}`));
	if (text === undefined || !isText(bytes)) return undefined;
	if (text === 'xml') return isPlainXml(bytes) ? text : undefined;
	return text !== 'geojson' || isGeoJson(bytes) ? text : undefined;
}

/** XML that calls nothing else in where it is read: no document type, no entities of its own, no style sheet. */
function isPlainXml(bytes: Uint8Array): boolean {
	return isText(bytes) && !/<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet/i.test(Buffer.from(bytes).toString('utf8'));
}

const textKinds: ReadonlySet<FileKind> = new Set<FileKind>(['csv', 'txt', 'geojson', 'xml']);
/** Films and sounds made of the same boxes, some of which tell where they were taken. */
const filmKinds: ReadonlySet<FileKind> = new Set<FileKind>(['mp4', 'mov', '3gp', 'm4a']);
const isPicture = (kind: FileKind): boolean => kind === 'png' || kind === 'jpg' || kind === 'webp';

function isGeoJson(bytes: Uint8Array): boolean {
	try {
		return z.object({ type: z.literal('FeatureCollection'), features: z.array(z.looseObject({})) }).safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).success;
	} catch {
		return false;
	}
}

/** Bytes at either end of a file that are looked at for a second face. */
const glance = 64 * 1024;

/**
 * A file that is two kinds at once shows one face here and another to the program that opens it. Pictures are written anew, and
 * so lose whatever they carried; of the rest, a document must begin and end as what it is, and nothing may begin as a page.
 * @throws Problem `file.two-faced` (415)
 */
function refuseTwoFaced(kind: FileKind, head: Uint8Array, tail: Uint8Array): void {
	if (isPicture(kind) || textKinds.has(kind)) return;
	const start = Buffer.from(head.subarray(0, 2048)).toString('latin1');
	const end = Buffer.from(tail).toString('latin1');
	const page = /<(?:!doctype|html|script|svg|head|body|iframe)[\s>]/i.test(start) || /<(?:script|\/html)[\s>]/i.test(end.slice(-2048));
	const archive = end.lastIndexOf('PK\u0005\u0006');
	const broken =
		kind === 'pdf'
			? !start.startsWith('%PDF-') || !/%%EOF[\s\0]*$/.test(end.slice(-1024)) || archive !== -1
			: kind === 'xlsx' || kind === 'docx'
				? !start.startsWith('PK\u0003\u0004') || start.includes('%PDF-') || archive === -1 || archive + 22 + commentLength(tail, archive) !== end.length
				: start.includes('%PDF-') || archive !== -1;
	if (page || broken) throw problem('file.two-faced', 415);
}

/** Length of the comment that an archive's last record announces; what follows the record must be just that. */
const commentLength = (tail: Uint8Array, record: number): number => (tail[record + 20] ?? 0) + 256 * (tail[record + 21] ?? 0);

async function hashAt(file: string): Promise<Buffer> {
	const hash = createHash('sha256');
	for await (const piece of createReadStream(file)) hash.update(piece);
	return hash.digest();
}

async function ends(file: string, bytes: number): Promise<{ head: Buffer; tail: Buffer }> {
	const handle = await open(file, 'r');
	try {
		const read = async (from: number): Promise<Buffer> => {
			const buffer = Buffer.alloc(Math.min(glance, bytes));
			const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
			return buffer.subarray(0, bytesRead);
		};
		return { head: await read(0), tail: await read(Math.max(0, bytes - glance)) };
	} finally {
		await handle.close();
	}
}

function isText(bytes: Uint8Array): boolean {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		 
		return !/[\u0000-\u0008\u000e-\u001f]/.test(text);
	} catch {
		return false;
	}
}

async function withoutMetadata(picture: Uint8Array | string): Promise<Uint8Array> {
	try {
		// Turned as EXIF says before EXIF goes; sharp writes no metadata unless told to.
		return await sharp(picture, { limitInputPixels: mostPixels }).autoOrient().toBuffer();
	} catch {
		throw problem('file.unreadable', 400);
	}
}

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

/** Moves a file that lies flushed beside the kept ones to its place among them. */
async function moveIn(from: string, sha256: Buffer, bytes: number): Promise<void> {
	const target = fileAt(sha256);
	const there = await stat(target).catch(() => null);
	if (there?.size === bytes) return;
	await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
	await rename(from, target);
	const folder = await open(path.dirname(target), 'r');
	await folder.sync().finally(() => folder.close());
}

/** A name without path, control characters and directions of writing, of bearable length. */
export const safeName = (name: string): string =>
	(name.replace(/^.*[\\/]/, '').replace(/[\p{Cc}\p{Cf}"<>|:*?]/gu, '').trim() || 'file').slice(-150);
