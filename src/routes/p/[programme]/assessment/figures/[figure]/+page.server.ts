import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { chartForms, figureCharts } from '#modules/assessment/figures/chart.ts';
import { recomputeFigure } from '#modules/assessment/figures/commands.server.ts';
import { cautionOf } from '#modules/assessment/figures/compare.ts';
import { basisOf } from '#modules/assessment/figures/count.server.ts';
import { smallBase } from '#modules/assessment/figures/intervals.ts';
import { figureMap } from '#modules/assessment/figures/map.ts';
import { answersSince, figureVersions, getFigure, mapPlaces, type Figure } from '#modules/assessment/figures/queries.server.ts';
import { cautionWords, choiceText, designWords, formWords, kindWords, measureWords, queryFacts, questionText } from '#modules/assessment/figures/words.ts';
import { evidenceReaders, recomputeFigure as recompute, saveFigure } from '#modules/assessment/permits.ts';
import { withdrawalPart } from '#modules/assessment/withdrawal/part.server.ts';
import { placeOptions, whoCanSee } from '#modules/network/queries.server.ts';
import { addBlock, draftBriefing } from '#modules/policy/briefing/commands.server.ts';
import { draftBriefing as draftBriefingVerb, editBriefing } from '#modules/policy/briefing/permits.ts';
import { m } from '#paraglide/messages.js';
import { codeOf } from '#platform/codes.ts';
import { newId } from '#platform/ids.ts';
import { locales, localText } from '#platform/locales.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import { drawChart } from '#ui/chart.server.ts';

const roundCode = (number: number, name: Figure['round'], locale: Parameters<typeof localText>[1]): string => `${codeOf('round', number)} ${localText(name, locale).text}`;

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, figure: id } = event.params;
		const { locale } = event.locals;
		const { searchParams } = event.url;
		const { shown, exact, mappingsStated, ...figure } = await getFigure(tx, programme, id);
		const basis = await basisOf(tx, figure.roundId);
		const earlier = figure.comparedRoundId === null ? null : await basisOf(tx, figure.comparedRoundId);
		const tongue = { locale, instrument: basis.instrument, variables: basis.variables, places: await placeOptions(tx, programme, 'mahalla') };
		const rounds = [
			...(figure.compared !== null && figure.comparedNumber !== null ? [roundCode(figure.comparedNumber, figure.compared, locale)] : []),
			roundCode(figure.roundNumber, figure.round, locale)
		];
		const place = figure.place ? localText(figure.place, locale).text : null;
		const source = [rounds.join(' – '), place].filter((part) => part !== null).join(', ');
		const cells = exact ?? shown;
		const form = chartForms.find((each) => each === searchParams.get('form')) ?? 'bars';
		const charts = figureCharts(cells, { ...figure, source, note: m.assessment_not_prevalence() }, locale, form);
		const words = { title: localText(figure.title, locale).text, measure: measureWords[figure.query.measure](), withheld: m.ui_withheld() };
		const readers = await whoCanSee(tx, evidenceReaders, programme, figure.placeId);
		const withdrawal = await withdrawalPart(tx, programme, 'figure', id);
		const away = withdrawal.withdrawals.some((each) => each.reinstatedAt === null);
		const caution = earlier === null ? null : cautionOf(earlier.sampling, basis.sampling);
		return {
			figure,
			exact: exact !== null,
			cells,
			pictures: charts.map((chart) => ({ chart, drawing: drawChart(chart, locale) })),
			map: earlier === null ? figureMap(cells, figure.query, await mapPlaces(tx, programme), words, locale, searchParams.get('row') ?? undefined) : null,
			mapRows: cells.rows.length > 1 ? cells.rows.map((row) => ({ value: row.key, label: localText(row.label, locale).text })) : [],
			mapRow: searchParams.get('row') ?? '',
			facts: queryFacts(figure.query, tongue),
			sampling: figure.sampling === null ? null : designWords[figure.sampling.design]() + (figure.sampling.population === null ? '' : ` (N = ${figure.sampling.population})`),
			form,
			forms: chartForms.map((value) => ({ value, label: formWords[value]() })),
			versions: await figureVersions(tx, figure.familyId),
			since: await answersSince(tx, figure),
			...withdrawal,
			caution: caution === null ? null : cautionWords[caution](),
			mappings: mappingsStated.map((mapping) => ({
				id: mapping.id,
				earlier: earlier === null ? mapping.earlierPath : questionText(mapping.earlierPath, { ...earlier, locale }),
				later: questionText(mapping.laterPath, tongue),
				kind: kindWords[mapping.kind](),
				reason: localText(mapping.reason, locale).text,
				by: mapping.statedBy,
				at: mapping.statedAt,
				replaced: mapping.replaced,
				scale: mapping.scale,
				choices: mapping.choices.map((category) => ({
					key: category.key,
					label: localText(category.label, locale).text,
					earlier: category.earlier.map((key) => (earlier === null ? key : choiceText(mapping.earlierPath, key, { ...earlier, locale }))).join(', '),
					later: category.later.map((key) => choiceText(mapping.laterPath, key, tongue)).join(', ')
				}))
			})),
			smallBase,
			readers: [...new Set(readers.map((each) => each.displayName))],
			mayPublish: !away && (await mayI(tx, draftBriefingVerb, { programmeId: programme })),
			mayRecompute: !away && figure.frozenAt === null && (await mayI(tx, recompute, id)),
			mayChange: await mayI(tx, saveFigure, { roundId: figure.roundId, placeId: figure.placeId })
		};
	});

export const actions: Actions = {
	recompute: (event) =>
		acting(event, z.object({}), async (tx) => {
			const { programme, figure } = event.params;
			await recomputeFigure(tx, await permit(tx, recompute, figure));
			return `/p/${programme}/assessment/figures/${figure}`;
		}),
	/** A briefing of this figure alone: seen as everybody would see it, and published there. */
	publish: (event) =>
		acting(event, z.object({}), async (tx) => {
			const { programme, figure: id } = event.params;
			const { title, number, version } = await getFigure(tx, programme, id);
			const may = await permit(tx, draftBriefingVerb, { programmeId: programme });
			const slug = `f-${number}-${version}-${newId().slice(-6)}`;
			const told = locales.filter((locale) => title[locale] !== undefined);
			const briefing = await draftBriefing(tx, may, { title, summary: {}, slug, locales: told });
			await addBlock(tx, await permit(tx, editBriefing, briefing), { kind: 'figure', figureId: id });
			return `/p/${programme}/briefings/${briefing}#preview`;
		})
};
