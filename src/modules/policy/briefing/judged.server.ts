import { codesOf, type Patterns, type ReleaseFigure } from '#modules/releases/commands.server.ts';
import { judgeFigures } from '#modules/releases/judge/judge.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { codeOf } from '#platform/numbers.server.ts';
import { Problem } from '#platform/problem.ts';
import { releaseFigureOf, type BriefingWithBlocks } from './queries.server.ts';

/** What would go out of a briefing's figures now. */
export type Judged = {
	readonly patterns: Patterns;
	/** What would be told if nothing were held back: by these figures, and only together with earlier releases. */
	readonly unguarded: { readonly alone: number; readonly together: number };
	/** Why nothing safe can be published: the code of its message. */
	readonly refused: { readonly code: string; readonly figures: string; readonly ids: readonly string[] } | null;
};

const nothing: Judged = { patterns: new Map(), unguarded: { alone: 0, together: 0 }, refused: null };

/** The figures of a briefing, each once for every block that shows it. */
export const figuresOf = (briefing: BriefingWithBlocks): ReleaseFigure[] =>
	briefing.blocks.flatMap((block) => releaseFigureOf(block) ?? []);

/** What publishing one figure would come to now; nothing is published. */
export async function dryRun(tx: Tx, programmeId: string, { id, number }: { id: string; number: number }) {
	const code = codeOf('figure', number);
	const { unit } = await tx.selectFrom('assessment.figure').select('unit').where('id', '=', id).executeTakeFirstOrThrow();
	const programme = await tx.selectFrom('network.programme').select(['thresholdPeople', 'thresholdSurvivors']).where('id', '=', programmeId).executeTakeFirstOrThrow();
	const threshold = unit === 'survivors' ? programme.thresholdSurvivors : programme.thresholdPeople;
	const judged = await judgedTogether(tx, programmeId, [{ id, code }]);
	return { refused: judged.refused, preview: previewOfFigures(judged, [{ id, code, threshold }]) };
}

/** Judges the figures of a briefing together, as they would be published now. */
export const judgedFigures = (tx: Tx, briefing: BriefingWithBlocks): Promise<Judged> => judgedTogether(tx, briefing.programmeId, figuresOf(briefing));

async function judgedTogether(tx: Tx, programmeId: string, figures: readonly { id: string; code: string }[]): Promise<Judged> {
	if (figures.length === 0) return nothing;
	const ids = figures.map((figure) => figure.id);
	try {
		const verdict = await judgeFigures(tx, programmeId, ids);
		if ('refused' in verdict) return { ...nothing, refused: { code: verdict.refused, figures: codesOf(figures, verdict.ids), ids: verdict.ids } };
		return { patterns: new Map(verdict.patterns.map((pattern) => [pattern.id, pattern])), unguarded: verdict.unguarded, refused: null };
	} catch (error) {
		if (!(error instanceof Problem) || error.code !== 'release.takes-long') throw error;
		return { ...nothing, refused: { code: error.code, figures: codesOf(figures, ids), ids: [] } };
	}
}

/** What is held back of figures and why, in numbers: not which cells are small, for that would tell them. */
function previewOfFigures({ patterns, unguarded, refused }: Judged, all: readonly { id: string; code: string; threshold: number }[]) {
	const figures = all.flatMap(({ id, code, threshold }) => {
		const pattern = patterns.get(id);
		return pattern ? [{ code, held: pattern.held, of: pattern.of, small: pattern.small, threshold }] : [];
	});
	return refused || figures.length === 0 ? null : { figures, ...unguarded };
}

export const previewOf = (judged: Judged, briefing: BriefingWithBlocks) => previewOfFigures(judged, figuresOf(briefing));
