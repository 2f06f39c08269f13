import { z } from 'zod';
import { system } from './actor.ts';
import { inTransaction } from './database.server.ts';
import { defineTask } from './jobs.server.ts';
import { sealJournal } from './journal.server.ts';

/** Seals what has been journaled, every minute. */
export const sealJournalTask = defineTask({
	name: 'seal-journal',
	payload: z.object({}),
	cron: '* * * * *',
	work: async (_payload, { signal, pace }) => {
		while (!signal.aborted && (await inTransaction(system('journal'), sealJournal)) === 5000) await pace();
	}
});
