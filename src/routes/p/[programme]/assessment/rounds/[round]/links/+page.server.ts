import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import * as verbs from '#modules/assessment/permits.ts';
import { revokeToken } from '#modules/assessment/round-commands.server.ts';
import { getRound, listTokens } from '#modules/assessment/round-queries.server.ts';
import { usualLink } from '#modules/assessment/round.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import { today } from '#platform/today.ts';
import { makingLink } from '../making-link.server.ts';

export const load: PageServerLoad = async (event) => {
	const { timeZone } = (await event.parent()).programme;
	return reading(event, async (tx) => {
		const { programme, round: id } = event.params;
		await permit(tx, verbs.makeToken, id);
		const { round, places } = await getRound(tx, programme, id);
		const now = Date.now();
		const links = (await listTokens(tx, id)).map((link) => ({
			...link,
			state: link.revokedAt ? ('revoked' as const) : link.expiresAt && link.expiresAt.getTime() < now ? ('expired' as const) : ('works' as const)
		}));
		const inTime = today(timeZone, new Date(now + usualLink.days * 86_400_000));
		// A round may go on after the day it meant to close: a link cannot end before it begins.
		const closesOn = round.closesOn !== null && round.closesOn >= today(timeZone) ? round.closesOn : null;
		return { round, places, links, freshId: newId(), usual: { expiresOn: closesOn ?? inTime, ceiling: usualLink.ceiling } };
	});
};

export const actions: Actions = {
	make: (event) => makingLink(event, event.params.programme, event.params.round),
	revoke: (event) =>
		acting(event, z.object({ link: z.uuid() }), async (tx, { link }) => {
			await revokeToken(tx, await permit(tx, verbs.revokeToken, link));
			return `/p/${event.params.programme}/assessment/rounds/${event.params.round}/links`;
		})
};
