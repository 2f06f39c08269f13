/** What can be taken back by itself, and put back: each piece of evidence, and the finding that rests on them. */
export const withdrawables = ['figure', 'quotation', 'document', 'score', 'finding'] as const;
export type Withdrawable = (typeof withdrawables)[number];

/** That something is withdrawn: since when and why. */
export type Withdrawn = { readonly withdrawnAt: Date; readonly reason: string };

/** One withdrawal in the history of a piece of evidence, with who put it back, where somebody did. */
export type Withdrawal = Withdrawn & {
	readonly id: string;
	readonly withdrawnBy: string | null;
	readonly reinstatedAt: Date | null;
	readonly reinstatedReason: string | null;
	readonly reinstatedBy: string | null;
};
