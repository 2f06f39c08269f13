import { z } from 'zod';
import { defineTask } from '#platform/jobs.server.ts';
import { packRound, roundsToPack } from './blocks.server.ts';

/** Writes what has come in into columns, every minute: by the clock, so that the intake puts nothing into the queue. */
export const packAnswersTask = defineTask({
	name: 'pack-answers',
	payload: z.object({}),
	cron: '* * * * *',
	work: async (_payload, course) => {
		for (const roundId of await roundsToPack()) await packRound(roundId, course);
	}
});
