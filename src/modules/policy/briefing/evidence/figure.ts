import { measures } from '#modules/assessment/figures/query.ts';
import { comparisonOf } from '../comparison.ts';
import { releaseFigureOf } from '../queries.server.ts';
import type { EvidenceKind } from './evidence.ts';

/** A figure: which of its cells go out is judged for all figures together, see `judged.server.ts`. */
export const figure: EvidenceKind = {
	objectTo(block, object) {
		if (!releaseFigureOf(block)) object('briefing.evidence-unseen', { code: block.code });
	},
	edition(block, { locale, say, patterns }) {
		const released = releaseFigureOf(block);
		const pattern = released && patterns.get(released.id);
		if (!released || !pattern) return null;
		return {
			kind: 'figure',
			figureId: released.id,
			code: block.code,
			title: say(block.figureTitle),
			source: [block.comparison?.earlier ?? null, block.roundName].flatMap((name) => (name ? [say(name)] : [])).join(' – '),
			...(block.asked?.(locale) ?? {}),
			measure: measures.find((each) => each === block.measure) ?? 'count',
			unit: block.unit === 'survivors' ? 'survivors' : 'people',
			n: pattern.n,
			threshold: released.threshold,
			cutOff: released.cutOff.toISOString(),
			queryVersion: released.queryVersion,
			sha256: released.resultSha256.toString('hex'),
			series: pattern.cells.series.map((series) => say(series.label)),
			rows: pattern.cells.rows.map((row) => ({ label: say(row.label), cells: row.cells.map((cell) => (typeof cell === 'string' ? 'withheld' : cell)) })),
			...(block.comparison ? { comparison: comparisonOf(block.comparison, pattern, say, locale) } : {})
		};
	}
};
