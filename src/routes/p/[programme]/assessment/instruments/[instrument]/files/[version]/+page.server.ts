import type { Actions, PageServerLoad } from './$types.js';
import { versionFiles } from '#modules/assessment/instruments/form-file-queries.server.ts';
import { getInstrument } from '#modules/assessment/instruments/queries.server.ts';
import { changeFormFiles } from '#modules/assessment/permits.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { notFound } from '#platform/problem.ts';
import { reading } from '#platform/request.server.ts';
import { megabytes, putting, removing } from '../../../form-files.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, instrument: id, version: versionId } = event.params;
		const { instrument, versions } = await getInstrument(tx, programme, id);
		const version = versions.find((each) => each.id === versionId);
		if (!version) throw notFound();
		return { instrument, version: { id: version.id, version: version.version }, ...(await versionFiles(tx, programme, versionId)), mayChange: await mayI(tx, changeFormFiles, versionId), megabytes };
	});

export const actions: Actions = {
	put: (event) => putting(event, (tx) => permit(tx, changeFormFiles, event.params.version)),
	remove: (event) => removing(event, (tx) => permit(tx, changeFormFiles, event.params.version))
};
