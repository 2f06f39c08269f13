import { z } from 'zod';
import { inLimitedWorker, WorkStopped } from '#platform/limited-worker.server.ts';
import { problem } from '#platform/problem.ts';
import { decodeText, type Encoding } from './decode.ts';

/** Largest file with an interview, in bytes. */
export const largestInterviewFile = 8 * 1024 * 1024;

const docxRead = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true), text: z.string() }), z.object({ ok: z.literal(false), reason: z.enum(['unreadable', 'too-large']) })]);

/** The text of an uploaded file, and how it was written. The file lives in memory and is gone with the request. */
export type ReadFile = { readonly text: string; readonly from: Encoding | 'docx' };

/**
 * Reads an interview from a file: Word (`.docx`) by its first bytes, else text. A Word file is read in a thread of its own with limits on
 * memory and time.
 * @throws Problem `interview.file-too-large` (413), `interview.file-unreadable`, `interview.encoding` (400)
 */
export async function readInterviewFile(bytes: Uint8Array): Promise<ReadFile> {
	if (bytes.length > largestInterviewFile) throw problem('interview.file-too-large', 413, {}, 'file');
	if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
		const read = docxRead.parse(await limited('#modules/assessment/coding/docx.worker.ts', { bytes }));
		if (!read.ok) throw problem(read.reason === 'too-large' ? 'interview.file-too-large' : 'interview.file-unreadable', read.reason === 'too-large' ? 413 : 400, {}, 'file');
		return { text: read.text, from: 'docx' };
	}
	const decoded = decodeText(bytes);
	if (!decoded) throw problem('interview.encoding', 400, {}, 'file');
	return { text: decoded.text, from: decoded.encoding };
}

/** Work on a hostile file, within limits; what breaks them is too large. */
export async function limited(worker: string, data: unknown): Promise<unknown> {
	try {
		return await inLimitedWorker(worker, data, { megabytes: 256, seconds: 20 });
	} catch (cause) {
		if (cause instanceof WorkStopped) throw problem('interview.file-too-large', 413, {}, 'file');
		throw cause;
	}
}
