import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { cancelJob, seeJob } from '#platform/jobs.server.ts';
import { problemText } from '#platform/problem-text.ts';
import { acting, reading } from '#platform/request.server.ts';
import { jobTitle } from '../states.ts';

/** What the work of a job left behind: counts, a page to go on to, or why it could not be done. */
const left = z
	.object({
		problem: z.string(),
		facts: z.record(z.string(), z.union([z.string(), z.number()])),
		path: z.string().regex(/^\/[a-z0-9/-]+$/),
		add: z.number(),
		change: z.number(),
		unchanged: z.number()
	})
	.partial()
	.catch({});

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const job = await seeJob(tx, event.params.programme, event.params.job);
		const detail = left.parse(job.detail);
		return {
			job: { ...job, title: jobTitle.parse(job.title), detail },
			why: detail.problem === undefined ? null : problemText(detail.problem, detail.facts ?? {}, event.locals.locale),
			watching: event.url.searchParams.has('watch')
		};
	});

export const actions: Actions = {
	cancel: (event) =>
		acting(event, z.object({}), async (tx) => {
			await cancelJob(tx, event.params.programme, event.params.job);
			return `/p/${event.params.programme}/jobs/${event.params.job}`;
		})
};
