import { z } from 'zod';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types.js';
import { instrumentLocalText } from '#modules/assessment/figures/figure.ts';
import { saveInstrument } from '#modules/assessment/instruments/commands.server.ts';
import { uploadInstrument } from '#modules/assessment/permits.ts';
import { readXlsForm } from '#modules/assessment/instruments/xlsform.server.ts';
import { readStoredFile } from '#platform/files.server.ts';
import { localTextOf } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { acting, reading } from '#platform/request.server.ts';
import { xlsFormErrorText } from '#modules/assessment/instruments/xlsform-problems.ts';

/** The spreadsheet is read outside of the transaction: parsing may take its time. */
async function check(event: RequestEvent, programmeId: string, fileId: string) {
	const file = await reading(event, async (tx) => {
		await permit(tx, uploadInstrument, { programmeId });
		return readStoredFile(tx, programmeId, fileId);
	});
	return { name: file.name, result: await readXlsForm(new Uint8Array(file.content), file.name) };
}

export const load: PageServerLoad = async (event) => {
	const { name, result } = await check(event, event.params.programme, event.params.file);
	if (!result.ok) {
		const { locale } = event.locals;
		// The place stands in columns of its own, so the sentence does not name it again.
		const reason = ({ code, facts, message }: (typeof result.errors)[number]): string => xlsFormErrorText({ code, facts, message }, locale);
		return { name, errors: result.errors.map((error) => ({ sheet: error.sheet, row: error.row, column: error.column, reason: reason(error) })) };
	}
	const { model, warnings, identifying, versionGiven } = result;
	return { name, ready: { model, warnings, identifying, versionGiven, title: instrumentLocalText({ [model.defaultLanguage]: model.title }, model.defaultLanguage, model.formId) } };
};

export const actions: Actions = {
	save: async (event) => {
		const { programme, file } = event.params;
		const { result } = await check(event, programme, file);
		return acting(event, z.object({ title: localTextOf(300) }), async (tx, { title }) => {
			const may = await permit(tx, uploadInstrument, { programmeId: programme });
			if (!result.ok) throw problem('not-found', 404);
			const { instrumentId } = await saveInstrument(tx, may, { title, sourceFileId: file, ready: result });
			return `/p/${programme}/assessment/instruments/${instrumentId}`;
		});
	}
};
