import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import { undoLineage } from '#modules/gaps/lineage/commands.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { readHead } from '../../head.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, gap: id } = event.params;
		await permit(tx, verbs.undoLineage, id);
		const { gap, head } = await readHead(tx, programme, id, event.locals.locale);
		return { head, split: gap.state === 'split' };
	});

export const actions: Actions = {
	default: (event) => {
		const { programme, gap } = event.params;
		return acting(event, z.object({}), async (tx) => {
			await undoLineage(tx, await permit(tx, verbs.undoLineage, gap));
			return `/p/${programme}/gaps/${gap}`;
		});
	}
};
