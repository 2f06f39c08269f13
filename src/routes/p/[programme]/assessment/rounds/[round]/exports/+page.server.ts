import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { choiceFrom, queryOf } from '#modules/assessment/exports/ask.ts';
import { exportFields, keptDays, mostAtOnce } from '#modules/assessment/exports/choice.ts';
import { makeFeed, revokeFeed } from '#modules/assessment/exports/commands.server.ts';
import { feedDays, feedFields, feedState } from '#modules/assessment/exports/feed.ts';
import { labelLanguages } from '#modules/assessment/exports/language.ts';
import { exportAsJob, lookAt } from '#modules/assessment/exports/prepare.server.ts';
import { listExports, listFeeds, placesOfRound, siblingRounds } from '#modules/assessment/exports/queries.server.ts';
import * as verbs from '#modules/assessment/permits.ts';
import { getRound } from '#modules/assessment/round-queries.server.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { formErrors, problemErrors } from '#platform/problem-text.ts';
import { acting, asking, demandStepUp, formObject, personOf, reading, sentForm, stepUpThenAgain } from '#platform/request.server.ts';
import { asProblem } from '#platform/thrown-problem.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round: roundId } = event.params;
		const { round, named } = await getRound(tx, programme, roundId);
		const about = { roundId, number: round.number, name: round.name, exports: await listExports(tx, roundId), feeds: await feeds(tx, roundId), personId: event.locals.signedIn?.personId };
		if (!named) return { ...about, desk: null };
		const choice = choiceFrom(event.url.searchParams, event.locals.locale);
		const { rounds, counted, atOnce } = await lookAt(tx, programme, roundId, choice);
		const languages = labelLanguages(rounds.map((each) => each.instrument));
		const language = languages.some((each) => each.key === choice.language) ? choice.language : (languages[0]?.key ?? '');
		return {
			...about,
			desk: {
				choice: { ...choice, language }, counted, atOnce, languages, mostAtOnce, keptDays, feedDays: [...feedDays], freshId: newId(),
				others: await siblingRounds(tx, roundId), places: await placesOfRound(tx, roundId)
			}
		};
	});

async function feeds(tx: Parameters<typeof listFeeds>[0], roundId: string) {
	const now = Date.now();
	return (await listFeeds(tx, roundId)).map((feed) => ({ ...feed, state: feedState(feed, now) }));
}

/** Not `acting`: the secret is shown in the answer to this very request and nowhere else, so there is no page to go to. */
async function feed(event: Parameters<NonNullable<Actions['feed']>>[0]) {
	const { locale } = event.locals;
	const data = await sentForm(event);
	const asked = formObject(data);
	const parsed = feedFields.safeParse(asked);
	const values = { label: String(data.get('label') ?? ''), days: String(data.get('days') ?? '') };
	if (!parsed.success) return fail(400, { errors: formErrors(parsed.error, locale, asked), values });
	const { round } = event.params;
	try {
		demandStepUp(event);
		const secret = await asking(event, async (tx) => makeFeed(tx, await permit(tx, verbs.makeFeed, round), parsed.data));
		return { errors: [], values: {}, feed: { address: `${event.url.origin}/odata/forms/${round}.svc`, user: parsed.data.id, secret } };
	} catch (thrown) {
		const found = asProblem(thrown);
		if (!found) throw thrown;
		if (found.code === 'step-up-needed') redirect(303, stepUpThenAgain(event));
		return fail(found.status, { errors: problemErrors(found, locale), values });
	}
}

const asked = exportFields.extend({ go: z.enum(['count', 'download']) });

export const actions: Actions = {
	make: (event) =>
		acting(event, asked, async (tx, { go, ...choice }) => {
			const { programme, round: roundId } = event.params;
			const here = `/p/${programme}/assessment/rounds/${roundId}/exports`;
			if (go === 'count') return `${here}?${queryOf(choice)}`;
			demandStepUp(event);
			const looked = await lookAt(tx, programme, roundId, choice);
			if (looked.atOnce) return `${here}/file?${queryOf(choice)}`;
			const { personId } = personOf(event);
			return `/p/${programme}/jobs/${await exportAsJob(tx, { programmeId: programme, roundId, personId, locale: event.locals.locale, choice }, looked)}`;
		}),
	feed,
	revoke: (event) =>
		acting(event, z.object({ feed: z.uuid() }), async (tx, input) => {
			await revokeFeed(tx, await permit(tx, verbs.revokeFeed, input.feed));
			return `/p/${event.params.programme}/assessment/rounds/${event.params.round}/exports`;
		})
};
