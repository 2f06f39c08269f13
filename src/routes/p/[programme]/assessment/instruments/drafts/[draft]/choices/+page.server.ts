import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { languagesOf, markOf, sheetOf } from '#modules/assessment/instruments/book.ts';
import { changeDraft } from '#modules/assessment/instruments/draft-commands.server.ts';
import type { Edit } from '#modules/assessment/instruments/edit-kinds.ts';
import { draftPage } from '#modules/assessment/instruments/editor-page.server.ts';
import { fieldsFrom } from '#modules/assessment/instruments/field-names.ts';
import { listsOf, outlineOf, typeParts } from '#modules/assessment/instruments/outline.ts';
import { editInstrument } from '#modules/assessment/permits.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import type { RequestEvent } from '@sveltejs/kit';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { draft, book, problems, mayEdit } = await draftPage(tx, event.params.programme, event.params.draft, event.locals.locale);
		const used = outlineOf(book).map((row) => typeParts(row.fields['type'] ?? '').list);
		const marks = new Map(sheetOf(book, 'choices')?.rows.map((row) => [row.id, markOf(row.cells)]) ?? []);
		const lists = listsOf(book).map((list) => ({
			...list,
			used: used.filter((name) => name === list.name).length,
			choices: list.choices.map((choice) => ({ ...choice, mark: marks.get(choice.id) ?? '', problems: problems.filter((each) => each.sheet === 'choices' && each.id === choice.id).map((each) => each.text) }))
		}));
		return { draft, problems: problems.filter((each) => each.sheet === 'choices'), mayEdit, languages: languagesOf(book), lists };
	});

function changing<S extends z.ZodType>(event: RequestEvent, schema: S, edit: (input: z.output<S>) => { edit: Edit; list: string }) {
	const { programme = '', draft = '' } = event.params;
	return acting(event, schema, async (tx, input) => {
		const wanted = edit(input);
		await changeDraft(tx, await permit(tx, editInstrument, draft), wanted.edit);
		return `/p/${programme}/assessment/instruments/drafts/${draft}/choices#l-${encodeURIComponent(wanted.list)}`;
	});
}

const list = z.string().max(100);
const listFields = z.looseObject({ list, name: z.string().trim().regex(/^[^\s"'<>]{1,60}$/), seen: z.string().max(40), rows: z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string().max(12)).default([])) });
const rowFields = z.object({ row: z.string().max(12), list, seen: z.string().max(40).default('') });

export const actions: Actions = {
	save: (event) =>
		changing(event, listFields, (input) => ({
			list: input.name,
			edit: { do: 'list', list: input.list, name: input.name, seen: input.seen, rows: input.rows.map((id) => ({ id: id.startsWith('new') ? '' : id, fields: fieldsFrom(input[id]) })) }
		})),
	up: (event) => changing(event, rowFields, ({ row, list }) => ({ list, edit: { do: 'choice-up', row } })),
	down: (event) => changing(event, rowFields, ({ row, list }) => ({ list, edit: { do: 'choice-down', row } })),
	remove: (event) => changing(event, rowFields, ({ row, list, seen }) => ({ list, edit: { do: 'choice-remove', row, seen } }))
};
