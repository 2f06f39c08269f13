import { sql } from 'kysely';
import type { z } from 'zod';
import { system } from './actor.ts';
import { actorOf, inTransaction, type Tx } from './database.server.ts';
import { newId } from './ids.ts';
import type { LocalText } from './locales.ts';
import { notFound, Problem, problem } from './problem.ts';
import { newPace, type Pace } from './right-of-way.ts';

/** What a task's work may ask and say while it runs. */
export type Running = {
	/** Says how far the work is (0 to 100); throws {@link Cancelled} when the person has cancelled it. */
	progress(percent: number, detail?: Readonly<Record<string, unknown>>): Promise<void>;
	/**
	 * Does a piece of work that cannot say how far it is: its signal fires within moments of the person's cancelling, and when the
	 * program is told to stop. To be called outside of a transaction.
	 */
	listening<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
	/** Fires when the program is told to stop. */
	readonly signal: AbortSignal;
	/** Whether the queue tries no further time when this one fails. */
	readonly last: boolean;
	/** Called between two pieces of the work: rests while many submissions come in. */
	readonly pace: Pace;
};

/** What work in pieces asks for between them. */
export type Course = Pick<Running, 'signal' | 'pace'>;

/** For work that somebody waits for: to its end, without a rest. */
export const atOnce: Omit<Running, 'progress'> = { signal: new AbortController().signal, last: true, pace: async () => {}, listening: (work) => work(atOnce.signal) };

/** How often it is asked, in milliseconds, whether a job has been cancelled. */
const lookEvery = 1000;

/** The person cancelled the job; the work ends without a trace of what it had half done. */
export class Cancelled extends Error {}

/** A kind of job: its name in the queue, the shape of what it is given, and the work. */
export type Task<S extends z.ZodType = z.ZodType> = {
	readonly name: string;
	readonly payload: S;
	/** Runs at least once per job: it must bear being run again. What it returns is kept as the job's detail. */
	readonly work: (payload: z.output<S>, running: Running) => Promise<Readonly<Record<string, unknown>> | void>;
	/** A crontab pattern, when the task also runs by the clock (with an empty payload). */
	readonly cron?: string;
};

/** Declares a task; `server/tasks.ts` lists them all. */
export const defineTask = <S extends z.ZodType>(task: Task<S>): Task<S> => task;

/** Puts work into the queue without a face: nobody waits for it. `key` makes equal work run once. */
export async function enqueue(tx: Tx, task: string, payload: object = {}, options: { key?: string; at?: Date } = {}): Promise<void> {
	await sql`select platform.enqueue(${task}, ${JSON.stringify(payload)}::json, ${options.key ?? null}, ${options.at ?? null})`.execute(tx);
}

/**
 * Starts a job that the acting person can follow, leave, come back to and cancel.
 * @returns the job's id, for `/p/…/jobs/…`
 */
export async function startJob(tx: Tx, job: { task: string; programmeId: string | null; title: LocalText; payload?: object }): Promise<string> {
	const actor = actorOf(tx);
	if (actor.kind !== 'person') throw new Error('a job belongs to a person');
	const id = newId();
	await tx
		.insertInto('platform.job')
		.values({ id, programmeId: job.programmeId, personId: actor.personId, task: job.task, title: JSON.stringify(job.title) })
		.execute();
	await enqueue(tx, job.task, { ...job.payload, jobId: id, personId: actor.personId });
	return id;
}

/** The acting person's jobs, newest first. */
export const myJobs = (tx: Tx, programmeId: string) =>
	tx
		.selectFrom('platform.job')
		.select(['id', 'task', 'title', 'state', 'progress', 'detail', 'resultFileId', 'cancelRequested', 'seenAt', 'createdAt', 'finishedAt'])
		.where((on) => on.or([on('programmeId', '=', programmeId), on('programmeId', 'is', null)]))
		.orderBy('createdAt', 'desc')
		.limit(100)
		.execute();

/** The acting person's newest job of a task that is not done yet, in no programme: what the first page waits for. */
export const myUnfinished = (tx: Tx, task: string) =>
	tx
		.selectFrom('platform.job')
		.select(['title', 'state', 'progress'])
		.where('task', '=', task)
		.where('programmeId', 'is', null)
		.where('state', 'in', ['waiting', 'running', 'failed'])
		.orderBy('createdAt', 'desc')
		.limit(1)
		.executeTakeFirst();

/** One of the acting person's jobs, in this programme or in none. Looking at a finished one counts as having taken note of it. @throws Problem `not-found` */
export async function seeJob(tx: Tx, programmeId: string, id: string) {
	const job = await tx
		.selectFrom('platform.job')
		.selectAll()
		.where('id', '=', id)
		.where((on) => on.or([on('programmeId', '=', programmeId), on('programmeId', 'is', null)]))
		.executeTakeFirst();
	if (!job) throw notFound();
	if (job.finishedAt && !job.seenAt) await tx.updateTable('platform.job').set({ seenAt: new Date() }).where('id', '=', id).execute();
	return job;
}

