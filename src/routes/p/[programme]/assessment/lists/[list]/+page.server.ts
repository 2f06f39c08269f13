import { z } from 'zod';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types.js';
import { removeEntity } from '#modules/assessment/entities/entity-commands.server.ts';
import { identifyingColumns } from '#modules/assessment/entities/entity-list.ts';
import { entitiesOf, getEntityList } from '#modules/assessment/entities/entity-queries.server.ts';
import { editEntityList } from '#modules/assessment/entities/permits.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import { fold } from '#platform/search-fold.ts';
import { readTableQuery } from '#ui/table.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, list: id } = event.params;
		const list = await getEntityList(tx, programme, id);
		const mayEdit = await mayI(tx, editEntityList, id);
		const columns = [{ key: 'label', always: true }, ...list.properties.map((key) => ({ key })), ...(mayEdit ? [{ key: 'entry', always: true }] : [])];
		const query = readTableQuery(event.url, columns, { pageSize: 50 });
		const all = await entitiesOf(tx, id);
		const words = fold(query.search).split(' ').filter((word) => word !== '');
		const matching = all.filter(({ label, data }) => {
			const key = fold([label, ...Object.values(data)].join(' '));
			return words.every((word) => key.includes(word));
		});
		return {
			list,
			query,
			matching: matching.length,
			total: all.length,
			rows: matching.slice(query.offset, query.offset + query.pageSize),
			identifying: identifyingColumns(list.name, list.properties),
			mayEdit
		};
	});

/** Takes an entry out, or puts it back. */
const taking = (event: RequestEvent, removed: boolean) =>
	acting(event, z.object({ entity: z.uuid() }), async (tx, { entity }) => {
		const { programme = '', list = '' } = event.params;
		await removeEntity(tx, await permit(tx, editEntityList, list), entity, removed);
		return `/p/${programme}/assessment/lists/${list}`;
	});

export const actions: Actions = {
	remove: (event) => taking(event, true),
	back: (event) => taking(event, false)
};
