import type { Actions, PageServerLoad } from './$types.js';
import { codeOf } from '#platform/codes.ts';
import { localText } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import { mergeGaps } from '#modules/gaps/lineage/commands.server.ts';
import { mergeFields, undoDays } from '#modules/gaps/lineage/lineage.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { openGaps } from '#modules/gaps/queries.server.ts';
import { readHead } from '../../head.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, gap } = event.params;
		const { locale } = event.locals;
		await permit(tx, verbs.mergeGaps, { into: gap, from: [] });
		const { head } = await readHead(tx, programme, gap, locale);
		const others = (await openGaps(tx, programme)).filter((each) => each.id !== gap);
		return { head, undoDays, others: others.map(({ id, number, title }) => ({ value: id, label: `${codeOf('gap', number)} · ${localText(title, locale).text}` })) };
	});

export const actions: Actions = {
	default: (event) => {
		const { programme, gap } = event.params;
		return acting(event, mergeFields, async (tx, fields) => {
			await mergeGaps(tx, await permit(tx, verbs.mergeGaps, { into: gap, from: fields.from }), fields);
			return `/p/${programme}/gaps/${gap}`;
		});
	}
};
