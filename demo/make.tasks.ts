import { z } from 'zod';
import { defineTask } from '#platform/jobs.server.ts';
import { makeDemonstration } from './make.ts';

/** Makes the demonstration programme; ordered at first run. Run again, it goes on where it was interrupted. */
export const makeDemonstrationTask = defineTask({
	name: 'make-demonstration',
	payload: z.object({ personId: z.uuid() }),
	work: async ({ personId }, { progress }) => ({ path: `/p/${await makeDemonstration({ personId, progress })}` })
});
