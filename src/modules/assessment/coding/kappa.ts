import type { Span } from './text.ts';

/** How two coders used one code on some text: code points under it by both, by one alone, by neither. */
export type Agreement = { readonly both: number; readonly first: number; readonly second: number; readonly neither: number };

/** What the four numbers say. Shares are of all code points; null: cannot be worked out. */
export type Kappa = Agreement & {
	readonly total: number;
	/** Share on which the two agree, what neither coded included. */
	readonly agreed: number | null;
	/** Share on which they would agree by chance, given how much each coded. */
	readonly expected: number | null;
	/** Cohen's kappa; null when chance alone makes them agree on everything (neither used the code, or both on all). */
	readonly kappa: number | null;
};

/** Passages as they cover the text: in order, overlapping and touching ones as one, cut at the text's end. */
export function covered(spans: readonly Span[], length: number): Span[] {
	const merged: { starts: number; ends: number }[] = [];
	const sorted = spans.map(({ starts, ends }) => ({ starts: Math.max(0, starts), ends: Math.min(length, ends) })).filter(({ starts, ends }) => starts < ends);
	for (const span of sorted.sort((a, b) => a.starts - b.starts)) {
		const last = merged.at(-1);
		if (last && span.starts <= last.ends) last.ends = Math.max(last.ends, span.ends);
		else merged.push({ ...span });
	}
	return merged;
}

const sizeOf = (spans: readonly Span[]): number => spans.reduce((sum, { starts, ends }) => sum + ends - starts, 0);

/** What two coverings have in common; both in order and without overlaps. */
export function common(first: readonly Span[], second: readonly Span[]): Span[] {
	const shared: Span[] = [];
	for (let i = 0, j = 0; i < first.length && j < second.length; ) {
		const [a, b] = [first[i], second[j]];
		if (!a || !b) break;
		const starts = Math.max(a.starts, b.starts);
		const ends = Math.min(a.ends, b.ends);
		if (starts < ends) shared.push({ starts, ends });
		if (a.ends < b.ends) i++;
		else j++;
	}
	return shared;
}

/** What the first covers and the second does not. */
export function without(first: readonly Span[], second: readonly Span[]): Span[] {
	const left: Span[] = [];
	for (const { starts, ends } of first) {
		let at = starts;
		for (const other of second) {
			if (other.ends <= at || other.starts >= ends) continue;
			if (other.starts > at) left.push({ starts: at, ends: other.starts });
			at = Math.max(at, other.ends);
		}
		if (at < ends) left.push({ starts: at, ends });
	}
	return left;
}

/**
 * How two coders used one code on a text of `length` code points. Each code point is a unit both have judged: under the code or
 * not. What neither marked is agreement that the code does not apply, and is counted; leaving it out would call two coders
 * who mark little and rarely differ no better than chance. How often a passage was marked does not matter, only where.
 */
export function agreementOn(length: number, first: readonly Span[], second: readonly Span[]): Agreement {
	const one = covered(first, length);
	const two = covered(second, length);
	const both = sizeOf(common(one, two));
	const onlyFirst = sizeOf(one) - both;
	const onlySecond = sizeOf(two) - both;
	return { both, first: onlyFirst, second: onlySecond, neither: length - both - onlyFirst - onlySecond };
}

/** The agreement on several texts together. */
export const together = (parts: readonly Agreement[]): Agreement => ({
	both: parts.reduce((sum, part) => sum + part.both, 0),
	first: parts.reduce((sum, part) => sum + part.first, 0),
	second: parts.reduce((sum, part) => sum + part.second, 0),
	neither: parts.reduce((sum, part) => sum + part.neither, 0)
});

/** Cohen's kappa (Educational and Psychological Measurement 20, 1960) for two coders and the two judgements "under the code" and "not". */
export function kappaOf(agreement: Agreement): Kappa {
	const { both, first, second, neither } = agreement;
	const total = both + first + second + neither;
	if (total === 0) return { ...agreement, total, agreed: null, expected: null, kappa: null };
	const agreed = (both + neither) / total;
	const [codedFirst, codedSecond] = [both + first, both + second];
	// In whole numbers as long as it goes: what chance gives is 1 exactly only when both coded all or nothing.
	const byChance = codedFirst * codedSecond + (total - codedFirst) * (total - codedSecond);
	const expected = byChance / (total * total);
	return { ...agreement, total, agreed, expected, kappa: byChance === total * total ? null : (total * (both + neither) - byChance) / (total * total - byChance) };
}

/**
 * One kappa over several codes, by the means of their observed and expected agreement (De Vries and others, Quality of Life
 * Research 17, 2008); codes that neither used are left out.
 */
export function pooledKappa(codes: readonly Kappa[]): number | null {
	const used = codes.filter(({ both, first, second }) => both + first + second > 0);
	if (used.length === 0) return null;
	const mean = (pick: (code: Kappa) => number | null): number => used.reduce((sum, code) => sum + (pick(code) ?? 0), 0) / used.length;
	const [agreed, expected] = [mean((code) => code.agreed), mean((code) => code.expected)];
	return expected === 1 ? null : (agreed - expected) / (1 - expected);
}
