import type { RequestHandler } from './$types.js';
import { fillingAnswer, sentRefusal } from '#modules/assessment/collection/filling-answer.server.ts';
import { roundForPerson } from '#modules/assessment/collection/filling.server.ts';
import { receiveRefusal } from '#modules/assessment/collection/refusal.server.ts';
import { problem } from '#platform/problem.ts';
import { asking } from '#platform/request.server.ts';

/** Records that somebody declined when a signed-in collector asked. */
export const POST: RequestHandler = (event) =>
	fillingAnswer(event.locals.locale, async () => {
		const { request, params, locals: { actor } } = event;
		if (actor.kind !== 'person') throw problem('collection.sign-in', 401);
		const said = await sentRefusal(request);
		const round = await asking(event, (tx) => roundForPerson(tx, params.programme, params.round));
		await receiveRefusal(actor, round, said);
	});
