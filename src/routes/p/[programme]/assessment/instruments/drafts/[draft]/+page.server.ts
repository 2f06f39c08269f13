import { z } from 'zod';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types.js';
import { markOf, sheetOf } from '#modules/assessment/instruments/book.ts';
import { changeDraft, stepDraft } from '#modules/assessment/instruments/draft-commands.server.ts';
import { getDraft } from '#modules/assessment/instruments/draft-queries.server.ts';
import type { Edit } from '#modules/assessment/instruments/edit-kinds.ts';
import { draftPage, editorOf } from '#modules/assessment/instruments/editor-page.server.ts';
import { filesToTry } from '#modules/assessment/instruments/form-file-queries.server.ts';
import { fieldsFrom } from '#modules/assessment/instruments/field-names.ts';
import { editInstrument } from '#modules/assessment/permits.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { draft, book, result, problems, mayEdit } = await draftPage(tx, event.params.programme, event.params.draft, event.locals.locale);
		return { draft, problems, ready: result.ok, files: result.ok ? await filesToTry(tx, event.params.programme, draft.id, result.xml) : [], mayEdit, editor: editorOf(book, event.url.searchParams.get('open'), event.locals.locale) };
	});

const row = z.string().max(12);
const text = z.string().max(10_000).default('');

/** Carries one change out and shows the row it was about. The address says the row's new mark, for whoever goes on typing. */
function changing<S extends z.ZodType>(event: RequestEvent, schema: S, edit: (input: z.output<S>) => Edit) {
	const { programme = '', draft = '' } = event.params;
	return acting(event, schema, async (tx, input) => {
		const may = await permit(tx, editInstrument, draft);
		const changed = await changeDraft(tx, may, edit(input));
		const here = `/p/${programme}/assessment/instruments/drafts/${draft}`;
		if (changed.row === undefined) return here;
		const { book } = await getDraft(tx, programme, draft);
		const mark = markOf(sheetOf(book, 'survey')?.rows.find((each) => each.id === changed.row)?.cells ?? []);
		return `${here}?open=${changed.row}&mark=${mark}#row-${changed.row}`;
	});
}

const rowFields = z.object({ row, seen: z.string().max(40), kind: text, list: text, newList: text, rest: text, showIf: text, fields: z.unknown() });

function setEdit(input: z.output<typeof rowFields>): Edit {
	const fields = fieldsFrom(input.fields);
	if (input.showIf === 'always') fields['bind::relevant'] = '';
	else if (input.showIf !== '' && input.showIf !== 'own') fields['bind::relevant'] = input.showIf;
	const list = input.newList.trim() === '' ? input.list : input.newList.trim().replace(/\s+/g, '_');
	const type = input.kind === '' ? undefined : { kind: input.kind, list: ['select_one', 'select_multiple', 'rank', 'select_one_from_file', 'select_multiple_from_file'].includes(input.kind) ? list || `${fields['name'] ?? input.row}_list` : '', rest: input.rest };
	return { do: 'set', row: input.row, seen: input.seen, fields, ...(type ? { type } : {}) };
}

export const actions: Actions = {
	add: (event) => changing(event, z.object({ after: z.string().max(12).default(''), kind: z.string().min(1).max(60) }), (input) => ({ do: 'add', ...input })),
	set: (event) => changing(event, rowFields, setEdit),
	up: (event) => changing(event, z.object({ row }), (input) => ({ do: 'up', ...input })),
	down: (event) => changing(event, z.object({ row }), (input) => ({ do: 'down', ...input })),
	duplicate: (event) => changing(event, z.object({ row }), (input) => ({ do: 'duplicate', ...input })),
	remove: (event) =>
		changing(event, z.object({ row, seen: z.string().max(40), keep: z.string().optional() }), ({ keep, ...input }) => ({ do: 'remove', ...input, keep: keep !== undefined })),
	step: (event) =>
		acting(event, z.object({ step: z.enum(['undo', 'redo']), revision: z.coerce.number().int() }), async (tx, { step, revision }) => {
			const { programme, draft } = event.params;
			await stepDraft(tx, await permit(tx, editInstrument, draft), step === 'undo' ? -1 : 1, revision);
			const open = event.url.searchParams.get('open');
			return `/p/${programme}/assessment/instruments/drafts/${draft}${open === null ? '' : `?open=${encodeURIComponent(open)}`}`;
		})
};
