import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { putFormFiles, removeFormFile, type FilesPermit } from '#modules/assessment/instruments/form-file-commands.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { largestFile } from '#platform/files.server.ts';
import { acting } from '#platform/request.server.ts';

/** Megabytes that one file may have. */
export const megabytes = largestFile / 1024 / 1024;

const uploads = z.object({ files: z.array(z.instanceof(File)) });

type May = (tx: Tx) => Promise<FilesPermit>;
const here = (event: RequestEvent): string => event.url.pathname.replace(/^\/[^/]+/, '');

/** Takes files in. @param may who may, asked inside the transaction */
export const putting = (event: RequestEvent, may: May) =>
	acting(event, uploads, async (tx, { files }) => {
		// A field in which nothing was chosen sends one file without a name.
		const chosen = files.filter(({ size, name }) => size > 0 || name !== '');
		const read = chosen.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }));
		await putFormFiles(tx, await may(tx), await Promise.all(read));
		return here(event);
	});

/** Takes one away. @param may who may, asked inside the transaction */
export const removing = (event: RequestEvent, may: May) =>
	acting(event, z.object({ name: z.string().max(200) }), async (tx, { name }) => {
		await removeFormFile(tx, await may(tx), name);
		return here(event);
	});