/** Asks a job to stop; it does at its next report of progress, or within moments where it listens. @throws Problem `not-found`, `job.finished` (409) */
export async function cancelJob(tx: Tx, programmeId: string, id: string): Promise<void> {
	const job = await seeJob(tx, programmeId, id);
	if (job.finishedAt) throw problem('job.finished', 409);
	// It may begin, or come to its end, at this very moment: what still waits is cancelled at once, what runs is asked to stop.
	const asked = tx.updateTable('platform.job').where('id', '=', id);
	const atOnce = await asked.set({ state: 'cancelled', cancelRequested: true, finishedAt: new Date() }).where('state', '=', 'waiting').executeTakeFirst();
	if (atOnce.numUpdatedRows > 0n) return;
	const toStop = await asked.set({ cancelRequested: true }).where('state', '=', 'running').executeTakeFirst();
	if (toStop.numUpdatedRows === 0n) throw problem('job.finished', 409);
}

const asJobs = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(system('jobs'), work);

/**
 * Runs a task's work once for the queue, keeping the job a person sees (if there is one) up to date.
 * A failure is thrown on, so that the queue tries again; the last one marks the job as failed.
 */
export async function runTask(task: Task, given: unknown, attempt: { last: boolean; signal: AbortSignal }): Promise<void> {
	const jobId = jobIdOf(given);
	const { last, signal } = attempt;
	const pace = newPace(signal);
	if (jobId === undefined) {
		await task.work(task.payload.parse(given), { signal, last, pace, progress: async () => {}, listening: (work) => work(signal) });
		return;
	}
	const begun = await asJobs((tx) =>
		tx
			.updateTable('platform.job')
			.set({ state: 'running', startedAt: new Date() })
			.where('id', '=', jobId)
			.where('state', 'in', ['waiting', 'running'])
			.executeTakeFirst()
	);
	if (begun.numUpdatedRows === 0n) return;
	const progress: Running['progress'] = async (percent, detail) => {
		const asked = await asJobs((tx) =>
			tx
				.updateTable('platform.job')
				.set({ progress: Math.max(0, Math.min(100, Math.round(percent))), ...(detail ? { detail: JSON.stringify(detail) } : {}) })
				.where('id', '=', jobId)
				.returning('cancelRequested')
				.executeTakeFirst()
		);
		if (asked?.cancelRequested) throw new Cancelled();
	};
	const listening: Running['listening'] = (work) => whileWanted(jobId, signal, work);
	const finish = (state: 'done' | 'cancelled' | 'failed', detail: object): Promise<unknown> =>
		asJobs((tx) =>
			tx
				.updateTable('platform.job')
				.set({
					state,
					finishedAt: new Date(),
					detail: sql`detail || ${JSON.stringify(detail)}::jsonb`,
					...(state === 'done' ? { progress: 100 } : {})
				})
				.where('id', '=', jobId)
				.where('state', '=', 'running')
				.execute()
		);
	try {
		// Read here, so that a job whose order this version no longer understands ends, and says so.
		const detail = (await task.work(task.payload.parse(given), { signal, last, pace, progress, listening })) ?? {};
		await finish('done', detail);
	} catch (thrown) {
		if (thrown instanceof Cancelled) return void (await finish('cancelled', {}));
		// A problem is an answer, not an accident: trying again would give the same one.
		if (thrown instanceof Problem) return void (await finish('failed', { problem: thrown.code, facts: thrown.facts }));
		if (last) await finish('failed', { problem: problemCode(thrown) });
		throw thrown;
	}
}

/** Does some work under a signal that fires when the job's person has cancelled it, or the program is told to stop. */
async function whileWanted<T>(jobId: string, stop: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
	const cancelled = new AbortController();
	const look = async (): Promise<void> => {
		const job = await asJobs((tx) => tx.selectFrom('platform.job').select('cancelRequested').where('id', '=', jobId).executeTakeFirst());
		if (job?.cancelRequested) cancelled.abort(new Cancelled());
	};
	// A look that fails is made up for by the next one.
	const timer = setInterval(() => void look().catch(() => {}), lookEvery);
	try {
		return await work(AbortSignal.any([stop, cancelled.signal]));
	} finally {
		clearInterval(timer);
	}
}

const problemCode = (thrown: unknown): string =>
	typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : 'bug';

const jobIdOf = (given: unknown): string | undefined =>
	typeof given === 'object' && given !== null && 'jobId' in given && typeof given.jobId === 'string' ? given.jobId : undefined;
