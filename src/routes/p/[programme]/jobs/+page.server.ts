import type { PageServerLoad } from './$types.js';
import { myJobs } from '#platform/jobs.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) => reading(event, async (tx) => ({ jobs: await myJobs(tx, event.params.programme) }));
