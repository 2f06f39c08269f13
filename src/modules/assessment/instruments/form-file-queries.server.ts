import { z } from 'zod';
import type { Tx } from '#platform/database.server.ts';
import { notFound } from '#platform/problem.ts';
import { namedFiles, namedFileSchema, type NamedFile } from '#xforms/namedFiles.ts';
import { withLists, type CollectedFile } from '../collection/form-files.server.ts';
import type { FormFileFact } from '../collection/filling.ts';
import { listEntityLists } from '../entities/entity-queries.server.ts';
import type { FormFileState } from './form-file.ts';

/** Whose files: those of a version, or those of a draft. */
export type FilesOwner = { readonly versionId: string } | { readonly draftId: string };

const namedFilesSchema = z.array(namedFileSchema);

/** Files of a version or a draft, by name: whether or not its form still names them. */
export async function filesOf(tx: Tx, owner: FilesOwner) {
	const rows = tx.selectFrom('assessment.formFile').select(['id', 'name', 'fileId', 'sha256', 'md5', 'mediaType', 'bytes']).orderBy('name');
	const found = await ('versionId' in owner ? rows.where('versionId', '=', owner.versionId) : rows.where('draftId', '=', owner.draftId)).execute();
	return found.map((file) => ({ ...file, bytes: Number(file.bytes) }));
}

/** What a form names, with what is there: a file, or a list of entities of that name. @param named the files that it names */
export async function statesOf(tx: Tx, programmeId: string, owner: FilesOwner, named: readonly NamedFile[]): Promise<FormFileState[]> {
	if (named.length === 0) return [];
	const there = new Map((await filesOf(tx, owner)).map((file) => [file.name, file]));
	const lists = new Map((await listEntityLists(tx, programmeId)).map((list) => [`${list.name}.csv`, list]));
	return named.map((each) => {
		const file = there.get(each.name);
		const list = file ? undefined : lists.get(each.name);
		return { ...each, file: file ? { id: file.id, bytes: file.bytes, mediaType: file.mediaType } : null, list: list ? { id: list.id, entries: list.entries ?? 0 } : null };
	});
}

/** The files that a version's form names, with what is there, and whether a round has opened with it. @throws Problem `not-found` */
export async function versionFiles(tx: Tx, programmeId: string, versionId: string): Promise<{ files: FormFileState[]; used: boolean }> {
	const version = await tx
		.selectFrom('assessment.instrumentVersion as v')
		.select(['v.namedFiles'])
		.select((e) => e.exists(e.selectFrom('assessment.round as r').select('r.id').whereRef('r.instrumentVersionId', '=', 'v.id').where('r.state', '<>', 'draft')).as('used'))
		.where('v.id', '=', versionId)
		.where('v.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!version) throw notFound();
	return { files: await statesOf(tx, programmeId, { versionId }, namedFilesSchema.parse(version.namedFiles)), used: Boolean(version.used) };
}

/** The files that a draft names, lists of entities among them, as those who collect would have them. */
export async function draftFiles(tx: Tx, programmeId: string, draftId: string, xform: string): Promise<CollectedFile[]> {
	const uploaded = (await filesOf(tx, { draftId })).map(({ name, md5: hash, mediaType, bytes, sha256 }): CollectedFile => ({ name, hash, mediaType, bytes, content: { sha256 } }));
	return withLists(tx, programmeId, namedFiles(xform).map(({ name }) => name), uploaded);
}

/** The files of a draft, as its preview takes them. One that was replaced goes by another name of its content. */
export const filesToTry = async (tx: Tx, programmeId: string, draftId: string, xform: string): Promise<FormFileFact[]> =>
	(await draftFiles(tx, programmeId, draftId, xform)).map(({ name, hash, mediaType, bytes }) => ({ name, hash, mediaType, bytes }));
