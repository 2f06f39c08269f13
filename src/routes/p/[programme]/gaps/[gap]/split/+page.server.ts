import type { Actions, PageServerLoad } from './$types.js';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import { splitGap } from '#modules/gaps/lineage/commands.server.ts';
import { mostParts, splitForm, undoDays } from '#modules/gaps/lineage/lineage.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { findingOptions } from '#modules/assessment/queries.server.ts';
import { readHead } from '../../head.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, gap: id } = event.params;
		const { locale } = event.locals;
		await permit(tx, verbs.splitGap, id);
		const { gap, head } = await readHead(tx, programme, id, locale);
		const findings = (await findingOptions(tx, programme, locale)).filter((each) => gap.findings.includes(each.value));
		return { head, undoDays, findings, parts: Array.from({ length: mostParts }, (_, i) => i + 1) };
	});

export const actions: Actions = {
	default: (event) => {
		const { programme, gap } = event.params;
		return acting(event, splitForm, async (tx, fields) => {
			await splitGap(tx, await permit(tx, verbs.splitGap, gap), fields);
			return `/p/${programme}/gaps/${gap}`;
		});
	}
};
