import { rawCsvField } from '#platform/csv.ts';
import type { Tx } from '#platform/database.server.ts';
import { storeFile } from '#platform/files.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { notFound, problem } from '#platform/problem.ts';
import { externalChoices, namedFiles, type NamedFile } from '#xforms/namedFiles.ts';
import { personIdOf } from '../author.ts';
import { bookSchema } from './book.ts';
import { checkBook } from './draft-queries.server.ts';
import { filesOf, versionFiles, type FilesOwner } from './form-file-queries.server.ts';
import { kindsFor, mostFormBytes, mostFormFiles, namedAs } from './form-file.ts';
import { readyTable } from './form-table.server.ts';
import type { ReadyInstrument } from './xlsform.ts';

/** Who may change the files of a draft, or of a version that no round has opened with. */
export type FilesPermit = Permit<'instrument.edit'> | Permit<'instrument.change-files'>;

const recordOf = ({ verb, subject }: FilesPermit) => ({ table: verb === 'instrument.edit' ? 'assessment.instrument_draft' : 'assessment.instrument_version', id: subject.id });
const ownerOf = ({ verb, subject }: FilesPermit): FilesOwner => (verb === 'instrument.edit' ? { draftId: subject.id } : { versionId: subject.id });

/**
 * Takes files in, each in place of the one of its name that is there already: all of them or none.
 * @throws Problem `form-file.not-named` (400) for a file that the form does not name; `form-file.version-used` (409);
 *   `form-file.too-much` (413); those of a table, see `readyTable`; those of `storeFile`; `draft.not-ready`, `draft.put-away` (409)
 */
export async function putFormFiles(tx: Tx, permit: FilesPermit, uploaded: readonly { name: string; bytes: Uint8Array }[]): Promise<void> {
	if (uploaded.length === 0) throw problem('file.unchosen', 400, {}, 'files[]');
	const { programmeId } = permit.subject;
	const owner = ownerOf(permit);
	const named = await namedIn(tx, permit);
	const taken: Record<string, string> = {};
	for (const file of uploaded) {
		const wanted = namedAs(named, file.name);
		if (!wanted) throw problem('form-file.not-named', 400, { name: file.name, named: named.map(({ name }) => name).join(', ') || '–' }, 'files[]');
		const bytes = wanted.use === 'table' ? readyTable(wanted, file.bytes) : file.bytes;
		const { id: fileId, name: _, ...stored } = await storeFile(tx, { programmeId, name: wanted.name, bytes, accept: kindsFor(wanted) });
		await removeNamed(tx, owner, wanted.name);
		await tx.insertInto('assessment.formFile').values({ id: newId(), programmeId, ...owner, name: wanted.name, fileId, ...stored, createdBy: personIdOf(permit) }).execute();
		taken[wanted.name] = stored.md5;
	}
	await demandBearable(tx, owner);
	await journal(tx, permit, { ...recordOf(permit), after: { files: taken } });
}

/** Takes a file away. @throws Problem `form-file.version-used` (409), `not-found` */
export async function removeFormFile(tx: Tx, permit: FilesPermit, name: string): Promise<void> {
	if (!(await removeNamed(tx, ownerOf(permit), name))) throw notFound();
	await journal(tx, permit, { ...recordOf(permit), before: { file: name } });
}

async function removeNamed(tx: Tx, owner: FilesOwner, name: string): Promise<boolean> {
	const rows = tx.deleteFrom('assessment.formFile').where('name', '=', name);
	const { numDeletedRows } = await ('versionId' in owner ? rows.where('versionId', '=', owner.versionId) : rows.where('draftId', '=', owner.draftId)).executeTakeFirst();
	return numDeletedRows > 0n;
}

async function namedIn(tx: Tx, permit: FilesPermit): Promise<readonly NamedFile[]> {
	const { id, programmeId } = permit.subject;
	if (permit.verb === 'instrument.change-files') {
		const { files, used } = await versionFiles(tx, programmeId, id);
		if (used) throw problem('form-file.version-used', 409);
		return files;
	}
	const draft = await tx.selectFrom('assessment.instrumentDraft').select(['book', 'state']).where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
	if (draft.state !== 'open') throw problem('draft.put-away', 409);
	const result = await checkBook(bookSchema.parse(draft.book));
	if (!result.ok) throw problem('draft.not-ready', 409);
	return namedFiles(result.xml);
}

async function demandBearable(tx: Tx, owner: FilesOwner): Promise<void> {
	const files = await filesOf(tx, owner);
	const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
	if (bytes > mostFormBytes || files.length > mostFormFiles) throw problem('form-file.too-much', 413, { megabytes: mostFormBytes / 1024 / 1024, files: mostFormFiles }, 'files[]');
}

/**
 * Hands files on: to the draft that is started from a version, and to the version that is saved. It is a part of what the command
 * that starts or saves enters into the journal.
 * @param only names to hand on; every file without it
 */
export async function handOnFiles(tx: Tx, programmeId: string, from: FilesOwner, to: FilesOwner, only?: readonly string[]): Promise<void> {
	const files = (await filesOf(tx, from)).filter(({ name }) => only === undefined || only.includes(name));
	if (files.length === 0) return;
	await tx
		.insertInto('assessment.formFile')
		.values(files.map((file) => ({ ...file, id: newId(), programmeId, ...to })))
		.execute();
}

/** The table of `external_choices`, which a form brings along in its own sheets: made when none was uploaded. */
export async function makeExternalChoices(tx: Tx, permit: Permit<string>, versionId: string, { workbook }: ReadyInstrument): Promise<void> {
	const { programmeId } = permit.subject;
	const sheet = workbook.sheets.find(({ name }) => name.trim().toLowerCase() === 'external_choices');
	const there = (await filesOf(tx, { versionId })).some(({ name }) => name === externalChoices);
	if (!sheet || there) return;
	const csv = sheet.rows.map((row) => row.map(rawCsvField).join(',')).join('\n');
	const { id: fileId, name: _, ...stored } = await storeFile(tx, { programmeId, name: externalChoices, bytes: new TextEncoder().encode(`${csv}\n`), accept: ['csv'] });
	await tx.insertInto('assessment.formFile').values({ id: newId(), programmeId, versionId, name: externalChoices, fileId, ...stored, createdBy: personIdOf(permit) }).execute();
}
