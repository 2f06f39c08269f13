import { Readable } from 'node:stream';
import type { RequestHandler } from './$types.js';
import { roundForPerson } from '#modules/assessment/collection/filling.server.ts';
import { formOf } from '#modules/assessment/collection/form.server.ts';
import { receive } from '#modules/assessment/collection/intake.server.ts';
import { openRosaMessage } from '#modules/assessment/collection/openrosa-message.ts';
import { readUpload } from '#modules/assessment/collection/upload.server.ts';
import { inTransaction } from '#platform/database.server.ts';
import { Problem, problem } from '#platform/problem.ts';
import { problemText } from '#platform/problem-text.ts';
import { m } from '#paraglide/messages.js';

/** Takes what a signed-in collector's filling page sends; answers as the door for collection apps does. */
export const POST: RequestHandler = async ({ request, params, locals }) => {
	const { actor, locale } = locals;
	try {
		if (actor.kind !== 'person') throw problem('not-permitted', 403);
		const round = await inTransaction(actor, (tx) => roundForPerson(tx, params.programme, params.round));
		const form = await formOf(round.versionId);
		const body = Readable.from(request.body ?? []);
		const upload = await readUpload(body, Object.fromEntries(request.headers));
		try {
			await receive(actor, round, form.shape, upload);
		} finally {
			await upload.discard();
		}
		return answer(201, openRosaMessage('submit_success', m.assessment_openrosa_received({}, { locale })));
	} catch (thrown) {
		if (!(thrown instanceof Problem)) throw thrown;
		return answer(thrown.status, openRosaMessage('error', problemText(thrown.code, thrown.facts, locale)));
	}
};

const answer = (status: number, xml: string): Response =>
	new Response(xml, { status, headers: { 'content-type': 'text/xml; charset=utf-8', 'cache-control': 'no-store', 'x-openrosa-version': '1.0' } });
