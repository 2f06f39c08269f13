import { open, type FileHandle } from 'node:fs/promises';

/** Headers of a download of answers: a file to be saved, kept by nobody on the way. */
export const downloadHeadersOf = (name: string): Record<string, string> => ({
	'content-type': name.endsWith('.xlsx') ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'application/zip',
	'content-disposition': `attachment; filename="export${name.slice(name.lastIndexOf('.'))}"; filename*=UTF-8''${encodeURIComponent(name)}`,
	'x-content-type-options': 'nosniff',
	'content-security-policy': "default-src 'none'; sandbox",
	'cache-control': 'private, no-store'
});

/** Pieces as the body of an answer: fetched one by one, and let go of when the other side breaks off. */
export function streamOf(pieces: AsyncGenerator<Uint8Array<ArrayBuffer>, unknown>): ReadableStream<Uint8Array<ArrayBuffer>> {
	return new ReadableStream(
		{
			async pull(controller) {
				try {
					const { done, value } = await pieces.next();
					if (done) controller.close();
					else controller.enqueue(value);
				} catch (thrown) {
					controller.error(thrown);
				}
			},
			async cancel() {
				await pieces.return(undefined);
			}
		},
		{ highWaterMark: 2 }
	);
}

/** A file in pieces; null when it is not there. */
export async function piecesOf(file: string): Promise<AsyncGenerator<Uint8Array<ArrayBuffer>, void> | null> {
	const handle = await open(file, 'r').catch(() => null);
	return handle === null ? null : read(handle);
}

async function* read(handle: FileHandle): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
	try {
		for (;;) {
			const { bytesRead, buffer } = await handle.read(new Uint8Array(256 * 1024));
			if (bytesRead === 0) return;
			yield buffer.subarray(0, bytesRead);
		}
	} finally {
		await handle.close();
	}
}
