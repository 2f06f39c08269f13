import { parentPort, workerData } from 'node:worker_threads';
import { useSolverCode } from '#disclosure/solver.ts';
import { judge } from './judge.ts';
import type { JudgeInput } from './verdict.ts';

/** What the thread is given by `judge.server.ts`, in the same process. */
export type JudgeOrder = { readonly input: JudgeInput; readonly code: WebAssembly.Module };

/** Judges in a thread of its own: the solver does not give way, and can be stopped. */
const { input, code }: JudgeOrder = workerData;
useSolverCode(code);
parentPort?.postMessage(await judge(input));
