import { z } from 'zod';
import { system } from './actor.ts';
import { inTransaction } from './database.server.ts';
import { defineTask } from './jobs.server.ts';

/** Every night, forgets what was typed and not sent for 30 days; which those are, the table's own policy says. */
export const forgetKeptFormsTask = defineTask({
	name: 'forget-kept-forms',
	payload: z.object({}),
	cron: '17 3 * * *',
	work: async () => void (await inTransaction(system('kept-forms'), (tx) => tx.deleteFrom('platform.keptForm').execute()))
});
