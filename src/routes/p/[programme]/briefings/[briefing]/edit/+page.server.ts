import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types.js';
import { localizeHref } from '#paraglide/runtime.js';
import { briefingFields } from '#modules/policy/briefing/briefing.ts';
import { editBriefing } from '#modules/policy/briefing/commands.server.ts';
import * as verbs from '#modules/policy/briefing/permits.ts';
import { getBriefing } from '#modules/policy/briefing/queries.server.ts';
import { permit } from '#platform/permit.server.ts';
import { versionAt } from '#platform/record.server.ts';
import { acting, reading, seenIn } from '#platform/request.server.ts';

export const load: PageServerLoad = async (event) => {
	const { programme, briefing: id } = event.params;
	const { version, briefing } = await reading(event, async (tx) => ({ version: await versionAt(tx, { table: 'policy.briefing', id }), briefing: await getBriefing(tx, programme, id) }));
	if (briefing.state !== 'draft') redirect(303, localizeHref(`/p/${programme}/briefings/${id}`));
	const { title, summary, slug, locales, code } = briefing;
	return { version, briefing: { id, title, summary, slug, locales, code } };
};

export const actions: Actions = {
	default: (event) =>
		acting(event, briefingFields, async (tx, fields) => {
			const { programme, briefing } = event.params;
			await editBriefing(tx, await permit(tx, verbs.editBriefing, briefing), fields, seenIn(event));
			return `/p/${programme}/briefings/${briefing}`;
		})
};
