import type { RequestHandler } from './$types.js';
import { fillingAnswer, sentRefusal } from '#modules/assessment/collection/filling-answer.server.ts';
import { findLink, refusal } from '#modules/assessment/collection/link.server.ts';
import { receiveRefusal } from '#modules/assessment/collection/refusal.server.ts';
import { problem } from '#platform/problem.ts';

/** Records that somebody declined who came by a link. */
export const POST: RequestHandler = ({ request, params, locals }) =>
	fillingAnswer(locals.locale, async () => {
		const said = await sentRefusal(request);
		const link = await findLink(params.token);
		// Whether the round is open is asked where it is written: a closed one still knows what it has.
		const refused = refusal(link);
		if (refused || !link) throw refused ?? problem('collection.link-unknown', 403);
		await receiveRefusal({ kind: 'token', tokenId: link.tokenId }, link, said);
	});
