import type { Tx } from '#platform/database.server.ts';
import type { Locale } from '#platform/locales.ts';
import { localizeHref } from '#paraglide/runtime.js';
import { dayIn } from '#thread/days.ts';
import { lineAround } from '#thread/line.ts';
import { threadPath } from '#thread/paths.ts';
import { loadThread } from '#thread/queries.server.ts';
import type { StepFact } from '#thread/state.ts';
import type { ThreadStep } from '#ui/thread.ts';
import { drawnSteps } from '../[records]/linked.server.ts';

type Programme = { readonly id: string; readonly timeZone: string; readonly stalledAfterDays: number };

const worse = { broken: 0, late: 1, ok: 2, none: 3 } as const;

/** Of two accounts of the same step the worse one that says something, with both counts. */
const together = (a: StepFact, b: StepFact): StepFact => ({ ...(worse[a.state] <= worse[b.state] ? a : b), count: a.count + b.count });

/** The thread line around scores that were kept as evidence: of one, or of all of a service's assessment. */
export async function lineOfScores(tx: Tx, programme: Programme, scores: readonly string[], locale: Locale): Promise<ThreadStep[]> {
	const graph = await loadThread(tx, programme.id);
	const today = dayIn(new Date(), programme.timeZone);
	const clock = { today, stalledAfterDays: programme.stalledAfterDays };
	const [first, ...others] = (scores.length > 0 ? scores : ['']).map((id) => lineAround(graph, id, clock));
	const steps = others.reduce((sum, line) => sum.map((step, i) => together(step, line[i] ?? step)), [...(first ?? [])]);
	const [only] = scores;
	return drawnSteps(steps, today, locale, scores.length === 1 && only ? localizeHref(threadPath(programme.id, 'score', only)) : undefined);
}
