import { parentPort, workerData } from 'node:worker_threads';
import { readXlsx } from 'hucre/xlsx';
import { z } from 'zod';

const { bytes, maxRows } = z.object({ bytes: z.instanceof(Uint8Array), maxRows: z.int() }).parse(workerData);

/** A cell as text: dates as ISO days, formulas as the value the sheet holds. */
const text = (value: unknown): string => {
	if (value === null || value === undefined) return '';
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
	return String(value).trim();
};

const book = await readXlsx(bytes, { maxRows: maxRows + 1 });
parentPort?.postMessage((book.sheets[0]?.rows ?? []).map((row) => row.map(text)));
