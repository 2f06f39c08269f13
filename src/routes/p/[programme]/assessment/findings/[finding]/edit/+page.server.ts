import type { Actions, PageServerLoad } from './$types.js';
import { editFinding } from '#modules/assessment/evidence-commands.server.ts';
import { findingFields } from '#modules/assessment/evidence.ts';
import { draftFinding, editFinding as edit } from '#modules/assessment/permits.ts';
import { documentOptions, figureOptions, getFinding, quotationOptions, scoreOptions } from '#modules/assessment/queries.server.ts';
import { placeOptions } from '#modules/network/queries.server.ts';
import { permit } from '#platform/permit.server.ts';
import { versionAt } from '#platform/record.server.ts';
import { acting, reading, seenIn } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, finding: id } = event.params;
		const { locale } = event.locals;
		await permit(tx, edit, id);
		const version = await versionAt(tx, { table: 'assessment.finding', id });
		const { finding, figures, quotations, documents, scores } = await getFinding(tx, programme, id);
		const ids = (rows: readonly { id: string }[]): string[] => rows.map((row) => row.id);
		return {
			finding,
			version,
			places: await placeOptions(tx, programme),
			options: { figures: await figureOptions(tx, programme, locale), quotations: await quotationOptions(tx, programme, locale), documents: await documentOptions(tx, programme, locale), scores: await scoreOptions(tx, programme, locale) },
			cited: { figures: ids(figures), quotations: ids(quotations), documents: ids(documents), scores: ids(scores) }
		};
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, findingFields, async (tx, fields) => {
			const { programme, finding } = event.params;
			// Moving a finding elsewhere needs the right to write one there, too.
			await permit(tx, draftFinding, { programmeId: programme, placeId: fields.placeId });
			await editFinding(tx, await permit(tx, edit, finding), fields, seenIn(event));
			return `/p/${programme}/assessment/findings/${finding}`;
		})
};
