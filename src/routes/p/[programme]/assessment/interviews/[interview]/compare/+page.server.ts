import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { agreementReport } from '#modules/assessment/coding/agreement.server.ts';
import { agreementShown } from '#modules/assessment/coding/agreement-shown.ts';
import { pairFrom } from '#modules/assessment/coding/agreement.ts';
import { readAs } from '#modules/assessment/coding/codebook.ts';
import { addSegments, finishCoding, startAgreed } from '#modules/assessment/coding/coding-commands.server.ts';
import { differencesOf } from '#modules/assessment/coding/differences.ts';
import * as verbs from '#modules/assessment/coding/permits.ts';
import { codingSteps, getInterview, listCodes } from '#modules/assessment/coding/queries.server.ts';
import { stepBack } from '#modules/assessment/coding/steps.server.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { notFound } from '#platform/problem.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, interview: id } = event.params;
		const page = await getInterview(tx, programme, id);
		const coders = page.codings.filter((each) => each.kind !== 'agreed');
		const asked = pairFrom(event.url.searchParams.get('pair'));
		const found = (at: 0 | 1) => (asked && coders.find(({ key }) => key === asked[at])) ?? coders[at];
		const [first, second] = [found(0), found(1)];
		if (!page.interview.unblinded || !first || !second || first === second) throw notFound();
		const codes = await listCodes(tx, programme);
		const agreed = page.codings.find((each) => each.kind === 'agreed');
		const of = (codingId: string | undefined) => page.segments.filter((each) => each.codingId === codingId);
		return {
			interview: { id, number: page.interview.number, body: page.interview.body },
			language: page.language,
			coders: { first, second },
			agreed: agreed ?? null,
			codes,
			differences: differencesOf(of(first.id), of(second.id), of(agreed?.id), readAs(codes)),
			agreement: agreementShown(await agreementReport(tx, programme, codes, id, asked), event.locals.locale),
			mayAgree: await mayI(tx, verbs.agreeCoding, id),
			...(agreed ? await codingSteps(tx, programme, agreed.id) : { canUndo: false, canRedo: false })
		};
	});

const place = z.coerce.number().int().min(0).max(10_000_000);
const agreedId = z.object({ coding: z.uuid() });

export const actions: Actions = {
	begin: (event) =>
		acting(event, z.object({}), async (tx) => {
			const { programme, interview } = event.params;
			await startAgreed(tx, await permit(tx, verbs.agreeCoding, interview), readAs(await listCodes(tx, programme)));
			return `/p/${programme}/assessment/interviews/${interview}/compare`;
		}),
	take: (event) =>
		acting(event, agreedId.extend({ span: z.string().regex(/^\d{1,8}-\d{1,8}-[0-9a-f-]{36}$/) }), async (tx, { coding, span }) => {
			const { programme, interview } = event.params;
			const [starts, ends] = span.split('-').map(Number);
			const code = span.split('-').slice(2).join('-');
			await addSegments(tx, await permit(tx, verbs.code, coding), { starts: place.parse(starts), ends: place.parse(ends) }, [code]);
			return `/p/${programme}/assessment/interviews/${interview}/compare`;
		}),
	step: (event) =>
		acting(event, agreedId.extend({ step: z.enum(['undo', 'redo']) }), async (tx, { coding, step }) => {
			const { programme, interview } = event.params;
			const may = await permit(tx, verbs.code, coding);
			await stepBack(tx, may, { programmeId: may.subject.programmeId, codingId: coding }, step === 'undo' ? -1 : 1);
			return `/p/${programme}/assessment/interviews/${interview}/compare`;
		}),
	finish: (event) =>
		acting(event, agreedId.extend({ done: z.enum(['yes', 'no']) }), async (tx, { coding, done }) => {
			const { programme, interview } = event.params;
			await finishCoding(tx, await permit(tx, verbs.finishCoding, coding), done === 'yes');
			return `/p/${programme}/assessment/interviews/${interview}/compare`;
		})
};
