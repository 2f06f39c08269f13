import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { readDocx } from './docx.ts';

const { bytes } = z.object({ bytes: z.instanceof(Uint8Array) }).parse(workerData);
parentPort?.postMessage(readDocx(bytes));
