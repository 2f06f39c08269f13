import { z } from 'zod';
import { defineTask } from '#platform/jobs.server.ts';
import { recheckSome } from './recheck.server.ts';

/**
 * Looks at new submissions every minute. By the clock and not by each submission: the intake then writes nothing into the
 * queue, and a thousand at once are one piece of work.
 */
export const recheckTask = defineTask({
	name: 'recheck',
	payload: z.object({}),
	cron: '* * * * *',
	work: async (_payload, { signal, pace }) => {
		while (!signal.aborted && (await recheckSome()) > 0) await pace();
	}
});
