import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { codeOf } from '#platform/codes.ts';
import { localText } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { notFound } from '#platform/problem.ts';
import { acting, reading } from '#platform/request.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { getSession, votesOf } from '#modules/gaps/sessions/queries.server.ts';
import { voteFields } from '#modules/gaps/sessions/session.ts';
import { castVote } from '#modules/gaps/sessions/vote-commands.server.ts';
import { barrierWord } from '../../../../barriers.ts';
import { sessionStateWord } from '../../words.ts';

const voiceIn = (url: URL): string => {
	const voice = z.uuid().safeParse(url.searchParams.get('voice'));
	if (!voice.success) throw notFound();
	return voice.data;
};

/** One gap a page: the one that the address asks for, else the first that has not been scored. */
export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, session: id } = event.params;
		const { locale } = event.locals;
		const voiceId = voiceIn(event.url);
		await permit(tx, verbs.vote, voiceId);
		const { session, gaps, voices } = await getSession(tx, programme, id);
		const voice = voices.find((each) => each.id === voiceId);
		if (!voice) throw notFound();
		const votes = await votesOf(tx, voiceId, session.turn);
		const now = (gapId: string) => votes.find((vote) => vote.gapId === gapId && vote.turn === session.turn);
		const before = (gapId: string) => votes.find((vote) => vote.gapId === gapId && vote.turn < session.turn);
		const whole = (gapId: string): boolean => now(gapId)?.severity != null && now(gapId)?.feasibility != null;
		const asked = event.url.searchParams.get('gap');
		const gap = gaps.find((each) => each.id === asked) ?? gaps.find((each) => !whole(each.id)) ?? gaps[0];
		const said = gap && (now(gap.id) ?? before(gap.id));
		return {
			session: { id, number: codeOf('session', session.number), title: localText(session.title, locale).text, state: session.state, word: sessionStateWord(session, locale) },
			voice: { id: voiceId, paper: voice.personId === null, name: voice.name ?? voice.label ?? '' },
			steps: gaps.map((each) => ({ id: each.id, code: codeOf('gap', each.number), done: whole(each.id) })),
			gap: gap
				? {
						id: gap.id, code: codeOf('gap', gap.number), title: localText(gap.title, locale), description: localText(gap.description, locale), forWhom: localText(gap.forWhom, locale),
						barrier: barrierWord(gap.barrier), place: gaps.indexOf(gap) + 1,
						said: { severity: said?.severity ?? null, feasibility: said?.feasibility ?? null, note: now(gap.id)?.note ?? '' },
						before: before(gap.id) ?? null,
						next: gaps[gaps.indexOf(gap) + 1]?.id ?? null
					}
				: null,
			done: gaps.length > 0 && gaps.every((each) => whole(each.id))
		};
	});

export const actions: Actions = {
	default: (event) => {
		const { programme, session } = event.params;
		return acting(event, voteFields, async (tx, fields) => {
			const voice = voiceIn(event.url);
			await castVote(tx, await permit(tx, verbs.vote, voice), fields);
			const next = z.uuid().safeParse(event.url.searchParams.get('next'));
			return `/p/${programme}/gaps/sessions/${session}/vote?voice=${voice}${next.success ? `&gap=${next.data}` : ''}`;
		});
	}
};
