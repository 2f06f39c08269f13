import type { Actions, PageServerLoad } from './$types.js';
import { aboutDay, aboutPlace, draftParams, draftQuery, mostLines, readDraft, type FilterLine } from '#modules/assessment/figures/builder.ts';
import { chartForms, figureCharts } from '#modules/assessment/figures/chart.ts';
import { countFigure, saveFigure } from '#modules/assessment/figures/commands.server.ts';
import { basisOf, type Basis } from '#modules/assessment/figures/count.server.ts';
import { figureFields } from '#modules/assessment/figures/figure.ts';
import { smallBase } from '#modules/assessment/figures/intervals.ts';
import { figureMap } from '#modules/assessment/figures/map.ts';
import { getFigure, roundsToCompare, mapPlaces } from '#modules/assessment/figures/queries.server.ts';
import { isAverage, measures } from '#modules/assessment/figures/query.ts';
import { isAround, likelyRefusals } from '#modules/assessment/figures/variables.ts';
import { choiceText, filterSubjects, formWords, measureWords, queryFacts, questionText, splitSubjects } from '#modules/assessment/figures/words.ts';
import { saveFigure as save } from '#modules/assessment/permits.ts';
import { placeOptions } from '#modules/network/queries.server.ts';
import { m } from '#paraglide/messages.js';
import { momentOf } from '#platform/clock.server.ts';
import { codeOf } from '#platform/codes.ts';
import type { Tx } from '#platform/database.server.ts';
import { isId } from '#platform/ids.ts';
import { localText, type Locale, type LocalText } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { Problem } from '#platform/problem.ts';
import { formErrors, problemErrors, type FormError } from '#platform/problem-text.ts';
import { acting, reading } from '#platform/request.server.ts';
import { drawChart } from '#ui/chart.server.ts';

type Place = { id: string; name: LocalText; depth: number };

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round: roundId } = event.params;
		const { locale } = event.locals;
		await permit(tx, save, { roundId, placeId: null });
		const basis = await basisOf(tx, roundId);
		const round = await tx.selectFrom('assessment.round').select(['id', 'number', 'name']).where('id', '=', roundId).executeTakeFirstOrThrow();
		const kind = (path: string): string | undefined => basis.variables.find((each) => each.path === path)?.kind;
		const changed = event.url.searchParams.get('figure') ?? '';
		const saved = isId(changed) ? await getFigure(tx, programme, changed) : null;
		const asked = event.url.searchParams.has('of') || !saved ? event.url.searchParams : draftParams(saved.query, saved.placeId, saved.comparedRoundId, kind);
		const draft = readDraft(asked);
		const places = await placeOptions(tx, programme);
		const of = basis.variables.find((each) => each.path === draft.of);
		// Choices that look like refusals are proposed once, for the analyst to decide.
		const shown = of && !draft.looked ? { ...draft, refused: likelyRefusals(of) } : draft;
		const form = chartForms.find((each) => each === event.url.searchParams.get('form')) ?? 'bars';
		const tongue = { locale, instrument: basis.instrument, variables: basis.variables };
		const option = (path: string) => ({ value: path, label: questionText(path, tongue) });
		const listed = (path: string) => (basis.variables.find((each) => each.path === path)?.options ?? []).map(({ key }) => ({ value: key, label: choiceText(path, key, tongue) }));
		const rounds = await roundsToCompare(tx, programme, roundId);
		const unchosen = { errors: [{ field: 'of', message: m.problem_field_unchosen({}, { locale }) }], shown: null };
		const preview = of ? await previewOf(tx, basis, shown, { form, locale, places, title: saved?.title ?? {}, source: localText(round.name, locale).text }) : event.url.searchParams.has('of') ? unchosen : null;
		return {
			round,
			draft: shown,
			of: of ? { kind: of.kind, options: listed(of.path), repeated: of.repeats.length > 0 } : null,
			questions: basis.variables.filter((each) => each.kind !== 'date').map((each) => option(each.path)),
			splits: of ? [...splitSubjects(), ...basis.variables.filter((each) => isAround(of, each) && (each.kind === 'choice' || each.kind === 'number')).map((each) => option(each.path))] : [],
			weights: of ? basis.variables.filter((each) => isAround(of, each) && each.kind === 'number').map((each) => option(each.path)) : [],
			subjects: [...filterSubjects(), ...basis.variables.map((each) => option(each.path))],
			asks: shown.lines.map((line) => askOf(line, basis, places, listed, locale)),
			most: mostLines,
			measures: measures.filter((each) => !of || (isAverage(each) ? of.kind === 'number' : true)).map((value) => ({ value, label: measureWords[value]() })),
			forms: chartForms.map((value) => ({ value, label: formWords[value]() })),
			form,
			places,
			rounds: rounds.map((each) => ({ value: each.id, label: `${codeOf('round', each.number)} ${localText(each.name, locale).text}` })),
			saved: saved && { id: saved.id, title: saved.title, code: codeOf('figure', saved.number), version: saved.version },
			sampling: basis.sampling?.design ?? null,
			smallBase,
			preview
		};
	});

