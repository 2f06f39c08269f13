import { error, redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types.js';
import { choiceFrom } from '#modules/assessment/exports/ask.ts';
import { extensionOf, mostAtOnce } from '#modules/assessment/exports/choice.ts';
import { downloadHeadersOf, streamOf } from '#modules/assessment/exports/download.server.ts';
import { downloadOrder, lookAt } from '#modules/assessment/exports/prepare.server.ts';
import { runExport } from '#modules/assessment/exports/run.server.ts';
import { localizeHref } from '#paraglide/runtime.js';
import { Problem, problem } from '#platform/problem.ts';
import { problemText } from '#platform/problem-text.ts';
import { demandStepUp, personOf, reading } from '#platform/request.server.ts';

/** A download: written as it is read, and ended when nobody fetches it any more. */
export const GET: RequestHandler = async (event) => {
	const { personId } = personOf(event);
	const { programme, round: roundId } = event.params;
	const { locale, requestId } = event.locals;
	const choice = choiceFrom(event.url.searchParams, locale);
	const { order, name } = await reading(event, async (tx) => {
		const looked = await lookAt(tx, programme, roundId, choice);
		if (!looked.atOnce) throw problem('export.too-large', 409, { most: mostAtOnce });
		return downloadOrder(tx, { programmeId: programme, roundId, personId, locale, choice }, looked);
	});
	try {
		demandStepUp(event);
		const running = await runExport(order);
		return new Response(streamOf(running.pieces), { headers: downloadHeadersOf(`${name}.${extensionOf(choice.format, choice.attachments)}`) });
	} catch (thrown) {
		if (!(thrown instanceof Problem)) throw thrown;
		if (thrown.code === 'step-up-needed') redirect(303, `${localizeHref('/step-up')}?to=${encodeURIComponent(event.url.pathname + event.url.search)}`);
		error(thrown.status, { message: problemText(thrown.code, thrown.facts, locale), code: thrown.code, requestId });
	}
};
