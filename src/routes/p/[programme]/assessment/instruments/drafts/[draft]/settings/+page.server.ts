import { z } from 'zod';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types.js';
import { languagesOf } from '#modules/assessment/instruments/book.ts';
import { changeDraft, putAway, renameDraft } from '#modules/assessment/instruments/draft-commands.server.ts';
import { formIdSchema } from '#modules/assessment/instruments/draft.ts';
import type { Edit } from '#modules/assessment/instruments/edit-kinds.ts';
import { settingsMark } from '#modules/assessment/instruments/edit-settings.ts';
import { draftPage } from '#modules/assessment/instruments/editor-page.server.ts';
import { settingsOf } from '#modules/assessment/instruments/outline.ts';
import { editInstrument } from '#modules/assessment/permits.ts';
import { localTextOf } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { draft, book, problems, mayEdit } = await draftPage(tx, event.params.programme, event.params.draft, event.locals.locale);
		return { draft, problems, mayEdit, languages: languagesOf(book), settings: settingsOf(book), seen: settingsMark(book) };
	});

const text = z.string().max(2000).default('');
const here = (event: RequestEvent): string => `/p/${event.params['programme'] ?? ''}/assessment/instruments/drafts/${event.params['draft'] ?? ''}`;

function changing<S extends z.ZodType>(event: RequestEvent, schema: S, edit: (input: z.output<S>) => Edit) {
	return acting(event, schema, async (tx, input) => {
		await changeDraft(tx, await permit(tx, editInstrument, event.params['draft'] ?? ''), edit(input));
		return `${here(event)}/settings`;
	});
}

export const actions: Actions = {
	save: (event) =>
		changing(event, z.object({ seen: z.string().max(40), title: z.string().trim().min(1).max(300), id_string: formIdSchema, default_language: text, instance_name: text, style: text }), ({ seen, ...fields }) => ({ do: 'settings', seen, fields })),
	title: (event) =>
		acting(event, z.object({ listed: localTextOf(300) }), async (tx, { listed }) => {
			await renameDraft(tx, await permit(tx, editInstrument, event.params.draft), listed);
			return `${here(event)}/settings`;
		}),
	add: (event) => changing(event, z.object({ language: z.string().trim().min(1).max(60) }), ({ language }) => ({ do: 'language-add', language })),
	rename: (event) => changing(event, z.object({ from: text, to: z.string().trim().min(1).max(60) }), (input) => ({ do: 'language-rename', ...input })),
	remove: (event) => changing(event, z.object({ language: text }), ({ language }) => ({ do: 'language-remove', language })),
	away: (event) =>
		acting(event, z.object({}), async (tx) => {
			await putAway(tx, await permit(tx, editInstrument, event.params.draft), true);
			return `/p/${event.params.programme}/assessment/instruments`;
		}),
	back: (event) =>
		acting(event, z.object({}), async (tx) => {
			await putAway(tx, await permit(tx, editInstrument, event.params.draft), false);
			return here(event);
		})
};
