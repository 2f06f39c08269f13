import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { getAnswer } from '#modules/assessment/answer-queries.server.ts';
import { answeredQuestions, answerText } from '#modules/assessment/answers.ts';
import { review } from '#modules/assessment/collection/review-commands.server.ts';
import { reviewFields } from '#modules/assessment/collection/review.ts';
import { answerHistory, commentsOf, neighbours } from '#modules/assessment/fieldwork/answer-history.server.ts';
import { comment } from '#modules/assessment/fieldwork/comment-commands.server.ts';
import { commentFields } from '#modules/assessment/fieldwork/comment.ts';
import { dismissFlags, reopenFlag } from '#modules/assessment/fieldwork/flag-commands.server.ts';
import { flagsOf } from '#modules/assessment/fieldwork/flag-queries.server.ts';
import { flagText, pairRules } from '#modules/assessment/fieldwork/flags.ts';
import * as verbs from '#modules/assessment/fieldwork/permits.ts';
import { filesOf } from '#modules/assessment/fieldwork/submission-file-queries.server.ts';
import { receiptOf } from '#modules/assessment/fieldwork/quality/observe.ts';
import { instrumentText } from '#modules/assessment/figures/figure.ts';
import { readSubmissions, reviewSubmission } from '#modules/assessment/permits.ts';
import { roundInstrument } from '#modules/assessment/round-queries.server.ts';
import { newId } from '#platform/ids.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { submissionShape } from '#xforms/submissionShape.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round: roundId, submission } = event.params;
		const { locale } = event.locals;
		const reads = await permit(tx, readSubmissions, roundId);
		const { answers, flags: found, instanceId, ...facts } = await getAnswer(tx, reads, submission);
		const { instrument } = await roundInstrument(tx, programme, roundId);
		const language = instrument.defaultLanguage;
		const questions = answeredQuestions(instrument);
		const named = new Map(questions.map((question) => [question.xpath, instrumentText(question.labels, locale, language, question.name)]));
		const labelOf = (path: string): string => named.get(path.replace(/\[\d+\]/g, '')) ?? path;
		const byPath = new Map(questions.map((question) => [question.xpath, question]));
		const shown = (path: string, value: string): string => {
			const question = byPath.get(path);
			return question ? answerText(question, value, locale, language) : value;
		};
		const happened = await answerHistory(tx, submission, submissionShape(instrument));
		const current = happened.find((each) => 'submissionId' in each);
		return {
			facts: { ...facts, receipt: receiptOf(instanceId), unlooked: found.length },
			current: facts.supersededBy === null ? null : (current && 'submissionId' in current ? current.submissionId : null),
			flags: (await flagsOf(tx, submission)).map((flag) => ({ ...flag, text: flagText(flag, labelOf(flag.key), locale), other: pairRules.has(flag.rule) ? flag.key : null })),
			items: questions.map((question) => ({ xpath: question.xpath, term: labelOf(question.xpath), detail: answerText(question, answers[question.xpath], locale, language) })),
			files: (await filesOf(tx, reads, submission)).map(({ name, stored, struck }) => ({ name, bytes: stored?.bytes ?? null, struck: struck !== null })),
			history: happened.map((each) =>
				'changes' in each
					? { ...each, changes: each.changes.map((change) => ({ label: labelOf(change.path) + (change.instance === null ? '' : ` (${change.instance})`), before: shown(change.path, change.before), after: shown(change.path, change.after) })) }
					: each
			),
			comments: await commentsOf(tx, submission),
			beside: await neighbours(tx, roundId, facts.id),
			may: {
				review: facts.supersededBy === null && (await mayI(tx, reviewSubmission, submission)),
				edit: facts.supersededBy === null && (await mayI(tx, verbs.editSubmission, submission)),
				dismiss: await mayI(tx, verbs.dismissFlags, roundId),
				erase: await mayI(tx, verbs.eraseSubmission, submission)
			},
			freshId: newId()
		};
	});

type Event = Parameters<NonNullable<Actions[string]>>[0];
const here = ({ params }: Event): string => `/p/${params.programme}/assessment/rounds/${params.round}/answers/${params.submission}`;
const dismissal = z.object({ flag: z.uuid(), reason: z.string().trim().min(3, 'reason.missing').max(1000) });

export const actions: Actions = {
	review: (event) =>
		acting(event, reviewFields, async (tx, fields) => {
			await review(tx, await permit(tx, reviewSubmission, event.params.submission), fields);
			return here(event);
		}),
	comment: (event) =>
		acting(event, commentFields, async (tx, fields) => {
			await comment(tx, await permit(tx, verbs.commentSubmission, event.params.submission), fields, event.locals.locale);
			return `${here(event)}#comments`;
		}),
	dismiss: (event) =>
		acting(event, dismissal, async (tx, { flag, reason }) => {
			await dismissFlags(tx, await permit(tx, verbs.dismissFlags, event.params.round), [flag], reason);
			return here(event);
		}),
	reopen: (event) =>
		acting(event, z.object({ flag: z.uuid() }), async (tx, { flag }) => {
			await reopenFlag(tx, await permit(tx, verbs.dismissFlags, event.params.round), flag);
			return here(event);
		})
};
