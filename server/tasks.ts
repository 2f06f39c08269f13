import { importTask } from '#modules/network/import.tasks.ts';
import { sendMailTask } from '#platform/mail.server.ts';
import { sealJournalTask } from '#platform/journal.tasks.ts';
import type { Task } from '#platform/jobs.server.ts';
import { makeDemonstrationTask } from '../demo/make.tasks.ts';

/** Every kind of job the worker does. */
export const tasks: readonly Task[] = [sealJournalTask, sendMailTask, importTask, makeDemonstrationTask];
