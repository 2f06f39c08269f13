import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { listDrafts } from '#modules/assessment/instruments/draft-queries.server.ts';
import { uploadInstrument } from '#modules/assessment/permits.ts';
import { listInstruments } from '#modules/assessment/instruments/queries.server.ts';
import { storeFile } from '#platform/files.server.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const programmeId = event.params.programme;
		return { instruments: await listInstruments(tx, programmeId), drafts: await listDrafts(tx, programmeId), mayUpload: await mayI(tx, uploadInstrument, { programmeId }) };
	});

export const actions: Actions = {
	upload: (event) =>
		acting(event, z.object({ file: z.instanceof(File) }), async (tx, { file }) => {
			const programmeId = event.params.programme;
			await permit(tx, uploadInstrument, { programmeId });
			const bytes = new Uint8Array(await file.arrayBuffer());
			const stored = await storeFile(tx, { programmeId, name: file.name, bytes, accept: ['xlsx'] });
			return `/p/${programmeId}/assessment/instruments/check/${stored.id}`;
		})
};
