import type { ActionFailure, RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import type { Importer, ImportTarget } from '#modules/network/importer.server.ts';
import { importers, jobFrom, type ImporterName } from '#modules/network/imports.server.ts';
import { m } from '#paraglide/messages.js';
import { emptyFile } from '#platform/files.server.ts';
import { startJob } from '#platform/jobs.server.ts';
import { locales } from '#platform/locales.ts';
import { problem } from '#platform/problem.ts';
import { problemText } from '#platform/problem-text.ts';
import { acting, reading, type Refusal } from '#platform/request.server.ts';
import { readTableQuery } from '#ui/table.ts';

const upload = z.object({ file: z.instanceof(File) });
const confirmation = z.object({ digest: z.string().max(100) });

/**
 * The form that takes a file in: keeps it, and leads on to its preview.
 * @param previewAt the address of the preview, without the file's id
 */
export const takingIn = <Target extends ImportTarget>(event: RequestEvent, importer: Importer<Target>, target: Target, previewAt: string): Promise<ActionFailure<Refusal>> =>
	acting(event, upload, async (tx, { file }) => {
		if (file.size === 0) throw emptyFile(file.name);
		const bytes = new Uint8Array(await file.arrayBuffer());
		return `${previewAt}/${await importer.upload(tx, target, { name: file.name, bytes })}`;
	});

/** What a stored file would do now: one page of its rows. @param jobAbove rows above which it is done as a job */
export const showing = <Target extends ImportTarget>(event: RequestEvent, importer: Importer<Target>, target: Target, fileId: string, jobAbove = Infinity) =>
	reading(event, async (tx) => {
		const { fileName, plan, digest } = await importer.preview(tx, target, fileId);
		const only = event.url.searchParams.get('only') ?? '';
		// What needs a look comes first.
		const order = { error: 0, change: 1, add: 2, unchanged: 3 };
		const rows = plan.rows.filter(({ action }) => only === '' || action === only).toSorted((a, b) => order[a.action] - order[b.action] || a.line - b.line);
		const query = readTableQuery(event.url, ['label', 'line', 'action', 'detail'].map((key) => ({ key })), { pageSize: 50 });
		return {
			fileName,
			digest,
			counts: plan.counts,
			ignored: plan.ignored,
			only,
			query,
			matching: rows.length,
			asJob: plan.rows.length > jobAbove,
			rows: rows.slice(query.offset, query.offset + query.pageSize).map((row) => ({
				...row,
				reasons: row.reasons.map(({ code, facts }) => problemText(code, facts, event.locals.locale))
			}))
		};
	});

/** Confirms a preview at once. @param done the address to go to afterwards */
export const carryingOut = <Target extends ImportTarget>(event: RequestEvent, importer: Importer<Target>, target: Target, fileId: string, done: string): Promise<ActionFailure<Refusal>> =>
	acting(event, confirmation, async (tx, { digest }) => {
		await importer.confirm(tx, target, fileId, digest);
		return done;
	});

/** As {@link takingIn}, for the network's own tables. */
export const uploading = (event: RequestEvent, programmeId: string, name: ImporterName): Promise<ActionFailure<Refusal>> =>
	takingIn(event, importers[name], { programmeId }, `/p/${programmeId}/network/${name}/import`);

/** As {@link showing}, for the network's own tables. */
export const previewing = (event: RequestEvent, programmeId: string, fileId: string, name: ImporterName) =>
	showing(event, importers[name], { programmeId }, fileId, jobFrom);

/** Confirms a preview of one of the network's tables: at once, or as a job when there are many rows. */
export const confirming = (event: RequestEvent, programmeId: string, fileId: string, name: ImporterName): Promise<ActionFailure<Refusal>> =>
	acting(event, confirmation, async (tx, { digest }) => {
		const shown = await importers[name].preview(tx, { programmeId }, fileId);
		if (shown.plan.rows.length <= jobFrom) {
			await importers[name].confirm(tx, { programmeId }, fileId, digest);
			return `/p/${programmeId}/network/${name}`;
		}
		if (shown.digest !== digest) throw problem('import.changed-meanwhile', 409);
		const title = Object.fromEntries(locales.map((locale) => [locale, m.network_import_job_title({ file: shown.fileName }, { locale })]));
		const job = await startJob(tx, { task: 'network-import', programmeId, title, payload: { programmeId, fileId, importer: name, digest } });
		return `/p/${programmeId}/jobs/${job}`;
	});
