import { codeOf } from '#platform/numbers.server.ts';
import { localText, type Locale } from '#platform/locales.ts';
import { localizeHref } from '#paraglide/runtime.js';
import { isLive, standing, type Graph, type Kind, type Knot } from '#thread/graph.ts';
import { recordPath } from '#thread/paths.ts';
import type { StepFact } from '#thread/state.ts';
import type { ThreadStep } from '#ui/thread.ts';
import { reasonsText } from '../reasons.ts';

/** A record as a line with a link. */
export type Linked = { id: string; kind: Kind; code: string; title: string; lang: Locale; state: string; day: string; href: string; onNothing?: boolean };

/** A knot as a line with a link, in the reader's language. */
export function linked(programmeId: string, knot: Knot, locale: Locale): Linked {
	const { text, locale: lang } = localText(knot.title, locale);
	const { id, kind, state, day } = knot;
	return { id, kind, code: codeOf(kind, knot.number), title: text, lang, state, day, href: localizeHref(recordPath(programmeId, kind, id)) };
}

/** Some records of a graph as lines, with what stands on nothing marked, and how many more there are that are not open to the reader. */
export function linkedAll(graph: Graph, programmeId: string, ids: readonly string[], locale: Locale): { rows: Linked[]; hidden: number } {
	const unique = [...new Set(ids)];
	const stands = standing(graph);
	const rows = unique.flatMap((id) => {
		const knot = graph.knots.get(id);
		return knot ? [{ ...linked(programmeId, knot, locale), onNothing: isLive(knot) && !stands(knot.id) }] : [];
	});
	return { rows, hidden: unique.length - rows.length };
}

/** The steps as the thread line draws them; each leads to its place on the thread page, `around`. */
export const drawnSteps = (facts: readonly StepFact[], today: string, locale: Locale, around?: string): ThreadStep[] =>
	facts.map(({ step, state, count, since, reason, also = [] }) => ({
		step,
		state,
		count,
		href: around === undefined ? undefined : `${around}#${step}`,
		note: reason && since ? reasonsText([{ reason, since }, ...also], today, locale) : undefined
	}));
