import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { addDocument } from '#modules/assessment/evidence-commands.server.ts';
import { documentFields } from '#modules/assessment/evidence.ts';
import { addDocument as add } from '#modules/assessment/permits.ts';
import { placeOptions } from '#modules/network/queries.server.ts';
import { storeFile } from '#platform/files.server.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => ({ places: await placeOptions(tx, event.params.programme) }));

export const actions: Actions = {
	default: (event) =>
		acting(event, documentFields.extend({ file: z.instanceof(File).optional() }), async (tx, { file, ...fields }) => {
			const programmeId = event.params.programme;
			const may = await permit(tx, add, { programmeId, placeId: fields.placeId });
			const bytes = file && file.size > 0 ? new Uint8Array(await file.arrayBuffer()) : null;
			const stored = bytes && file ? await storeFile(tx, { programmeId, name: file.name, bytes, accept: ['pdf', 'docx', 'xlsx', 'png', 'jpg', 'webp', 'csv', 'txt'] }) : null;
			const id = await addDocument(tx, may, fields, stored?.id ?? null);
			return `/p/${programmeId}/assessment/documents/${id}`;
		})
};
