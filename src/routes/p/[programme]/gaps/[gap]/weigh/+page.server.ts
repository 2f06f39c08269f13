import type { Actions, PageServerLoad } from './$types.js';
import { permit } from '#platform/permit.server.ts';
import { acting, reading, seenIn } from '#platform/request.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { weighGap } from '#modules/gaps/weigh/commands.server.ts';
import { weighFields } from '#modules/gaps/weigh/weigh.ts';
import { readHead } from '../../head.server.ts';

const written = (value: string | number | null): string => (value === null ? '' : String(Math.round(Number(value))));

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, gap: id } = event.params;
		await permit(tx, verbs.weighGap, id);
		const { gap, head } = await readHead(tx, programme, id, event.locals.locale);
		const { severity, feasibility, peopleLow, peopleHigh, peopleSource, version } = gap;
		const values = { severity: written(severity), feasibility: written(feasibility), peopleLow: written(peopleLow), peopleHigh: written(peopleHigh), peopleSource: peopleSource ?? '' };
		return { head, version, values };
	});

export const actions: Actions = {
	default: (event) => {
		const { programme, gap } = event.params;
		return acting(event, weighFields, async (tx, fields) => {
			await weighGap(tx, await permit(tx, verbs.weighGap, gap), fields, seenIn(event));
			return `/p/${programme}/gaps/${gap}`;
		});
	}
};
