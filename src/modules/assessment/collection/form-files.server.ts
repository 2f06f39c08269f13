import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/database.server.ts';
import { downloadHeaders } from '#platform/files.server.ts';

/** A file that goes out with a form to those who collect. */
export type CollectedFile = {
	readonly name: string;
	/** MD5 of the content in hexadecimal. */
	readonly hash: string;
	readonly mediaType: string;
	readonly bytes: number;
	/** Where the content lies. */
	readonly sha256: Buffer;
};

/** The files of a version's form, by name. Asked of the database each time: until a round opens they may change. */
export async function filesForCollecting(versionId: string): Promise<CollectedFile[]> {
	const rows = await inTransaction(system('collection'), (tx) =>
		tx.selectFrom('assessment.formFile').select(['name', 'md5 as hash', 'mediaType', 'bytes', 'sha256']).where('versionId', '=', versionId).orderBy('name').execute()
	);
	return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }));
}

/** Headers with which a form's file goes out: never sniffed, never run, its name in whatever letters. */
export function fileHeaders(file: Pick<CollectedFile, 'name' | 'mediaType' | 'bytes'>): Record<string, string> {
	const mediaType = /^text\/|xml$/.test(file.mediaType) ? `${file.mediaType}; charset=utf-8` : file.mediaType;
	return { ...downloadHeaders({ name: file.name, mediaType }), 'content-length': String(file.bytes) };
}
