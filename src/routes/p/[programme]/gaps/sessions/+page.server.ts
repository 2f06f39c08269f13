import type { Actions, PageServerLoad } from './$types.js';
import { codeOf } from '#platform/codes.ts';
import { localText } from '#platform/locales.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { listSessions, sessionByCode } from '#modules/gaps/sessions/queries.server.ts';
import { codeFields } from '#modules/gaps/sessions/session.ts';
import { joinSession } from '#modules/gaps/sessions/vote-commands.server.ts';
import { localizeHref } from '#paraglide/runtime.js';
import { m } from '#paraglide/messages.js';
import { sessionStateWord } from './words.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme: programmeId } = event.params;
		const { locale } = event.locals;
		const sessions = await listSessions(tx, programmeId);
		return {
			may: await mayI(tx, verbs.draftSession, { programmeId }),
			sessions: sessions.map(({ id, number, title, state, turn, createdAt, place, gaps, voices }) => ({
				id, state, createdAt, gaps: gaps ?? 0, voices: voices ?? 0, code: codeOf('session', number), title: localText(title, locale).text,
				place: place ? localText(place, locale).text : m.thread_whole_programme(), word: sessionStateWord({ state, turn }, locale), href: localizeHref(`/p/${programmeId}/gaps/sessions/${id}`)
			}))
		};
	});

export const actions: Actions = {
	/** Joins by the code that whoever moderates shows. */
	join: (event) => {
		const { programme } = event.params;
		return acting(event, codeFields, async (tx, { code }) => {
			const session = await sessionByCode(tx, programme, code);
			const voice = await joinSession(tx, await permit(tx, verbs.joinSession, session));
			return `/p/${programme}/gaps/sessions/${session}/vote?voice=${voice}`;
		});
	}
};
