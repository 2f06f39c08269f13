import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { callsFor } from '#modules/assessment/fieldwork/answer-history.server.ts';
import { dismissFlags, lookNow } from '#modules/assessment/fieldwork/flag-commands.server.ts';
import { lastLook, listFlags } from '#modules/assessment/fieldwork/flag-queries.server.ts';
import { flagText, ruleSchema } from '#modules/assessment/fieldwork/flags.ts';
import * as verbs from '#modules/assessment/fieldwork/permits.ts';
import { instrumentText } from '#modules/assessment/figures/figure.ts';
import { readSubmissions } from '#modules/assessment/permits.ts';
import { roundInstrument } from '#modules/assessment/round-queries.server.ts';
import { myRoles } from '#modules/network/queries.server.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import { readTableQuery } from '#ui/table.ts';
import { questionsOf } from '#xforms/instrument.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round } = event.params;
		const { locale } = event.locals;
		await permit(tx, readSubmissions, round);
		const { instrument } = await roundInstrument(tx, programme, round);
		const named = new Map([...questionsOf(instrument.questions)].map((question) => [question.xpath, instrumentText(question.labels, locale, instrument.defaultLanguage, question.name)]));
		const query = readTableQuery(event.url, [{ key: 'answer', always: true }, { key: 'what' }, { key: 'found', sortable: true }], { sort: '-found', pageSize: 50 });
		const rule = ruleSchema.safeParse(event.url.searchParams.get('rule')).data ?? '';
		const dismissed = event.url.searchParams.get('dismissed') === '1';
		const { rows, byRule, matching, total } = await listFlags(tx, round, { rule, dismissed }, { ...query, descending: query.sort?.descending ?? true });
		const look = await lastLook(tx, round);
		const roles = [...new Set((await myRoles(tx, programme)).map((each) => each.role))];
		return {
			query, rule, dismissed, byRule, matching, total,
			rows: rows.map((flag) => ({ ...flag, text: flagText(flag, named.get(flag.key.replace(/\[\d+\]/g, '')) ?? flag.key, locale) })),
			look: look ? { at: look.lookedAt, looked: look.looked, asked: look.askedAt !== null && (look.lookedAt === null || look.askedAt > look.lookedAt) } : null,
			calls: await callsFor(tx, round, roles),
			ticked: event.url.searchParams.get('tick') === 'all',
			dismisses: await mayI(tx, verbs.dismissFlags, round)
		};
	});

const dismissal = z.object({
	reason: z.string().trim().min(3, 'reason.missing').max(1000),
	flags: z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(z.uuid()).min(1, 'bulk.nothing-ticked').max(200))
});
type Event = Parameters<NonNullable<Actions[string]>>[0];
const here = ({ params }: Event): string => `/p/${params.programme}/assessment/rounds/${params.round}/quality`;

export const actions: Actions = {
	dismiss: (event) =>
		acting(event, dismissal, async (tx, { flags, reason }) => {
			await dismissFlags(tx, await permit(tx, verbs.dismissFlags, event.params.round), flags, reason);
			return here(event);
		}),
	look: (event) =>
		acting(event, z.object({}), async (tx) => {
			await lookNow(tx, await permit(tx, verbs.followRound, event.params.round));
			return here(event);
		})
};
