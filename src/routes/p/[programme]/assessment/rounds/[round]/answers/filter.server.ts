import type { AnswerFilter } from '#modules/assessment/answer-queries.server.ts';
import { shownStates } from '#modules/assessment/collection/review.ts';

/** Which answers are asked for, as the address says. */
export function answerFilter({ searchParams }: URL): AnswerFilter {
	const state = shownStates.find((each) => each === searchParams.get('state')) ?? '';
	const team = searchParams.get('team') ?? '';
	return {
		flagged: searchParams.get('flagged') === '1', question: searchParams.get('fq'), answer: searchParams.get('fa')?.trim() ?? '',
		state, team: /^[0-9a-f-]{36}$/.test(team) ? team : ''
	};
}
