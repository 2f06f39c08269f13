import { Readable } from 'node:stream';
import type { RequestHandler } from './$types.js';
import { fillingAnswer } from '#modules/assessment/collection/filling-answer.server.ts';
import { roundForPerson } from '#modules/assessment/collection/filling.server.ts';
import { formOf } from '#modules/assessment/collection/form.server.ts';
import { receive } from '#modules/assessment/collection/intake.server.ts';
import { readUpload } from '#modules/assessment/collection/upload.server.ts';
import { problem } from '#platform/problem.ts';
import { asking } from '#platform/request.server.ts';

/** Takes what a signed-in collector's filling page sends; answers as the door for collection apps does. */
export const POST: RequestHandler = (event) =>
	fillingAnswer(event.locals.locale, async () => {
		const { request, params, locals: { actor } } = event;
		if (actor.kind !== 'person') throw problem('collection.sign-in', 401);
		const round = await asking(event, (tx) => roundForPerson(tx, params.programme, params.round));
		const form = await formOf(round.versionId);
		const body = Readable.from(request.body ?? []);
		const upload = await readUpload(body, Object.fromEntries(request.headers));
		try {
			await receive(actor, round, form.shape, upload);
		} finally {
			await upload.discard();
		}
	});
