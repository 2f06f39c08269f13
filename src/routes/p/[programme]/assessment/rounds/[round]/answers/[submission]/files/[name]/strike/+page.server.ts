import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types.js';
import { strikeFile as strike } from '#modules/assessment/fieldwork/submission-file-commands.server.ts';
import { strikeFile } from '#modules/assessment/fieldwork/permits.ts';
import { fileOf } from '#modules/assessment/fieldwork/submission-file-queries.server.ts';
import { strikeFields } from '#modules/assessment/fieldwork/submission-file.ts';
import { readSubmissions } from '#modules/assessment/permits.ts';
import { localizeHref } from '#paraglide/runtime.js';
import { permit } from '#platform/permit.server.ts';
import { acting, demandStepUp, reading } from '#platform/request.server.ts';
import { needStepUp } from '../../../../../../../../step-up.server.ts';

type Params = { readonly programme: string; readonly round: string; readonly submission: string; readonly name: string };
const here = ({ programme, round, submission, name }: Params): string => `/p/${programme}/assessment/rounds/${round}/answers/${submission}/files/${encodeURIComponent(name)}`;

export const load: PageServerLoad = async (event) => {
	needStepUp(event);
	const { round, submission, name } = event.params;
	const { struck } = await reading(event, async (tx) => {
		await permit(tx, strikeFile, submission);
		return fileOf(tx, await permit(tx, readSubmissions, round), submission, name);
	});
	if (struck) redirect(303, localizeHref(here(event.params)));
	return { name };
};

export const actions: Actions = {
	default: (event) =>
		acting(event, strikeFields, async (tx, fields) => {
			demandStepUp(event);
			await strike(tx, await permit(tx, strikeFile, event.params.submission), event.params.name, fields);
			return here(event.params);
		})
};
