import { refuse } from './refusal.ts';

/** What an archive may claim to hold. A large XLSForm (3,000 questions in five languages) inflates to about 10 MB. */
export const ARCHIVE_LIMITS = { entries: 2_000, entryBytes: 48 * 1024 * 1024, totalBytes: 96 * 1024 * 1024 } as const;

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const ZIP64 = 0xffffffff;

/**
 * Looks at a ZIP archive's directory, before anything is inflated, and refuses what claims to be too large (a "zip
 * bomb" announces itself there; the reader in turn stops where an entry outgrows what it announced).
 *
 * @throws Refusal `xlsform.too-large` or `xlsform.unreadable`
 */
export function checkArchive(bytes: Uint8Array): void {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const end = findEnd(view);
	if (end === undefined) return refuse('xlsform.unreadable', {}, { detail: 'not a spreadsheet archive' });
	const entries = view.getUint16(end + 10, true);
	if (entries > ARCHIVE_LIMITS.entries) tooLarge('entries', ARCHIVE_LIMITS.entries);
	let at = view.getUint32(end + 16, true);
	let total = 0;
	for (let entry = 0; entry < entries; entry += 1) {
		if (at + 46 > view.byteLength || view.getUint32(at, true) !== DIRECTORY_ENTRY) {
			return refuse('xlsform.unreadable', {}, { detail: 'damaged archive' });
		}
		const size = view.getUint32(at + 24, true);
		if (size === ZIP64 || size > ARCHIVE_LIMITS.entryBytes) tooLarge('bytes in one part', ARCHIVE_LIMITS.entryBytes);
		// The reader holds an entry to what it announced; one that announces nothing would be held to nothing.
		if (size === 0 && view.getUint32(at + 20, true) > 16) {
			return refuse('xlsform.unreadable', {}, { detail: 'an entry without a size' });
		}
		total += size;
		if (total > ARCHIVE_LIMITS.totalBytes) tooLarge('bytes in all', ARCHIVE_LIMITS.totalBytes);
		at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
	}
}

/** The end-of-directory record stands in the last 64 KB, before an optional comment. */
function findEnd(view: DataView): number | undefined {
	const earliest = Math.max(0, view.byteLength - 65_557);
	for (let at = view.byteLength - 22; at >= earliest; at -= 1) {
		if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
	}
	return undefined;
}

function tooLarge(what: string, limit: number): never {
	return refuse('xlsform.too-large', {}, { what, limit: String(limit) });
}
