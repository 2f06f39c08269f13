import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { type Problem, problem } from '#platform/problem.ts';
import { settings } from '#platform/settings.ts';
import { SUBMISSION_LIMITS } from '#xforms/submission.ts';
import { boundaryOf, MultipartError, MultipartReader, type PartHead, type Piece } from './multipart.ts';

const megabyte = 1024 * 1024;

/** Limits of one request with a submission. */
export const uploadLimits = {
	/** Bytes of a whole request, as the operator set it: `HAMKOR_SUBMISSION_LIMIT`. */
	get bytes(): number {
		return settings().HAMKOR_SUBMISSION_LIMIT * megabyte;
	},
	files: 50,
	fields: 8,
	fieldBytes: 1000
};

/** A file of a submission, aside on disk and flushed, until it is known that the form names it. */
export type UploadedFile = { readonly name: string; readonly path: string; readonly sha256: Buffer; readonly bytes: number };

export type Upload = {
	readonly xml: Buffer;
	readonly files: readonly UploadedFile[];
	/** The client announces that further requests bring the rest of the files. */
	readonly incomplete: boolean;
	/** Removes what lies aside. */
	discard(): Promise<void>;
};

/** What clients send beside the files: the announcement, and the date that some put into a field. */
const fieldsKnown = new Set(['*isIncomplete*', 'Date', 'deviceID']);

/** Bytes of XML that all requests of this process together may hold in memory while they are being read. */
const mostHeld = 256 * megabyte;
let held = 0;

/**
 * Reads a request with a submission: `multipart/form-data` with one `xml_submission_file` and the files that it names.
 * Files are written aside and hashed as they come, and no faster than the disk takes them; nothing that is sent is left unread
 * and nothing unknown is passed over.
 * @throws Problem `upload.*`; what lay aside has been removed then
 */
export async function readUpload(body: Readable, headers: IncomingHttpHeaders): Promise<Upload> {
	const contentType = headers['content-type'] ?? '';
	if (!/^multipart\/form-data\s*;/i.test(contentType)) throw problem('upload.not-multipart', 415);
	if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw problem('upload.not-multipart', 415);
	if (Number(headers['content-length'] ?? 0) > uploadLimits.bytes) throw tooLarge();
	const boundary = boundaryOf(contentType);
	if (boundary === undefined) throw problem('upload.broken', 400);
	return new Reading(boundary).whole(body);
}

const tooLarge = (): Problem => problem('upload.too-large', 413, { megabytes: uploadLimits.bytes / megabyte });

/** Where the content of the part being read goes. */
type Sink = { take(data: Buffer): Promise<void> | void; end(): Promise<void> | void; abandon?(): Promise<void> };

class Reading {
	readonly #reader: MultipartReader;
	readonly #aside: string[] = [];
	readonly #names = new Set<string>();
	readonly #files: UploadedFile[] = [];
	#xml: Buffer[] | undefined;
	#held = 0;
	#fields = 0;
	#incomplete = false;
	#sink: Sink | undefined;

	constructor(boundary: string) {
		this.#reader = new MultipartReader(boundary);
	}

