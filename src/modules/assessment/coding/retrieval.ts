import type { LocalText } from '#platform/locales.ts';

/** A coded passage as it is found again. */
export type FoundSegment = {
	id: string; interviewId: string; number: number; codeId: string; codingId: string; starts: number; ends: number; words: string; memo: string; language: string;
	consentLevel: string; organisationType: string | null; kind: string; placeId: string | null; place: LocalText | null; regionId: string | null; region: LocalText | null;
	coder: string | null; agreed: boolean;
};

/** A row of a matrix: a code, and for each column how many interviews it occurs in and how many passages there are. */
export type MatrixRow = { readonly codeId: string; readonly cells: readonly { readonly interviews: number; readonly segments: number }[]; readonly interviews: number; readonly segments: number };

/** What a matrix sets against codes. */
export const matrixColumns = ['place', 'type'] as const;
export type MatrixBy = (typeof matrixColumns)[number];

type Counted = Pick<FoundSegment, 'interviewId' | 'codeId' | 'regionId' | 'organisationType'>;

/**
 * Codes by place or by kind of organisation. A cell counts interviews, so that a talkative one counts once; passages stand beside it.
 * @param columns keys in the order of the columns; '' is "none stated"
 * @param as what a code is read as after merging
 */
export function matrixOf(found: readonly Counted[], codes: readonly string[], columns: readonly string[], by: MatrixBy, as: (code: string) => string): MatrixRow[] {
	const keyOf = (row: Counted): string => (by === 'place' ? row.regionId : row.organisationType) ?? '';
	return codes.map((codeId) => {
		const mine = found.filter((row) => as(row.codeId) === codeId);
		const count = (rows: readonly Counted[]) => ({ interviews: new Set(rows.map(({ interviewId }) => interviewId)).size, segments: rows.length });
		return { codeId, cells: columns.map((column) => count(mine.filter((row) => keyOf(row) === column))), ...count(mine) };
	});
}
