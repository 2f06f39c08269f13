import type { Tx } from '#platform/database.server.ts';
import { readStoredFile, storeFile } from '#platform/files.server.ts';
import { journal } from '#platform/journal.server.ts';
import { permit, type Permit, type Verb } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { readTable } from '#platform/spreadsheet.server.ts';
import { planDigest, type ImportAction, type ImportPlan } from './import.ts';

/** Is told how far the writing is, from 0 to 100. */
export type Progress = (percent: number) => Promise<void>;

/** What an import goes into: a programme, or something of it. */
export type ImportTarget = { readonly programmeId: string };

/** What can be imported: how a file is compared with what is there, and how the difference is written. */
export type ImportKind<Name extends string, Target extends ImportTarget, W> = {
	readonly verb: Verb<Name, Target>;
	/** Lets one import at a time into the target. */
	readonly hold: (tx: Tx, target: Target) => Promise<void>;
	readonly plan: (tx: Tx, target: Target, table: string[][]) => Promise<ImportPlan<W>>;
	readonly write: (tx: Tx, permit: Permit<Name>, writes: readonly W[], progress: Progress) => Promise<void>;
};

/** A preview: what a stored file would do now. */
export type Preview = { fileName: string; plan: ImportPlan<unknown>; digest: string };
export type ImportCounts = Readonly<Record<ImportAction, number>>;

/** An import as pages and jobs use it. */
export type Importer<Target extends ImportTarget> = {
	/** Keeps an uploaded file. @throws Problem `import.encoding`, `file.type` and others of a file that is none, or of its headings */
	upload(tx: Tx, target: Target, file: { name: string; bytes: Uint8Array }): Promise<string>;
	/** Compares a stored file with what is there now. @throws Problem of the file as a whole */
	preview(tx: Tx, target: Target, fileId: string): Promise<Preview>;
	/**
	 * Does what the preview with this digest showed, whole, in the transaction given.
	 * @throws Problem `import.changed-meanwhile` (409) when the same file would do something else by now, `import.has-errors` (409)
	 */
	confirm(tx: Tx, target: Target, fileId: string, digest: string, progress?: Progress): Promise<ImportCounts>;
};

/** Makes an importer: one mechanism of upload, preview and confirmation for everything that comes in as a table. */
export function importer<Name extends string, Target extends ImportTarget, W>(kind: ImportKind<Name, Target, W>): Importer<Target> {
	const planOf = async (tx: Tx, target: Target, fileId: string): Promise<{ fileName: string; plan: ImportPlan<W> }> => {
		const file = await readStoredFile(tx, target.programmeId, fileId);
		const table = await readTable(file.content, file.mediaType === 'text/csv' ? 'csv' : 'xlsx');
		return { fileName: file.name, plan: await kind.plan(tx, target, table) };
	};
	return {
		async upload(tx, target, file) {
			await permit(tx, kind.verb, target);
			if (/\.csv$/i.test(file.name) && file.bytes.length > 0 && !isUtf8(file.bytes)) throw problem('import.encoding', 415, {}, 'file');
			const stored = await storeFile(tx, { programmeId: target.programmeId, ...file, accept: ['csv', 'xlsx'] });
			// A file that cannot even be read is refused here, beside the field it was chosen in.
			await planOf(tx, target, stored.id);
			return stored.id;
		},
		async preview(tx, target, fileId) {
			await permit(tx, kind.verb, target);
			const { fileName, plan } = await planOf(tx, target, fileId);
			return { fileName, plan, digest: planDigest(plan) };
		},
		async confirm(tx, target, fileId, digest, progress = async () => {}) {
			const may = await permit(tx, kind.verb, target);
			await kind.hold(tx, target);
			const { plan } = await planOf(tx, target, fileId);
			const { counts } = plan;
			if (planDigest(plan) !== digest) {
				// Confirmed twice, or a job run again after it had been done: nothing is left to do, and that is well.
				if (counts.add + counts.change + counts.error === 0) return counts;
				throw problem('import.changed-meanwhile', 409);
			}
			if (counts.error > 0) throw problem('import.has-errors', 409);
			await progress(5);
			await kind.write(tx, may, plan.writes, progress);
			await journal(tx, may, { table: 'platform.file', id: fileId, after: { digest, counts } });
			await progress(99);
			return counts;
		}
	};
}

function isUtf8(bytes: Uint8Array): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return true;
	} catch {
		return false;
	}
}
