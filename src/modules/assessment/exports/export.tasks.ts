import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/database.server.ts';
import { defineTask } from '#platform/jobs.server.ts';
import { locales } from '#platform/locale.ts';
import { settings } from '#platform/settings.ts';
import { exportFields, extensionOf, keptDays } from './choice.ts';
import { keepExport } from './commands.server.ts';
import { exportWords } from './make-words.ts';
import { runExport } from './run.server.ts';
import { newFileKey, sealed } from './sealed-file.ts';

const folder = (): string => path.join(settings().HAMKOR_DATA, 'exports');
/** Where the file of an export lies that a job prepared, sealed under the key of its line. */
export const exportFile = (id: string): string => path.join(folder(), id);

/** Prepares a large export, as the person who asked for it and with what they may read by then. */
export const exportAnswersTask = defineTask({
	name: 'export-answers',
	payload: z.object({ jobId: z.uuid(), personId: z.uuid(), programmeId: z.uuid(), roundId: z.uuid(), choice: exportFields, locale: z.enum(locales), name: z.string(), filter: z.array(z.string()), language: z.string() }),
	work: async ({ jobId, personId, programmeId, roundId, choice, locale, name, filter, language }, { progress, signal }) => {
		const words = exportWords(locale, filter, language);
		const running = await runExport({ id: jobId, personId, programmeId, roundId, jobId, choice, locale, words });
		await mkdir(folder(), { recursive: true, mode: 0o700 });
		const aside = `${exportFile(jobId)}.part`;
		const fileKey = newFileKey();
		let bytes = 0;
		const plain = async function* () {
			for await (const piece of running.pieces) {
				bytes += piece.length;
				yield piece;
			}
		};
		try {
			const handle = await open(aside, 'w', 0o600);
			try {
				let said = 0;
				for await (const part of sealed(fileKey, plain())) {
					signal.throwIfAborted();
					await handle.write(part);
					if (Date.now() - said < 1000) continue;
					said = Date.now();
					await progress(running.share() * 99);
				}
				await handle.sync();
			} finally {
				await handle.close();
			}
			await progress(99);
			await rename(aside, exportFile(jobId));
		} catch (thrown) {
			await rm(aside, { force: true });
			throw thrown;
		}
		const keptUntil = new Date(Date.now() + keptDays * 86_400_000);
		await inTransaction({ kind: 'person', personId }, (tx) => keepExport(tx, jobId, { fileName: `${name}.${extensionOf(choice.format, choice.attachments)}`, bytes, keptUntil, fileKey }));
		return { path: `/assessment/rounds/${roundId}/exports` };
	}
});

/** Removes the files of exports whose time is over, or in whose rounds an answer was erased since; and what a killed program left. */
export const removeExportsTask = defineTask({
	name: 'remove-exports',
	payload: z.object({}),
	cron: '*/10 * * * *',
	work: async () => {
		await inTransaction(system('exports'), async (tx) => {
			const { rows } = await sql<{ id: string }>`select e.id from assessment.answer_export e where e.kept_until is not null and (e.kept_until <= now()
				or exists (select from assessment.erasure x where x.round_id = any(e.rounds) and x.erased_at >= e.made_at))`.execute(tx);
			for (const { id } of rows) await rm(exportFile(id), { force: true });
			const ids = rows.map((row) => row.id);
			if (ids.length > 0) await sql`update assessment.answer_export set file_name = null, bytes = null, kept_until = null, file_key = null where id = any(${ids}::uuid[])`.execute(tx);
		});
		await removeOrphans();
	}
});

/** A part or a file that no line speaks of, a day old: its job was killed. */
async function removeOrphans(): Promise<void> {
	const names = await readdir(folder()).catch(() => []);
	for (const name of names) {
		const file = path.join(folder(), name);
		const found = await stat(file).catch(() => null);
		if (found && Date.now() - found.mtimeMs > (keptDays + 1) * 86_400_000) await rm(file, { force: true });
	}
}

/** A name for the file of an export, without what the round is called. */
export const exportName = (code: string, counted: { submissions: number; total: number }): string => `${code}-${counted.submissions}-${counted.total}`;
