import type { PageServerLoad } from './$types.js';
import { callsWaiting } from '#modules/assessment/fieldwork/answer-history.server.ts';
import { waitingToScore } from '#modules/assessment/scoring/queries.server.ts';
import { waitingToConfirm } from '#modules/network/people.queries.server.ts';
import { localText } from '#platform/locales.ts';
import { personOf, reading } from '#platform/request.server.ts';
import { dayIn } from '#thread/days.ts';
import { waitingFor } from '#thread/queries.server.ts';
import { linked } from './[records]/linked.server.ts';
import { beginningOf } from './begin.server.ts';
import { reasonsText } from './reasons.ts';

export const load: PageServerLoad = async (event) => {
	const { programme, me } = await event.parent();
	const { locale } = event.locals;
	const { personId } = personOf(event);
	const today = dayIn(new Date(), programme.timeZone);
	const speaksFor = new Set(me.roles.flatMap(({ role, organisationId }) => (role === 'official' && organisationId ? [organisationId] : [])));
	const coordinates = me.roles.some(({ role }) => role === 'coordinator');
	return reading(event, async (tx) => {
		const waiting = await waitingFor(tx, programme.id, { personId, speaksFor, coordinates }, { today, stalledAfterDays: programme.stalledAfterDays });
		const sheets = await waitingToScore(tx, programme.id);
		const calls = await callsWaiting(tx, programme.id, personId, [...new Set(me.roles.map(({ role }) => role))]);
		return {
			beginning: me.content ? await beginningOf(tx, programme.id) : null,
			confirmations: await waitingToConfirm(tx, programme.id),
			calls: calls.map(({ round, ...call }) => ({ ...call, round: localText(round, locale).text })),
			sheets: sheets.map(({ id, service, round, state }) => ({ id, state, title: localText(service, locale).text, round: localText(round, locale).text })),
			waiting: waiting.map(({ knot, what, day, troubles }) => ({
				...linked(programme.id, knot, locale),
				what,
				since: day,
				late: what === 'due' && day < today,
				why: troubles ? reasonsText(troubles, today, locale) : null
			}))
		};
	});
};
