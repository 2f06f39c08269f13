import type { RequestHandler } from './$types.js';
import { xlsxResponse } from '#modules/assessment/instruments/export.server.ts';
import { shippedById, shippedWorkbook } from '#modules/assessment/instruments/shipped/shipped.ts';
import { notFound } from '#platform/problem.ts';
import { personOf, reading } from '#platform/request.server.ts';

export const GET: RequestHandler = async (event) => {
	personOf(event);
	const found = await reading(event, () => {
		const each = shippedById(event.params.shipped);
		if (!each) throw notFound();
		return Promise.resolve(each);
	});
	return xlsxResponse(shippedWorkbook(found), found.id);
};
