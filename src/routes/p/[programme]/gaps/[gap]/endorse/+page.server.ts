import type { Actions, PageServerLoad } from './$types.js';
import { z } from 'zod';
import { localText } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import { endorseGap, withdrawEndorsement } from '#modules/gaps/endorsement/commands.server.ts';
import { endorsementFields } from '#modules/gaps/endorsement/endorsement.ts';
import { speakersOn, wordsOn } from '#modules/gaps/endorsement/queries.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { readHead } from '../../head.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, gap } = event.params;
		const { locale } = event.locals;
		const { head } = await readHead(tx, programme, gap, locale);
		const speakers = await speakersOn(tx, programme, gap);
		const back = event.url.searchParams.get('back');
		const word = (await wordsOn(tx, gap)).find((each) => each.id === back && each.own && each.withdrawnAt === null);
		return {
			head,
			speakers: speakers.map(({ id, name }) => ({ value: id, label: localText(name, locale).text })),
			back: word ? { id: word.id, organisation: localText(word.organisation, locale).text } : null
		};
	});

export const actions: Actions = {
	say: (event) => {
		const { programme, gap } = event.params;
		return acting(event, endorsementFields, async (tx, { organisationId, ...word }) => {
			await endorseGap(tx, await permit(tx, verbs.endorseGap, { gapId: gap, organisationId }), word);
			return `/p/${programme}/gaps/${gap}`;
		});
	},
	back: (event) => {
		const { programme, gap } = event.params;
		return acting(event, z.object({ word: z.uuid(), reason: z.string().trim().min(3, 'reason.missing').max(1000) }), async (tx, { word, reason }) => {
			await withdrawEndorsement(tx, await permit(tx, verbs.withdrawEndorsement, word), word, reason);
			return `/p/${programme}/gaps/${gap}`;
		});
	}
};
