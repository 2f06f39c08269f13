import { m } from '#paraglide/messages.js';
import { localText, type Locale, type LocalText } from '#platform/locales.ts';
import type { BarChart, ChartCell } from '#ui/chart.ts';
import type { ScoringArea } from './instrument.ts';
import type { ResultRow, Together } from './queries.server.ts';
import type { AreaScore } from './scale.ts';

type Facts = { readonly areas: readonly ScoringArea[]; readonly round: LocalText; readonly locale: Locale };

/** Areas in the order of the instrument; the whole service first, under its own name. */
function labelled<Row extends { readonly area: string }>(rows: readonly Row[], areas: readonly ScoringArea[], locale: Locale): { row: Row; label: string }[] {
	const order = ['', ...areas.map(({ code }) => code)];
	const title = (code: string): string => {
		const area = areas.find((each) => each.code === code);
		return code === '' ? m.scoring_whole() : area ? localText(area.title, locale).text : code;
	};
	return rows.toSorted((a, b) => order.indexOf(a.area) - order.indexOf(b.area)).map((row) => ({ row, label: title(row.area) }));
}

/**
 * The pictures of a signed result: graded mean and share of standards met, area by area after the caps; two bars where the
 * sides read it differently. Areas in which nothing applies are left out of the picture and stand in the table below it.
 */
export function resultCharts({ results, areas, service, round, locale }: Facts & { readonly results: readonly ResultRow[]; readonly service: LocalText }): BarChart[] {
	const drawn = results.filter(({ civil, authority }) => civil.cappedMean !== null || authority.cappedMean !== null);
	if (drawn.length === 0) return [];
	const differ = drawn.some(({ civil, authority }) => civil.cappedMean !== authority.cappedMean || civil.cappedShare !== authority.cappedShare);
	const alike = drawn.some((row) => row.dissent > 0) ? m.scoring_reading_same() : m.scoring_reading_both();
	const series = differ
		? [{ key: 'civil', label: m.scoring_reading_civil() }, { key: 'authority', label: m.scoring_reading_authority() }]
		: [{ key: 'both', label: alike }];
	const whole = results.find(({ area }) => area === '');
	const base = { series, n: whole?.criteria, threshold: 0, note: m.scoring_chart_note(), source: `${localText(round, locale).text}, ${localText(service, locale).text}` };
	const cells = (row: ResultRow, cell: (score: AreaScore) => ChartCell): ChartCell[] => (differ ? [cell(row.civil), cell(row.authority)] : [cell(row.civil)]);
	const rows = labelled(drawn, areas, locale);
	return [
		{
			...base, id: 'mean', measure: 'value', title: m.scoring_chart_mean(),
			categories: rows.map(({ row, label }) => ({ key: row.area || 'whole', label, cells: cells(row, (score) => ({ count: score.applicable, value: score.cappedMean ?? 0 })) }))
		},
		{
			...base, id: 'share', measure: 'share', title: m.scoring_chart_share(),
			categories: rows.map(({ row, label }) => ({ key: row.area || 'whole', label, cells: cells(row, (score) => ({ count: score.met, share: score.cappedShare ?? 0 })) }))
		}
	];
}

/** The pictures of services together. */
export function togetherCharts({ together, areas, round, locale, id }: Facts & { readonly together: readonly Together[]; readonly id: string }): BarChart[] {
	if (together.length === 0) return [];
	const differ = together.some(({ meanLow, meanHigh, shareLow, shareHigh }) => meanLow !== meanHigh || shareLow !== shareHigh);
	const series = differ ? [{ key: 'low', label: m.scoring_reading_low() }, { key: 'high', label: m.scoring_reading_high() }] : [{ key: 'both', label: m.scoring_reading_both() }];
	const rows = labelled(together, areas, locale);
	const base = { series, n: together.find(({ area }) => area === '')?.services, threshold: 0, note: m.scoring_chart_together_note(), source: localText(round, locale).text };
	return [
		{
			...base, id: `mean-${id}`, measure: 'value', title: m.scoring_chart_mean(),
			categories: rows.map(({ row, label }) => ({ key: row.area || 'whole', label, cells: [{ count: row.services, value: row.meanLow }, ...(differ ? [{ count: row.services, value: row.meanHigh }] : [])] }))
		},
		{
			...base, id: `share-${id}`, measure: 'share', title: m.scoring_chart_share(),
			categories: rows.map(({ row, label }) => ({ key: row.area || 'whole', label, cells: [{ count: row.services, share: row.shareLow }, ...(differ ? [{ count: row.services, share: row.shareHigh }] : [])] }))
		}
	];
}
