import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { activeCodes } from '#modules/assessment/coding/codebook.ts';
import { addSegments, changeSegment, removeSegment, writeMemo } from '#modules/assessment/coding/coding-commands.server.ts';
import { occurrencesOf } from '#modules/assessment/coding/masking/propose.ts';
import { code } from '#modules/assessment/coding/permits.ts';
import { codingSteps, getInterview, listCodes } from '#modules/assessment/coding/queries.server.ts';
import { nearestSpan, shiftedSpan, shifts } from '#modules/assessment/coding/units.ts';
import { stepBack } from '#modules/assessment/coding/steps.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { localText, type LocalText } from '#platform/locales.ts';
import { permit, type Permit } from '#platform/permit.server.ts';
import { notFound, problem } from '#platform/problem.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, interview: id, coding: codingId } = event.params;
		const { interview, language, codings, segments, memos } = await getInterview(tx, programme, id);
		const coding = codings.find((each) => each.id === codingId);
		if (!coding || !coding.written) throw notFound();
		const codes = await listCodes(tx, programme);
		const say = (text: LocalText): string => localText(text, event.locals.locale).text;
		return {
			interview: { id, number: interview.number, kind: interview.kind, body: interview.body, consentLevel: interview.consentLevel },
			language,
			coding,
			// Names are chosen here, so that the page need not carry the languages' rules.
			codes: activeCodes(codes).map((each) => ({ id: each.id, name: say(each.name), definition: say(each.definition), colour: each.colour, depth: each.depth })),
			allCodes: codes.map((each) => ({ id: each.id, name: say(each.name), colour: each.colour })),
			segments: segments.filter((each) => each.codingId === codingId),
			memo: memos.find((each) => each.codingId === codingId)?.memo ?? '',
			...(await codingSteps(tx, programme, codingId))
		};
	});

/** Carries something out on this coding and comes back to it. */
const coding = <S extends z.ZodType>(event: RequestEvent, schema: S, work: (tx: Tx, may: Permit<'coding.code'>, input: z.output<S>) => Promise<unknown>) =>
	acting(event, schema, async (tx, input) => {
		const { programme = '', interview = '', coding: id = '' } = event.params;
		await work(tx, await permit(tx, code, id), input);
		return `/p/${programme}/assessment/interviews/${interview}/code/${id}`;
	});

const codes = z.preprocess((value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]), z.array(z.uuid()).max(50));
const left = (value: unknown): unknown => (value === '' ? undefined : value);
const place = z.coerce.number().int().min(0).max(10_000_000);

const moved = z.object({
	segment: z.uuid(),
	shift: z.preprocess(left, z.enum(shifts).optional()),
	words: z.preprocess(left, z.string().trim().min(1).max(10_000).optional()),
	starts: z.preprocess(left, place.optional()),
	ends: z.preprocess(left, place.optional())
});

export const actions: Actions = {
	add: (event) => coding(event, z.object({ starts: place, ends: place, codes }), (tx, may, { starts, ends, codes: chosen }) => addSegments(tx, may, { starts, ends }, chosen)),
	/** For those without script: the passage is typed or pasted, and must stand in the text once. */
	words: (event) =>
		coding(event, z.object({ words: z.string().trim().min(2).max(10_000), codes }), async (tx, may, { words, codes: chosen }) => {
			const { interview } = await getInterview(tx, event.params.programme, event.params.interview);
			const [found, ...more] = occurrencesOf(interview.body, words);
			if (!found) throw problem('coding.words-not-found', 409, {}, 'words');
			if (more.length > 0) throw problem('coding.words-twice', 409, {}, 'words');
			await addSegments(tx, may, found, chosen);
		}),
	remove: (event) => coding(event, z.object({ segment: z.uuid() }), (tx, may, { segment }) => removeSegment(tx, may, segment)),
	memo: (event) => coding(event, z.object({ segment: z.uuid(), memo: z.string().trim().max(4000) }), (tx, may, { segment, memo }) => changeSegment(tx, may, segment, { memo })),
	/** Another extent for a passage: one bound by a word, as typed, or as selected. */
	move: (event) =>
		coding(event, moved, async (tx, may, { segment, shift, words, starts, ends }) => {
			const { interview, segments } = await getInterview(tx, event.params.programme, event.params.interview);
			const now = segments.find((each) => each.id === segment && each.codingId === may.subject.id);
			if (!now) throw notFound();
			const typed = words === undefined ? null : nearestSpan(occurrencesOf(interview.body, words), now);
			if (words !== undefined && !typed) throw problem('coding.words-not-found', 409, {}, 'bounds');
			const selected = starts === undefined || ends === undefined ? null : { starts, ends };
			await changeSegment(tx, may, segment, { span: shift ? shiftedSpan(interview.body, now, shift) : (selected ?? typed ?? now) });
		}),
	note: (event) => coding(event, z.object({ memo: z.string().trim().max(8000) }), (tx, may, { memo }) => writeMemo(tx, may, memo)),
	step: (event) => coding(event, z.object({ step: z.enum(['undo', 'redo']) }), (tx, may, { step }) => stepBack(tx, may, { programmeId: may.subject.programmeId, codingId: may.subject.id }, step === 'undo' ? -1 : 1))
};
