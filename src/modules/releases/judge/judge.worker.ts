import { parentPort, workerData } from 'node:worker_threads';
import { judge } from './judge.ts';

/** Judges in a thread of its own: the solver does not give way, and can be stopped. Given by `judge.server.ts`, in the same process. */
parentPort?.postMessage(await judge(workerData));
