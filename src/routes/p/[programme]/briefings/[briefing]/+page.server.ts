import { z } from 'zod';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';
import { whoCanSee } from '#modules/network/queries.server.ts';
import { blockFields } from '#modules/policy/briefing/briefing.ts';
import * as commands from '#modules/policy/briefing/commands.server.ts';
import * as verbs from '#modules/policy/briefing/permits.ts';
import { drawFigures } from '#modules/policy/briefing/charts.server.ts';
import { toldToday } from '#modules/policy/briefing/fallen.ts';
import { editionOf, objectionsTo, publishBriefing } from '#modules/policy/briefing/publish.server.ts';
import { figuresOf, judgedFigures, previewOf } from '#modules/policy/briefing/judged.server.ts';
import type { Pattern } from '#modules/releases/judge/verdict.ts';
import { bindingOptions, getBriefing, keptEdition } from '#modules/policy/briefing/queries.server.ts';
import { getProgramme } from '#modules/network/queries.server.ts';
import { m } from '#paraglide/messages.js';
import { startJob } from '#platform/jobs.server.ts';
import { locales, localText, type LocalText } from '#platform/locales.ts';
import { codeOf } from '#platform/numbers.server.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { problemText } from '#platform/problem-text.ts';
import { versionsAt } from '#platform/record.server.ts';
import { acting, demandStepUp, reading, seenIn } from '#platform/request.server.ts';
import { today } from '#platform/today.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme: programmeId, briefing: id } = event.params;
		const { locale } = event.locals;
		const versions = await versionsAt(tx, { table: 'policy.briefing_block', id, key: 'briefing_id' });
		const [briefing, programme] = [await getBriefing(tx, programmeId, id), await getProgramme(tx, programmeId)];
		const draft = briefing.state === 'draft';
		const judged = draft ? await judgedFigures(tx, briefing) : null;
		const patterns = judged?.patterns ?? new Map<string, Pattern>();
		const kept = draft ? null : await keptEdition(tx, id, locale);
		const { edition, notes } = toldToday(kept?.edition ?? editionOf(briefing, programme, locale, { releaseCode: '–', publishedOn: today(programme.timeZone), patterns }), kept?.fallen ?? {});
		const mayEdit = draft && (await mayI(tx, verbs.editBriefing, id));
		const short = (text: LocalText): string => localText(text, locale).text.slice(0, 100);
		const options = mayEdit ? await bindingOptions(tx, programmeId) : null;
		const choice = (kind: 'figure' | 'quotation' | 'finding' | 'recommendation', rows: { id: string; number: number; text: LocalText }[] = []) =>
			rows.map((row) => ({ value: row.id, label: `${codeOf(kind, row.number)} · ${short(row.text)}` }));
		return {
			briefing: {
				id, code: briefing.code, state: briefing.state, slug: briefing.slug, locales: briefing.locales,
				title: localText(briefing.title, locale), publishedAt: briefing.publishedAt, withdrawnReason: briefing.withdrawnReason,
				blocks: briefing.blocks.map((block) => ({
					id: block.id, kind: block.kind, position: block.position, version: versions.get(block.id) ?? '', words: block.words, code: block.code,
					evidence: evidenceHref(programmeId, block)
				}))
			},
			edition,
			notes,
			figures: drawFigures(edition, locale),
			preview: judged && previewOf(judged, briefing),
			takesLong: judged?.refused?.code === 'release.takes-long',
			objections: judged
				? objectionsTo(briefing, judged).map(({ code, position, facts }) => ({ position, text: problemText(code, facts, locale) }))
				: [],
			mayEdit,
			mayPublish: draft && (await mayI(tx, verbs.publishBriefing, id)),
			mayWithdraw: briefing.state === 'published' && (await mayI(tx, verbs.withdrawBriefing, id)),
			options: {
				figure: choice('figure', options?.figures),
				quotation: choice('quotation', options?.quotations),
				finding: choice('finding', options?.findings),
				recommendation: choice('recommendation', options?.recommendations)
			},
			who: (await whoCanSee(tx, verbs.briefingReaders, programmeId, null)).map((holder) => holder.displayName)
		};
	});

type Bound = { figureId: string | null; quotationId: string | null; findingId: string | null; recommendationId: string | null };

function evidenceHref(programmeId: string, block: Bound): string | null {
	const base = `/p/${programmeId}`;
	if (block.figureId) return `${base}/assessment/figures/${block.figureId}`;
	if (block.quotationId) return `${base}/assessment/quotations/${block.quotationId}`;
	if (block.findingId) return `${base}/assessment/findings/${block.findingId}`;
	return block.recommendationId ? `${base}/recommendations/${block.recommendationId}` : null;
}

const here = (event: RequestEvent): string => `/p/${event.params.programme}/briefings/${event.params.briefing}`;
const blockId = z.object({ block: z.uuid() });

export const actions: Actions = {
	add: (event) =>
		acting(event, blockFields, async (tx, block) => {
			await commands.addBlock(tx, await permit(tx, verbs.editBriefing, event.params.briefing), block);
			return `${here(event)}#blocks`;
		}),
	change: (event) =>
		acting(event, z.intersection(blockId, blockFields), async (tx, { block, ...fields }) => {
			await commands.editBlock(tx, await permit(tx, verbs.editBriefing, event.params.briefing), block, fields, seenIn(event));
			return `${here(event)}#blocks`;
		}),
	move: (event) =>
		acting(event, blockId.extend({ direction: z.enum(['up', 'down']) }), async (tx, { block, direction }) => {
			await commands.moveBlock(tx, await permit(tx, verbs.editBriefing, event.params.briefing), block, direction);
			return `${here(event)}#blocks`;
		}),
	remove: (event) =>
		acting(event, blockId, async (tx, { block }) => {
			await commands.removeBlock(tx, await permit(tx, verbs.editBriefing, event.params.briefing), block);
			return `${here(event)}#blocks`;
		}),
	judge: (event) =>
		acting(event, z.object({}), async (tx) => {
			const { programme, briefing: id } = event.params;
			await permit(tx, verbs.editBriefing, id);
			const briefing = await getBriefing(tx, programme, id);
			const title = Object.fromEntries(locales.map((locale) => [locale, m.releases_job_title({ code: briefing.code }, { locale })]));
			const job = await startJob(tx, { task: 'judge-release', programmeId: programme, title, payload: { programmeId: programme, figures: figuresOf(briefing).map((figure) => figure.id), path: `/briefings/${id}` } });
			return `/p/${programme}/jobs/${job}`;
		}),
	publish: (event) =>
		acting(event, z.object({}), async (tx) => {
			demandStepUp(event);
			const programme = await getProgramme(tx, event.params.programme);
			await publishBriefing(tx, await permit(tx, verbs.publishBriefing, event.params.briefing), today(programme.timeZone));
			return here(event);
		}),
	withdraw: (event) =>
		acting(event, z.object({ reason: z.string().trim().min(1).max(500) }), async (tx, { reason }) => {
			await commands.withdrawBriefing(tx, await permit(tx, verbs.withdrawBriefing, event.params.briefing), reason);
			return here(event);
		})
};
