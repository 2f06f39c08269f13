import { z } from 'zod';
import { defineTask } from '#platform/jobs.server.ts';
import { judgeAhead } from './judge.server.ts';

/** Works out what may be published of many figures, or large ones; the page then finds it ready. */
export const judgeTask = defineTask({
	name: 'judge-release',
	payload: z.object({ personId: z.uuid(), programmeId: z.uuid(), figures: z.array(z.uuid()).max(200), path: z.string() }),
	work: async ({ personId, programmeId, figures, path }, { progress, listening }) => {
		await progress(5);
		const verdict = await judgeAhead({ kind: 'person', personId }, programmeId, figures, { listening });
		return { refused: 'refused' in verdict ? 1 : 0, path };
	}
});
