import { z } from 'zod';
import { problem } from '#platform/problem.ts';
import { largestInterviewFile, limited } from '../read-file.server.ts';
import { pendingOf, pendingProject, type PendingProject } from './pending.ts';
import type { RefiCode, RefiProject } from './project.ts';
import type { RefiRead } from './read.ts';

const refused = z.object({ ok: z.literal(false), reason: z.enum(['unreadable', 'too-large']) });
const worker = '#modules/assessment/coding/refi/refi.worker.ts';

function demand<T>(read: RefiRead<T>): { value: T; skipped: number } {
	if (read.ok) return read;
	throw problem(read.reason === 'too-large' ? 'refi.too-large' : 'refi.unreadable', read.reason === 'too-large' ? 413 : 400, {}, 'file');
}

/** Reads a project in a thread of its own. @throws Problem `refi.unreadable` (400), `refi.too-large` (413) */
export async function readProjectFile(bytes: Uint8Array): Promise<{ project: PendingProject; skipped: number }> {
	if (bytes.length > largestInterviewFile) throw problem('refi.too-large', 413, {}, 'file');
	const read: unknown = await limited(worker, { bytes, what: 'project' });
	const { value, skipped } = demand(isRead<RefiProject>(read));
	const project = pendingProject.safeParse(pendingOf(value));
	if (!project.success) throw problem('refi.unreadable', 400, {}, 'file');
	return { project: project.data, skipped };
}

/** Reads a codebook in a thread of its own. @throws Problem `refi.unreadable` (400), `refi.too-large` (413) */
export async function readCodebookFile(bytes: Uint8Array): Promise<RefiCode[]> {
	if (bytes.length > largestInterviewFile) throw problem('refi.too-large', 413, {}, 'file');
	const read: unknown = await limited(worker, { bytes, what: 'codebook' });
	const codes = pendingProject.shape.codes.safeParse(demand(isRead<RefiCode[]>(read)).value);
	if (!codes.success) throw problem('refi.unreadable', 400, {}, 'file');
	return codes.data;
}

/** What the thread posted: our own words, so only its frame is looked at here; the content is parsed behind. */
function isRead<T>(read: unknown): RefiRead<T> {
	const bad = refused.safeParse(read);
	if (bad.success) return bad.data;
	const good = z.object({ ok: z.literal(true), skipped: z.number(), value: z.custom<T>((value) => value !== undefined) }).parse(read);
	return good;
}
