import { recheckTask } from '#modules/assessment/collection/recheck.tasks.ts';
import { packAnswersTask } from '#modules/assessment/figures/pack.tasks.ts';
import { judgeTask } from '#modules/releases/judge/judge.tasks.ts';
import { eraseContentTask } from '#modules/assessment/fieldwork/erase-content.tasks.ts';
import { qualityTask } from '#modules/assessment/fieldwork/quality/look.tasks.ts';
import { importTask } from '#modules/network/import.tasks.ts';
import { forgetKeptFormsTask } from '#platform/kept-forms.tasks.ts';
import { sendMailTask } from '#platform/mail.server.ts';
import { exportAnswersTask, removeExportsTask } from '#modules/assessment/exports/export.tasks.ts';
import { sealJournalTask } from '#platform/journal.tasks.ts';
import type { Task } from '#platform/jobs.server.ts';
import { makeDemonstrationTask } from '../demo/make.tasks.ts';

/** Every kind of job the worker does. */
export const tasks: readonly Task[] = [recheckTask, eraseContentTask, qualityTask, packAnswersTask, judgeTask, sealJournalTask, sendMailTask, forgetKeptFormsTask, importTask, exportAnswersTask, removeExportsTask, makeDemonstrationTask];
