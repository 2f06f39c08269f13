import { z } from 'zod';
import { defineTask } from '#platform/jobs.server.ts';
import { lookAtRounds } from './look.server.ts';

/** Holds the rules of quality against what is new, every minute; at once when somebody asks. */
export const qualityTask = defineTask({
	name: 'quality',
	payload: z.object({}),
	cron: '* * * * *',
	work: async (_payload, course) => {
		await lookAtRounds(course);
	}
});
