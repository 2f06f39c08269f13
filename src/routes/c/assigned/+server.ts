import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types.js';
import { assignedPages } from '#modules/assessment/collection/filling.server.ts';

/** The filling pages of every round into which the signed-in person may send now; none for anybody else. */
export const GET: RequestHandler = async ({ locals }) => {
	const { actor, locale } = locals;
	const pages = actor.kind === 'person' ? await assignedPages(actor, locale) : [];
	return json(pages, { headers: { 'cache-control': 'no-store' } });
};
