import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { largestFile } from '#platform/files.server.ts';
import { type Problem, problem } from '#platform/problem.ts';
import { settings } from '#platform/settings.ts';
import { SUBMISSION_LIMITS } from '#xforms/submission.ts';

/** Limits of one request with a submission. */
export const uploadLimits = { bytes: 64 * 1024 * 1024, files: 32, headerBytes: 8 * 1024, fieldBytes: 1000 } as const;

/** A file of a submission, aside on disk until it is known that the form names it. */
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

/**
 * Reads a request with a submission: `multipart/form-data` with one `xml_submission_file` and the files that it names.
 * Files are written aside as they come; nothing that is sent is left unread and nothing unknown is passed over.
 * @throws Problem `upload.*`; what lay aside has been removed then
 */
export async function readUpload(body: Readable, headers: IncomingHttpHeaders): Promise<Upload> {
	const contentType = headers['content-type'] ?? '';
	if (!/^multipart\/form-data\s*;/i.test(contentType)) throw problem('upload.not-multipart', 415);
	if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw problem('upload.not-multipart', 415);
	if (Number(headers['content-length'] ?? 0) > uploadLimits.bytes) throw tooLarge();
	return new Reading(body, { ...headers, 'content-type': contentType }).whole();
}

const tooLarge = (): Problem => problem('upload.too-large', 413, { megabytes: uploadLimits.bytes / 1024 / 1024 });

class Reading {
	readonly #body: Readable;
	readonly #busboy: InstanceType<typeof Busboy>;
	readonly #ended = Promise.withResolvers<void>();
	readonly #streams: Readable[] = [];
	readonly #writing: Promise<UploadedFile>[] = [];
	readonly #aside: string[] = [];
	readonly #names = new Set<string>();
	#xml: Buffer[] | undefined;
	#bytes = 0;
	#incomplete = false;
	#failure: unknown;

	constructor(body: Readable, headers: IncomingHttpHeaders & { 'content-type': string }) {
		this.#body = body;
		try {
			this.#busboy = new Busboy({
				headers,
				preservePath: true,
				isPartAFile: (field, _type, file) => file !== undefined || field === 'xml_submission_file',
				limits: {
					fieldNameSize: 200,
					fieldSize: uploadLimits.fieldBytes,
					fields: 4,
					files: uploadLimits.files + 1,
					parts: uploadLimits.files + 6,
					fileSize: largestFile,
					headerPairs: 20,
					headerSize: uploadLimits.headerBytes
				}
			});
		} catch {
			throw problem('upload.broken', 400);
		}
	}

	async whole(): Promise<Upload> {
		const busboy = this.#busboy;
		const tooMany = (): void => this.#fail(problem('upload.too-many-parts', 413, { files: uploadLimits.files }));
		busboy.on('file', (field, stream, filename) => this.#file(field, stream, filename));
		busboy.on('field', (name, value, nameCut, valueCut) => this.#field(name, value, nameCut || valueCut));
		busboy.on('partsLimit', tooMany).on('filesLimit', tooMany).on('fieldsLimit', tooMany);
		busboy.on('error', () => this.#fail(problem('upload.broken', 400)));
		busboy.on('finish', () => this.#ended.resolve());
		this.#body.on('data', this.#count).once('aborted', this.#cut).once('error', this.#cut);
		this.#body.pipe(busboy);
		try {
			await this.#ended.promise;
			const files = await Promise.all(this.#writing);
			if (this.#failure) throw this.#failure;
			if (this.#xml === undefined) throw problem('upload.no-xml', 400);
			return { xml: Buffer.concat(this.#xml), files, incomplete: this.#incomplete, discard: () => this.#discard() };
		} catch (error) {
			await Promise.allSettled(this.#writing);
			await this.#discard();
			throw this.#failure ?? error;
		} finally {
			this.#body.off('data', this.#count).off('aborted', this.#cut).off('error', this.#cut);
		}
	}

	readonly #count = (chunk: Buffer): void => {
		this.#bytes += chunk.length;
		if (this.#bytes > uploadLimits.bytes) this.#fail(tooLarge());
	};

	readonly #cut = (): void => this.#fail(problem('upload.broken', 400));

	#fail(error: Problem): void {
		if (this.#failure !== undefined) return;
		this.#failure = error;
		this.#body.unpipe(this.#busboy);
		// What is still to come is read and thrown away, so that the answer reaches whoever is still sending.
		this.#body.resume();
		this.#busboy.destroy();
		for (const stream of this.#streams) stream.destroy(error);
		this.#ended.resolve();
	}

	#field(name: string, value: string, cut: boolean): void {
		if (cut || !fieldsKnown.has(name)) return this.#fail(problem('upload.field-unknown', 400, { field: name.slice(0, 100) }));
		if (name === '*isIncomplete*') this.#incomplete = value.trim().toLowerCase() === 'yes';
	}

	#file(field: string, stream: Readable, filename: string | undefined): void {
		this.#streams.push(stream);
		stream.on('error', () => this.#fail(problem('upload.broken', 400)));
		if (this.#failure !== undefined) return void stream.destroy();
		if (field === 'xml_submission_file') return this.#readXml(stream);
		const name = (filename ?? field).normalize('NFC');
		if (this.#names.has(name)) return this.#fail(problem('upload.file-twice', 400, { name: name.slice(0, 200) }));
		this.#names.add(name);
		stream.once('limit', () => this.#fail(problem('file.too-large', 413, { megabytes: largestFile / 1024 / 1024 })));
		const writing = this.#keepAside(name, stream);
		// Awaited at the end; until then a failure must not count as one that nobody handles.
		writing.catch(() => this.#fail(problem('upload.broken', 400)));
		this.#writing.push(writing);
	}

	#readXml(stream: Readable): void {
		if (this.#xml !== undefined) return this.#fail(problem('upload.file-twice', 400, { name: 'xml_submission_file' }));
		const chunks: Buffer[] = [];
		this.#xml = chunks;
		let size = 0;
		stream.on('data', (chunk: Buffer) => {
			size += chunk.length;
			if (size > SUBMISSION_LIMITS.bytes) this.#fail(problem('submission.too-large', 413, { limit: SUBMISSION_LIMITS.bytes }));
			else chunks.push(chunk);
		});
	}

	async #keepAside(name: string, stream: Readable): Promise<UploadedFile> {
		const file = path.join(await asideFolder(), randomBytes(16).toString('hex'));
		this.#aside.push(file);
		const hash = createHash('sha256');
		let bytes = 0;
		await pipeline(
			stream,
			async function* (source: AsyncIterable<Buffer>) {
				for await (const chunk of source) {
					hash.update(chunk);
					bytes += chunk.length;
					yield chunk;
				}
			},
			createWriteStream(file, { flags: 'wx', mode: 0o600 })
		);
		return { name, path: file, sha256: hash.digest(), bytes };
	}

	async #discard(): Promise<void> {
		await Promise.all(this.#aside.map((file) => rm(file, { force: true })));
	}
}

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
	return aside;
}
