import { z } from 'zod';
import { inTransaction } from '#platform/database.server.ts';
import { defineTask } from '#platform/jobs.server.ts';
import { importers } from './imports.server.ts';

/** Carries out a large import that a person has confirmed: in one transaction, as that person, with what they may do by then. */
export const importTask = defineTask({
	name: 'network-import',
	payload: z.object({
		personId: z.uuid(),
		programmeId: z.uuid(),
		fileId: z.uuid(),
		importer: z.enum(['places', 'organisations']),
		digest: z.string()
	}),
	work: async ({ personId, programmeId, fileId, importer, digest }, { progress }) => {
		const counts = await inTransaction({ kind: 'person', personId }, (tx) => importers[importer].confirm(tx, { programmeId }, fileId, digest, progress));
		return { ...counts, path: `/network/${importer}` };
	}
});
