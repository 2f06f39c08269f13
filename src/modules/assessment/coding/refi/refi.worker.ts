import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { readCodebook, readProject } from './read.ts';

const { bytes, what } = z.object({ bytes: z.instanceof(Uint8Array), what: z.enum(['project', 'codebook']) }).parse(workerData);
parentPort?.postMessage(what === 'project' ? readProject(bytes) : readCodebook(bytes));
