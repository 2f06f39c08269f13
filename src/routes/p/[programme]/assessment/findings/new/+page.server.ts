import type { Actions, PageServerLoad } from './$types.js';
import { draftFinding } from '#modules/assessment/evidence-commands.server.ts';
import { findingFields } from '#modules/assessment/evidence.ts';
import { draftFinding as draft } from '#modules/assessment/permits.ts';
import { documentOptions, figureOptions, quotationOptions, scoreOptions } from '#modules/assessment/queries.server.ts';
import { placeOptions } from '#modules/network/queries.server.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme } = event.params;
		const { locale } = event.locals;
		const asked = (name: string): string[] => event.url.searchParams.getAll(name);
		return {
			places: await placeOptions(tx, programme),
			options: { figures: await figureOptions(tx, programme, locale), quotations: await quotationOptions(tx, programme, locale), documents: await documentOptions(tx, programme, locale), scores: await scoreOptions(tx, programme, locale) },
			cited: { figures: asked('figure'), quotations: asked('quotation'), documents: asked('document'), scores: asked('score') }
		};
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, findingFields, async (tx, fields) => {
			const programmeId = event.params.programme;
			const id = await draftFinding(tx, await permit(tx, draft, { programmeId, placeId: fields.placeId }), fields);
			return `/p/${programmeId}/assessment/findings/${id}`;
		})
};
