import { system } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/database.server.ts';
import { downloadHeaders } from '#platform/files.server.ts';
import { listsNamed, namedBy } from './entity-files.server.ts';

/** A file that goes out with a form to those who collect. */
export type CollectedFile = {
	readonly name: string;
	/** MD5 of the content in hexadecimal. */
	readonly hash: string;
	readonly mediaType: string;
	readonly bytes: number;
	/** Where the content lies, or the content itself where it is made of a list. */
	readonly content: { readonly sha256: Buffer } | { readonly text: Buffer };
	/** The list of entities that it is made of. */
	readonly list?: { readonly id: string; readonly name: string };
};

/**
 * The files of a version's form, by name: those that were uploaded, and the lists of entities of the other names. Asked of the
 * database each time: lists change while a round is open.
 */
export const filesForCollecting = (versionId: string): Promise<CollectedFile[]> =>
	inTransaction(system('collection'), async (tx) => {
		const rows = await tx.selectFrom('assessment.formFile').select(['name', 'md5 as hash', 'mediaType', 'bytes', 'sha256']).where('versionId', '=', versionId).execute();
		const { programmeId, names } = await namedBy(tx, versionId);
		const uploaded = rows.map(({ sha256, bytes, ...row }): CollectedFile => ({ ...row, bytes: Number(bytes), content: { sha256 } }));
		return withLists(tx, programmeId, names, uploaded);
	});

/** Uploaded files, and the lists that stand for the names that are left. */
export async function withLists(tx: Tx, programmeId: string, names: readonly string[], uploaded: readonly CollectedFile[]): Promise<CollectedFile[]> {
	const lists = await listsNamed(tx, programmeId, names.filter((name) => uploaded.every((file) => file.name !== name)));
	const made = lists.map(({ name, hash, content, listId: id, listName }): CollectedFile => ({ name, hash, mediaType: 'text/csv', bytes: content.length, content: { text: content }, list: { id, name: listName } }));
	return [...uploaded, ...made].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Headers with which a form's file goes out: never sniffed, never run, its name in whatever letters. */
export function fileHeaders(file: Pick<CollectedFile, 'name' | 'mediaType' | 'bytes'>): Record<string, string> {
	const mediaType = /^text\/|xml$/.test(file.mediaType) ? `${file.mediaType}; charset=utf-8` : file.mediaType;
	return { ...downloadHeaders({ name: file.name, mediaType }), 'content-length': String(file.bytes) };
}
