import type { FileKind } from '#platform/files.server.ts';
import type { FileUse, NamedFile } from '#xforms/namedFiles.ts';

/** Bytes that all files of one form may have together: every phone that collects carries them. */
export const mostFormBytes = 60 * 1024 * 1024;

/** Files of one form. */
export const mostFormFiles = 300;

const kinds: Readonly<Record<Exclude<FileUse, 'table'>, readonly FileKind[]>> = {
	image: ['png', 'jpg', 'webp'],
	audio: ['mp3', 'm4a', 'aac', 'amr', 'ogg', 'wav', 'flac', '3gp'],
	video: ['mp4', '3gp', 'mov', 'webm']
};
const tables = ['csv', 'geojson', 'xml'] as const;

/** What a file that a form names may be. A table is what its name says: that is how collection apps tell. */
export function kindsFor({ use, name }: NamedFile): readonly FileKind[] {
	return use === 'table' ? tables.filter((kind) => name.toLowerCase().endsWith(`.${kind}`)) : kinds[use];
}

/**
 * Which of the files that a form names an uploaded one is: by its name, whichever way its letters are put together; else by its
 * name without regard to case, where only one comes into question.
 */
export function namedAs(named: readonly NamedFile[], uploaded: string): NamedFile | undefined {
	const plain = (name: string): string => name.normalize('NFC');
	const exact = named.find(({ name }) => plain(name) === plain(uploaded));
	if (exact) return exact;
	const near = named.filter(({ name }) => plain(name).toLowerCase() === plain(uploaded).toLowerCase());
	return near.length === 1 ? near[0] : undefined;
}

/** A file that a form names, and what is there of it. */
export type FormFileState = NamedFile & {
	/** The file as it goes out; null while there is none. */
	readonly file: { readonly id: string; readonly bytes: number; readonly mediaType: string } | null;
	/** The list of entities that stands for it, while no file does. */
	readonly list: { readonly id: string; readonly entries: number } | null;
};

/** The names that still stand for nothing. */
export const missingOf = (files: readonly FormFileState[]): string[] => files.filter(({ file, list }) => file === null && list === null).map(({ name }) => name);
