import type { Actions, PageServerLoad } from './$types.js';
import { listMappings, namedBasis, stateMapping } from '#modules/assessment/figures/compare.server.ts';
import { mappingFields, mappingKinds, unchanged } from '#modules/assessment/figures/mapping.ts';
import { roundsToCompare } from '#modules/assessment/figures/queries.server.ts';
import { choiceText, kindWords, questionText } from '#modules/assessment/figures/words.ts';
import { mapQuestions } from '#modules/assessment/permits.ts';
import { isId } from '#platform/ids.ts';
import { localText } from '#platform/locales.ts';
import { codeOf } from '#platform/codes.ts';
import { permit } from '#platform/permit.server.ts';
import { notFound } from '#platform/problem.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round: roundId } = event.params;
		const { locale } = event.locals;
		await permit(tx, mapQuestions, roundId);
		const { searchParams } = event.url;
		const rounds = await roundsToCompare(tx, programme, roundId);
		const round = await tx.selectFrom('assessment.round').select(['id', 'number', 'name']).where('id', '=', roundId).executeTakeFirstOrThrow();
		const common = { round, rounds: rounds.map((each) => ({ value: each.id, label: `${codeOf('round', each.number)} ${localText(each.name, locale).text}` })) };
		const earlierId = rounds.find((each) => each.id === searchParams.get('earlier'))?.id ?? rounds[0]?.id;
		if (earlierId === undefined) return { ...common, earlierId: '', between: null };
		const [earlier, later] = [await namedBasis(tx, earlierId), await namedBasis(tx, roundId)];
		const before = { ...earlier, locale };
		const after = { ...later, locale };
		const statements = await listMappings(tx, earlier.versionId, later.versionId);
		const from = earlier.variables.find((each) => each.path === searchParams.get('from')) ?? null;
		const to = later.variables.find((each) => each.path === searchParams.get('to')) ?? null;
		const options = (of: typeof before, path: string) => (of.variables.find((each) => each.path === path)?.options ?? []).map(({ key }) => ({ key, label: choiceText(path, key, of) }));
		return {
			...common,
			earlierId,
			between: {
				sameVersion: earlier.versionId === later.versionId,
				earlierQuestions: earlier.variables.map((each) => ({ value: each.path, label: questionText(each.path, before) })),
				laterQuestions: later.variables.map((each) => ({ value: each.path, label: questionText(each.path, after) })),
				from: from && { path: from.path, kind: from.kind, options: options(before, from.path) },
				to: to && { path: to.path, kind: to.kind, options: options(after, to.path) },
				kinds: mappingKinds.map((value) => ({ value, label: kindWords[value]() })),
				unchanged: later.variables.filter((each) => unchanged(earlier.variables.find((other) => other.path === each.path), each, 'uz') !== null).length,
				all: later.variables.length,
				stated: statements.map((mapping) => ({
					id: mapping.id ?? '',
					earlier: questionText(mapping.earlierPath, before),
					later: questionText(mapping.laterPath, after),
					kind: kindWords[mapping.kind](),
					reason: localText(mapping.reason, locale).text,
					by: mapping.statedBy,
					at: mapping.statedAt,
					replaced: false,
					scale: mapping.scale,
					choices: mapping.choices.map((category) => ({
						key: category.key,
						label: localText(category.label, locale).text,
						earlier: category.earlier.map((key) => choiceText(mapping.earlierPath, key, before)).join(', '),
						later: category.later.map((key) => choiceText(mapping.laterPath, key, after)).join(', ')
					}))
				}))
			}
		};
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, mappingFields, async (tx, fields) => {
			const { programme, round } = event.params;
			const may = await permit(tx, mapQuestions, round);
			const earlierId = event.url.searchParams.get('earlier') ?? '';
			const known = isId(earlierId) && (await roundsToCompare(tx, programme, round)).some((each) => each.id === earlierId);
			if (!known) throw notFound();
			await stateMapping(tx, may, await namedBasis(tx, earlierId), await namedBasis(tx, round), fields);
			return `/p/${programme}/assessment/rounds/${round}/mapping?earlier=${earlierId}`;
		})
};
