import type { PageServerLoad } from './$types.js';
import { treeOf } from '#modules/assessment/coding/codebook.ts';
import { filterFrom } from '#modules/assessment/coding/filter.ts';
import { listCodes } from '#modules/assessment/coding/queries.server.ts';
import { findSegments, listCoders } from '#modules/assessment/coding/retrieval.server.ts';
import { placeOptions } from '#modules/network/queries.server.ts';
import { reading } from '#platform/request.server.ts';
import { readTableQuery } from '#ui/table.ts';

const pageSize = 50;

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const programmeId = event.params.programme;
		const codes = await listCodes(tx, programmeId);
		const filter = filterFrom(event.url);
		const found = await findSegments(tx, programmeId, codes, filter);
		const { page, offset } = readTableQuery(event.url, [], { pageSize });
		return {
			codes: treeOf(codes),
			filter,
			places: await placeOptions(tx, programmeId, 'mahalla'),
			coders: await listCoders(tx, programmeId),
			rows: found.slice(offset, offset + pageSize),
			count: found.length,
			page,
			pages: Math.max(1, Math.ceil(found.length / pageSize))
		};
	});
