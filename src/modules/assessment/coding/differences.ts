import { common, covered, without } from './kappa.ts';
import type { Span } from './text.ts';

/** A passage that one coder put under a code and the other did not. `taken`: it stands in the agreed coding. */
export type Difference = Span & { readonly codeId: string; readonly by: 'first' | 'second'; readonly taken: boolean };

type Marked = Span & { readonly codeId: string };

/**
 * Where two coders differ, code by code, in the order of the text.
 * @param as what a code is read as after merging
 */
export function differencesOf(first: readonly Marked[], second: readonly Marked[], agreed: readonly Marked[], as: (code: string) => string): Difference[] {
	const of = (marks: readonly Marked[], code: string): Span[] => covered(marks.filter((each) => as(each.codeId) === code), Number.MAX_SAFE_INTEGER);
	const codes = new Set([...first, ...second].map(({ codeId }) => as(codeId)));
	const found = [...codes].flatMap((codeId): Difference[] => {
		const [one, two, both] = [of(first, codeId), of(second, codeId), of(agreed, codeId)];
		const tell = (spans: readonly Span[], by: 'first' | 'second'): Difference[] =>
			spans.map((span) => ({ ...span, codeId, by, taken: common([span], both).some((part) => part.starts === span.starts && part.ends === span.ends) }));
		return [...tell(without(one, two), 'first'), ...tell(without(two, one), 'second')];
	});
	return found.sort((a, b) => a.starts - b.starts || a.ends - b.ends);
}
