import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { readXlsx } from '#xforms/readXlsx.ts';
import { Refusal } from '#xforms/refusal.ts';
import { checkWorkbook } from './check.ts';
import { workbookSchema } from './xlsform.ts';

const given = z
	.union([z.object({ bytes: z.instanceof(Uint8Array), fileName: z.string() }), z.object({ workbook: workbookSchema, fileName: z.string() })])
	.or(z.object({ bytes: z.instanceof(Uint8Array) }))
	.parse(workerData);

/** A form id from the file's name, for a spreadsheet whose settings name none. */
const idFromName = ('fileName' in given ? given.fileName : '').replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N}_.-]+/gu, '_') || 'form';

async function read() {
	try {
		const workbook = 'bytes' in given ? await readXlsx(given.bytes) : given.workbook;
		return 'fileName' in given ? checkWorkbook(workbook, idFromName) : { sheets: workbook };
	} catch (cause) {
		if (cause instanceof Refusal) return 'fileName' in given ? { ok: false, errors: [cause.problem] } : { sheets: null };
		throw cause;
	}
}

parentPort?.postMessage(await read());
