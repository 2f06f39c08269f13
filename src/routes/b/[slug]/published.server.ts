import { redirect, type RequestEvent } from '@sveltejs/kit';
import { publishedEdition, withdrawnOn } from '#modules/policy/briefing/queries.server.ts';
import { localizeHref } from '#paraglide/runtime.js';
import { publicActor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.server.ts';
import { readingOpenly } from '#platform/request.server.ts';

/** A public address: everybody sees there what the public sees, whoever is signed in, and nobody is asked to sign in for it. */
export const asPublic = <T>(event: RequestEvent, work: (tx: Tx) => Promise<T>): Promise<T> =>
	readingOpenly({ ...event, locals: { ...event.locals, actor: publicActor } }, work);

/** The published edition for a file of it; a file of a briefing that was withdrawn leads to the page that says so. */
export async function publishedAt(event: RequestEvent): Promise<Awaited<ReturnType<typeof publishedEdition>>> {
	const slug = event.params['slug'] ?? '';
	const found = await asPublic(event, async (tx) => ((await withdrawnOn(tx, slug)) === null ? publishedEdition(tx, slug, event.locals.locale) : null));
	return found ?? redirect(303, localizeHref(`/b/${slug}`));
}