function askOf(line: FilterLine, basis: Basis, places: readonly Place[], listed: (path: string) => { value: string; label: string }[], locale: Locale) {
	if (line.about === aboutPlace) return { kind: 'choices' as const, options: places.map(({ id, name }) => ({ value: id, label: localText(name, locale).text })) };
	const kind = basis.variables.find((each) => each.path === line.about)?.kind;
	if (line.about === aboutDay || kind === 'date') return { kind: 'day' as const, options: [] };
	if (kind === 'number') return { kind: 'number' as const, options: [] };
	return kind === 'choice' || kind === 'choices' ? { kind: 'choices' as const, options: listed(line.about) } : { kind: 'answered' as const, options: [] };
}

type Shown = { form: (typeof chartForms)[number]; locale: Locale; places: readonly Place[]; title: LocalText; source: string };

/** What a draft counts to, or why it does not: the draft stays either way. */
async function previewOf(tx: Tx, basis: Basis, draft: ReturnType<typeof readDraft>, { form, locale, places, title, source }: Shown) {
	const parsed = draftQuery(draft, basis.roundId, (path) => basis.variables.find((each) => each.path === path)?.kind);
	if (!parsed.success) return { errors: formErrors(parsed.error, locale, draft), shown: null };
	const query = parsed.data;
	const placeId = draft.place === '' ? null : draft.place;
	const comparedRoundId = draft.compare === '' ? null : draft.compare;
	try {
		const { counted } = await countFigure(tx, { query, placeId, comparedRoundId }, momentOf(tx));
		const facts = { id: 'draft', title: Object.keys(title).length > 0 ? title : { [locale]: questionText(query.of, { ...basis, locale }) }, measure: query.measure, n: counted.n, source, threshold: basis.threshold, note: m.assessment_not_prevalence() };
		const charts = figureCharts(counted.exact, facts, locale, form);
		const words = { title: m.figures_by_region(), measure: measureWords[query.measure](), withheld: m.ui_withheld() };
		return {
			errors: [] satisfies FormError[],
			shown: {
				cells: counted.exact,
				withheld: counted.withheld,
				n: counted.n,
				measure: query.measure,
				pictures: charts.map((chart) => ({ chart, drawing: drawChart(chart, locale) })),
				map: comparedRoundId === null ? figureMap(counted.exact, query, await mapPlaces(tx, basis.programmeId), words, locale) : null,
				query: JSON.stringify(query),
				facts: queryFacts(query, { locale, instrument: basis.instrument, variables: basis.variables, places })
			}
		};
	} catch (thrown) {
		if (!(thrown instanceof Problem)) throw thrown;
		return { errors: problemErrors(thrown, locale), shown: null };
	}
}

export const actions: Actions = {
	default: (event) =>
		acting(event, figureFields, async (tx, fields) => {
			const { programme, round: roundId } = event.params;
			const id = await saveFigure(tx, await permit(tx, save, { roundId, placeId: fields.placeId }), { ...fields, query: { ...fields.query, roundId } });
			return `/p/${programme}/assessment/figures/${id}`;
		})
};
