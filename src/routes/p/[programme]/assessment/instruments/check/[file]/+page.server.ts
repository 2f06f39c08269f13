import { z } from 'zod';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types.js';
import { instrumentLocalText } from '#modules/assessment/figures/figure.ts';
import { saveInstrument } from '#modules/assessment/instruments/commands.server.ts';
import { listEntityLists } from '#modules/assessment/entities/entity-queries.server.ts';
import { bookOf } from '#modules/assessment/instruments/book.ts';
import { startDraft } from '#modules/assessment/instruments/draft-commands.server.ts';
import { draftInstrument, uploadInstrument } from '#modules/assessment/permits.ts';
import { readSheets, readXlsForm } from '#modules/assessment/instruments/xlsform.server.ts';
import { readStoredFile } from '#platform/files.server.ts';
import { localTextOf } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { acting, reading } from '#platform/request.server.ts';
import { namedFiles } from '#xforms/namedFiles.ts';
import { warningsSaid, xlsFormErrorText } from '#modules/assessment/instruments/xlsform-problems.ts';

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
	const lists = await reading(event, async (tx) => new Set((await listEntityLists(tx, event.params.programme)).map((list) => `${list.name}.csv`)));
	const files = namedFiles(result.xml).map((file) => file.name).filter((file) => !lists.has(file));
	return { name, ready: { model, warnings: warningsSaid(warnings, event.locals.locale), identifying, versionGiven, files, title: instrumentLocalText({ [model.defaultLanguage]: model.title }, model.defaultLanguage, model.formId) } };
};

export const actions: Actions = {
	/** The file becomes a draft, faults and all: they are mended in the browser. */
	draft: async (event) => {
		const { programme, file } = event.params;
		const { name, result } = await check(event, programme, file);
		return acting(event, z.object({}), async (tx) => {
			const may = await permit(tx, draftInstrument, { programmeId: programme });
			const read = result.ok ? result.workbook : await readSheets(new Uint8Array((await readStoredFile(tx, programme, file)).content));
			const title = result.ok ? instrumentLocalText({ [result.model.defaultLanguage]: result.model.title }, result.model.defaultLanguage, name) : { uz: name };
			return `/p/${programme}/assessment/instruments/drafts/${await startDraft(tx, may, { title, book: bookOf(read), basedOnId: null })}`;
		});
	},
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
