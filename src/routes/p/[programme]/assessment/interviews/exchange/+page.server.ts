import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { interviewConsents, interviewFields } from '#modules/assessment/coding/interview.ts';
import { proposeMasks } from '#modules/assessment/coding/masking/propose.ts';
import * as verbs from '#modules/assessment/coding/permits.ts';
import { listCodes, myRounds, placeNames } from '#modules/assessment/coding/queries.server.ts';
import { demandContent, importCodes, importInterviews } from '#modules/assessment/coding/refi/import-commands.server.ts';
import { pendingProject } from '#modules/assessment/coding/refi/pending.ts';
import { readCodebookFile, readProjectFile } from '#modules/assessment/coding/refi/read.server.ts';
import { groupsOf, strikesFrom } from '#modules/assessment/coding/taking.ts';
import { placeOptions } from '#modules/network/queries.server.ts';
import { pageOf } from '#platform/kept-forms.server.ts';
import { locales } from '#platform/locales.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { emptyFile } from '#platform/files.server.ts';
import { problem, Problem } from '#platform/problem.ts';
import { formErrors, problemErrors } from '#platform/problem-text.ts';
import { acting, asking, formObject, reading, sentForm, typedValues } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) => {
	event.setHeaders({ 'cache-control': 'no-store' });
	return reading(event, async (tx) => {
		const programmeId = event.params.programme;
		const outside = await verbs.readsInterviews(tx, programmeId);
		const rounds = await myRounds(tx, programmeId);
		const hasCodes = (await listCodes(tx, programmeId)).length > 0;
		return { rounds, outside, hasCodes, mayExport: await mayI(tx, verbs.exportCoding, { programmeId }), mayImport: (rounds.length > 0 || outside) && (await mayI(tx, verbs.editCodebook, { programmeId })), mayEdit: await mayI(tx, verbs.editCodebook, { programmeId }) };
	});
};

const chosen = z.object({ roundId: interviewFields.shape.roundId, language: z.enum(locales), consentLevel: z.enum(interviewConsents) });
const upload = chosen.extend({ file: z.instanceof(File) });
const bytesOf = async (file: File): Promise<Uint8Array> => {
	if (file.size === 0) throw emptyFile(file.name);
	return new Uint8Array(await file.arrayBuffer());
};

const list = z.preprocess((value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]), z.array(z.string().regex(/^\d{1,3}:\d{1,7}-\d{1,7}$/)).max(20_000));

export const actions: Actions = {
	codebook: (event) =>
		acting(event, z.object({ codebook: z.instanceof(File), language: z.enum(locales) }), async (tx, { codebook, language }) => {
			const programmeId = event.params.programme;
			const may = await permit(tx, verbs.importCodebook, { programmeId });
			const codes = await readCodebookFile(await bytesOf(codebook));
			if (codes.length === 0) throw problem('refi.empty', 400, {}, 'file');
			await importCodes(tx, may, codes, language);
			return `/p/${programmeId}/assessment/interviews/codebook`;
		}),
	/** Reads a project and proposes what to strike in its texts. Stores nothing: it goes back in the page, and comes again with the decisions. */
	read: async (event) => {
		const form = await sentForm(event);
		const asked = formObject(form);
		const parsed = upload.safeParse(asked);
		const values = typedValues(form, pageOf(event.url.pathname));
		const { locale } = event.locals;
		if (!parsed.success) return fail(400, { errors: formErrors(parsed.error, locale, asked), values });
		try {
			const programmeId = event.params.programme;
			const places = await asking(event, async (tx) => {
				await permit(tx, verbs.storeInterview, { programmeId, roundId: parsed.data.roundId });
				return placeNames(tx, programmeId);
			});
			const { project, skipped } = await readProjectFile(await bytesOf(parsed.data.file));
			demandContent(project);
			const sources = project.sources.map(({ text }) => groupsOf(text, proposeMasks(text, places)));
			return { pending: { project: JSON.stringify(project), skipped, sources, marks: project.sources.reduce((sum, { marks }) => sum + marks.length, 0) }, values, errors: [] };
		} catch (thrown) {
			if (!(thrown instanceof Problem)) throw thrown;
			return fail(thrown.status, { errors: problemErrors(thrown, locale), values });
		}
	},
	store: (event) =>
		acting(event, chosen.extend({ project: z.string().max(24_000_000), strike: list, words: z.string().max(20_000).default('') }), async (tx, { project: json, strike, words, ...facts }) => {
			const programmeId = event.params.programme;
			const project = pendingProject.safeParse(jsonOf(json));
			if (!project.success) throw problem('refi.unreadable', 400, {}, 'file');
			const codes = await importCodes(tx, await permit(tx, verbs.importCodebook, { programmeId }), project.data.codes, facts.language);
			const names = await placeNames(tx, programmeId);
			const strikes = project.data.sources.map(({ text }, at) => {
				const own = strike.filter((each) => each.startsWith(`${at}:`)).map((each) => each.slice(each.indexOf(':') + 1));
				return strikesFrom(text, names, { strike: own, span: [], words });
			});
			const places = (await placeOptions(tx, programmeId, 'mahalla')).map(({ id, name }) => ({ id, names: Object.values(name) }));
			const may = await permit(tx, verbs.storeInterview, { programmeId, roundId: facts.roundId });
			await importInterviews(tx, may, project.data, codes, facts, strikes, places);
			return `/p/${programmeId}/assessment/interviews`;
		})
};

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
