import type { PageServerLoad } from './$types.js';
import { listBriefings } from '#modules/policy/briefing/queries.server.ts';
import { draftBriefing } from '#modules/policy/briefing/permits.ts';
import { localText } from '#platform/locales.ts';
import { codeOf } from '#platform/numbers.server.ts';
import { mayI } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const search = event.url.searchParams.get('q')?.slice(0, 200) ?? '';
		const rows = await listBriefings(tx, event.params.programme, { search });
		return {
			search,
			mayDraft: await mayI(tx, draftBriefing, { programmeId: event.params.programme }),
			briefings: rows.map((row) => ({ ...row, code: codeOf('briefing', row.number), title: localText(row.title, event.locals.locale) }))
		};
	});
