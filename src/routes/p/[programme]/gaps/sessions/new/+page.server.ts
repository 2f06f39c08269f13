import type { Actions, PageServerLoad } from './$types.js';
import { codeOf } from '#platform/codes.ts';
import { localText } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { openGaps } from '#modules/gaps/queries.server.ts';
import { draftSession } from '#modules/gaps/sessions/commands.server.ts';
import { sessionFields } from '#modules/gaps/sessions/session.ts';
import { placeField } from '../../../[records]/desks/choices.server.ts';

export const load: PageServerLoad = async (event) => {
	const { programme } = await event.parent();
	const { locale } = event.locals;
	return reading(event, async (tx) => {
		const gaps = await openGaps(tx, programme.id);
		return {
			place: await placeField(tx, { programmeId: programme.id, locale, timeZone: programme.timeZone }),
			gaps: gaps.map(({ id, number, title }) => ({ value: id, label: `${codeOf('gap', number)} · ${localText(title, locale).text}` }))
		};
	});
};

export const actions: Actions = {
	default: (event) => {
		const { programme: programmeId } = event.params;
		return acting(event, sessionFields, async (tx, fields) => {
			const id = await draftSession(tx, await permit(tx, verbs.draftSession, { programmeId, placeId: fields.placeId }), fields);
			return `/p/${programmeId}/gaps/sessions/${id}`;
		});
	}
};
