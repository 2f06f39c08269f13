import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types.js';
import { reopen } from '#modules/assessment/collection/sent.server.ts';
import { personOf, reading } from '#platform/request.server.ts';

/** Answers that a review sends back to who sent them in their own name. */
export const GET: RequestHandler = async (event) => {
	personOf(event);
	return json(await reading(event, (tx) => reopen(tx, event.params)), { headers: { 'cache-control': 'no-store' } });
};
