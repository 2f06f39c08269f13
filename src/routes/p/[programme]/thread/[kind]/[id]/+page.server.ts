import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types.js';
import { localizeHref } from '#paraglide/runtime.js';
import { localText } from '#platform/locales.ts';
import { codeOf } from '#platform/numbers.server.ts';
import { problemText } from '#platform/problem-text.ts';
import { reading } from '#platform/request.server.ts';
import { dayIn } from '#thread/days.ts';
import { lineAround } from '#thread/line.ts';
import { recordPath } from '#thread/paths.ts';
import { threadOf } from '#thread/queries.server.ts';
import { drawnSteps, linked } from '../../../[records]/linked.server.ts';

export const load: PageServerLoad = async (event) => {
	const { programme } = await event.parent();
	const { locale } = event.locals;
	return reading(event, async (tx) => {
		const thread = await threadOf(tx, programme.id, event.params.id);
		if (!thread || thread.here.kind !== event.params.kind) error(404, { message: problemText('not-found', {}, locale), code: 'not-found' });
		const { here, graph } = thread;
		const today = dayIn(new Date(), programme.timeZone);
		const clock = { today, stalledAfterDays: programme.stalledAfterDays };
		return {
			code: codeOf(here.kind, here.number),
			title: localText(here.title, locale).text,
			lang: localText(here.title, locale).locale,
			href: localizeHref(recordPath(programme.id, here.kind, here.id)),
			steps: drawnSteps(lineAround(graph, here.id, clock), today, locale, ''),
			parts: thread.parts.map(({ part, knots, hidden }) => ({
				part,
				hidden,
				rows: knots.map((knot) => {
					const answers = thread.answers.get(knot.id);
					return { ...linked(programme.id, knot, locale), here: knot.id === here.id, stands: thread.stands(knot.id), n: knot.facts.n ?? null, answers: answers ?? null };
				})
			}))
		};
	});
};
