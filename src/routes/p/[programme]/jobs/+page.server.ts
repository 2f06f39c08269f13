import type { PageServerLoad } from './$types.js';
import { myJobs } from '#platform/jobs.server.ts';
import { reading } from '#platform/request.server.ts';
import { jobTitle } from './states.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const jobs = await myJobs(tx, event.params.programme);
		return { jobs: jobs.map((job) => ({ ...job, title: jobTitle.parse(job.title) })) };
	});
