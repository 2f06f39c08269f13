import { error } from '@sveltejs/kit';
import { problemText } from '#platform/problem-text.ts';
import type { Locale } from '#platform/locales.ts';
import { changeDesk } from './change.server.ts';
import { commitmentDesk } from './commitment.server.ts';
import type { Desk } from './desk.server.ts';
import { gapDesk } from './gap.server.ts';
import { planDesk } from './plan.server.ts';
import { priorityDesk } from './priority.server.ts';
import { recommendationDesk } from './recommendation.server.ts';
import { resultDesk } from './result.server.ts';
import { trainingDesk } from './training.server.ts';

/** Every kind of record that has pages here, in the order of the thread. */
export const desks: readonly Desk[] = [
	gapDesk, priorityDesk, trainingDesk, planDesk, resultDesk, recommendationDesk, commitmentDesk, changeDesk
];

/** The desk that a folder in the address names; any other address is not found. */
export function deskAt(path: string, locale: Locale): Desk {
	const desk = desks.find((each) => each.path === path);
	if (!desk) error(404, { message: problemText('not-found', {}, locale), code: 'not-found' });
	return desk;
}
