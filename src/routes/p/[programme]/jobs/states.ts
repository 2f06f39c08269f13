import { z } from 'zod';
import { m } from '#paraglide/messages.js';
import { locales } from '#platform/locales.ts';

const states: Readonly<Record<string, () => string>> = {
	waiting: m.platform_job_waiting,
	running: m.platform_job_running,
	done: m.platform_job_done,
	failed: m.platform_job_failed,
	cancelled: m.platform_job_cancelled
};

/** The state of a job in the reader's language, and how it is set off. */
export const stateLabel = (state: string): string => states[state]?.() ?? state;
export const stateTone = (state: string) => (state === 'done' ? ('ok' as const) : state === 'failed' ? ('broken' as const) : ('plain' as const));

/** The title of a job, as it stands in the database. */
export const jobTitle = z.partialRecord(z.enum(locales), z.string()).catch({});
