import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { linkSheet } from '#modules/assessment/collect-settings.server.ts';
import * as verbs from '#modules/assessment/permits.ts';
import { makeToken, revokeToken } from '#modules/assessment/round-commands.server.ts';
import { getRound, listTokens } from '#modules/assessment/round-queries.server.ts';
import { tokenFields } from '#modules/assessment/round.ts';
import { inTransaction } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { localText } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { formErrors, problemErrors } from '#platform/problem-text.ts';
import { acting, asProblem, formObject, reading, sentForm } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round: id } = event.params;
		await permit(tx, verbs.makeToken, id);
		const { round, places } = await getRound(tx, programme, id);
		const now = Date.now();
		const links = (await listTokens(tx, id)).map((link) => ({
			...link,
			state: link.revokedAt ? ('revoked' as const) : link.expiresAt && link.expiresAt.getTime() < now ? ('expired' as const) : ('works' as const)
		}));
		return { round, places, links, freshId: newId() };
	});

/** Not `acting`: the secret is shown in the answer to this very request and nowhere else, so there is no page to go to. */
async function make(event: Parameters<NonNullable<Actions['make']>>[0]) {
	const { locale, actor } = event.locals;
	const data = await sentForm(event);
	const values: Record<string, string> = {};
	for (const [name, value] of data) if (typeof value === 'string' && name !== 'id') values[name] = value;
	const parsed = tokenFields.safeParse(formObject(data));
	if (!parsed.success) return fail(400, { errors: formErrors(parsed.error, locale), values });
	const { programme, round: id } = event.params;
	try {
		const made = await inTransaction(actor, async (tx) => {
			const secret = await makeToken(tx, await permit(tx, verbs.makeToken, id), parsed.data);
			return { secret, round: (await getRound(tx, programme, id)).round };
		});
		const name = localText(made.round.name, locale).text;
		return { errors: [], values: {}, label: parsed.data.label, made: await linkSheet(event.url.origin, made.secret, name, made.round.sensitive) };
	} catch (thrown) {
		const found = asProblem(thrown);
		if (!found) throw thrown;
		return fail(found.status, { errors: problemErrors(found, locale), values });
	}
}

export const actions: Actions = {
	make,
	revoke: (event) =>
		acting(event, z.object({ link: z.uuid() }), async (tx, { link }) => {
			await revokeToken(tx, await permit(tx, verbs.revokeToken, link));
			return `/p/${event.params.programme}/assessment/rounds/${event.params.round}/links`;
		})
};
