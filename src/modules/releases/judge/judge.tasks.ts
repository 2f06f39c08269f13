import { z } from 'zod';
import { inTransaction } from '#platform/database.server.ts';
import { defineTask } from '#platform/jobs.server.ts';
import { judgeFigures, limits } from './judge.server.ts';

/** Works out what may be published of many figures, or large ones; the page then finds it ready. */
export const judgeTask = defineTask({
	name: 'judge-release',
	payload: z.object({ personId: z.uuid(), programmeId: z.uuid(), figures: z.array(z.uuid()).max(200), path: z.string() }),
	work: async ({ personId, programmeId, figures, path }, { progress }) => {
		await progress(5);
		const verdict = await inTransaction({ kind: 'person', personId }, (tx) => judgeFigures(tx, programmeId, figures, limits.job));
		return { refused: 'refused' in verdict ? 1 : 0, path };
	}
});
