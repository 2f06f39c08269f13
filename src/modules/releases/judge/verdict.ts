import type { FigureCells } from '#modules/assessment/figures/cells.ts';
import type { Ground } from './groups.ts';
import type { Shown } from './told.ts';

/** A figure as the judge sees it: its exact cells if it is to be published now, what was shown if it was published before. */
export type JudgedFigure = Shown & {
	/** The figure, or for an earlier release the release and the figure. */
	readonly id: string;
	readonly roundId: string;
	/** XPath of the repeat whose instances are counted; empty for submissions. */
	readonly level: string;
	/** Milliseconds up to which it counts; equal where nothing came in or changed between. */
	readonly cutOff: number;
	/** What is asked, whatever the round: equal where two rounds are asked the same. */
	readonly asked: string;
	/** Whether people of its round may have been counted in other rounds too: not where they were drawn by chance. */
	readonly returning: boolean;
};

export type JudgeInput = {
	readonly unit: 'people' | 'survivors';
	readonly threshold: number;
	readonly grounds: Readonly<Record<string, Ground>>;
	readonly figures: readonly JudgedFigure[];
	readonly earlier: readonly JudgedFigure[];
};

/** What may be shown of one figure. */
export type Pattern = {
	readonly id: string;
	readonly cells: FigureCells;
	readonly n: number | null;
	/** Of a comparison: how many of these the earlier round is about. */
	readonly nEarlier?: number | null | undefined;
	/** Cells held back, and of these how many because they are small themselves. */
	readonly held: number;
	readonly small: number;
	/** Cells in all. */
	readonly of: number;
};

/** Numbers that would be told if nothing were held back: by these figures alone, and only together with what was released before. */
export type Unguarded = { readonly alone: number; readonly together: number; readonly pairs: readonly { readonly from: string; readonly less: string }[] };

/** Why nothing safe can be published. */
export type Refusal = 'figure.no-pattern' | 'figure.entangled' | 'figure.below-zero' | 'figure.contradicts';

export type Verdict = { readonly patterns: readonly Pattern[]; readonly unguarded: Unguarded } | { readonly refused: Refusal; readonly ids: readonly string[] };