	async whole(body: Readable): Promise<Upload> {
		try {
			await this.#read(body);
			if (this.#xml === undefined) throw problem('upload.no-xml', 400);
			return { xml: Buffer.concat(this.#xml), files: this.#files, incomplete: this.#incomplete, discard: () => this.#discard() };
		} catch (error) {
			await this.#sink?.abandon?.();
			await this.#discard();
			if (error instanceof MultipartError) throw problem(error.unnamed ? 'upload.part-unnamed' : 'upload.broken', 400);
			throw isCut(error) ? problem('upload.broken', 400) : error;
		} finally {
			held -= this.#held;
		}
	}

	async #read(body: Readable): Promise<void> {
		let bytes = 0;
		// Not destroyed when this stops early: what is still to come is read and thrown away, so that the answer gets through.
		for await (const chunk of body.iterator({ destroyOnReturn: false })) {
			const data: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
			bytes += data.length;
			if (bytes > uploadLimits.bytes) throw tooLarge();
			for (const piece of this.#reader.push(data)) {
				const waiting = this.#piece(piece);
				if (waiting) await waiting;
			}
		}
		this.#reader.finish();
	}

	#piece(piece: Piece): Promise<void> | void {
		if (piece.kind === 'data') return this.#sink?.take(piece.data);
		if (piece.kind === 'head') return this.#open(piece.head);
		const ended = this.#sink;
		this.#sink = undefined;
		return ended?.end();
	}

	#open({ name, filename }: PartHead): Promise<void> | void {
		if (name === 'xml_submission_file') this.#sink = this.#xmlSink();
		else if (filename === undefined) this.#sink = this.#fieldSink(name);
		else return this.#openFile(filename.normalize('NFC'));
	}

	#xmlSink(): Sink {
		if (this.#xml !== undefined) throw problem('upload.file-twice', 400, { name: 'xml_submission_file' });
		const chunks: Buffer[] = [];
		this.#xml = chunks;
		return {
			take: (data) => {
				this.#held += data.length;
				held += data.length;
				if (this.#held > SUBMISSION_LIMITS.bytes) throw problem('submission.too-large', 413, { limit: SUBMISSION_LIMITS.bytes });
				if (held > mostHeld) throw problem('upload.busy', 503);
				chunks.push(data);
			},
			end: () => undefined
		};
	}

	#fieldSink(name: string): Sink {
		const unknown = (): Problem => problem('upload.field-unknown', 400, { field: name.slice(0, 100) });
		this.#fields += 1;
		if (this.#fields > uploadLimits.fields || !fieldsKnown.has(name)) throw unknown();
		let text = '';
		return {
			take: (data) => {
				text += data.toString('latin1');
				if (text.length > uploadLimits.fieldBytes) throw unknown();
			},
			end: () => {
				if (name === '*isIncomplete*') this.#incomplete = text.trim().toLowerCase() === 'yes';
			}
		};
	}

	async #openFile(name: string): Promise<void> {
		if (this.#names.has(name)) throw problem('upload.file-twice', 400, { name: name.slice(0, 200) });
		this.#names.add(name);
		if (this.#names.size > uploadLimits.files) throw problem('upload.too-many-parts', 413, { files: uploadLimits.files });
		const file = path.join(await asideFolder(), randomBytes(16).toString('hex'));
		this.#aside.push(file);
		const handle = await open(file, 'wx', 0o600);
		const hash = createHash('sha256');
		let bytes = 0;
		this.#sink = {
			take: async (data) => {
				hash.update(data);
				bytes += data.length;
				await handle.writeFile(data);
			},
			end: async () => {
				await handle.sync().finally(() => handle.close());
				this.#files.push({ name, path: file, sha256: hash.digest(), bytes });
			},
			abandon: () => handle.close().catch(() => undefined)
		};
	}

	async #discard(): Promise<void> {
		await Promise.all(this.#aside.map((file) => rm(file, { force: true })));
	}
}

/** Whether a body broke off: the client hung up, or the line did. */
const isCut = (error: unknown): boolean =>
	error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ABORT_ERR');

let aside: Promise<string> | undefined;

/** Where files wait; what a killed process left there more than an hour ago is removed at first use. */
function asideFolder(): Promise<string> {
	aside ??= (async () => {
		const folder = path.join(settings().HAMKOR_DATA, 'incoming');
		await mkdir(folder, { recursive: true, mode: 0o700 });
		for (const name of await readdir(folder)) {
			const found = await stat(path.join(folder, name)).catch(() => null);
			if (found && found.mtimeMs < Date.now() - 3_600_000) await rm(path.join(folder, name), { force: true });
		}
		return folder;
	})();
	// A disk that was full may have room again for the next.
	aside.catch(() => (aside = undefined));
	return aside;
}
