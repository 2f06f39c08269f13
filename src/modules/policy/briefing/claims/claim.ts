/** A number about people that a text states: so many, so many percent, or a part of a whole ("7 of 10", "a third"). */
export type Claim = { readonly starts: number; readonly ends: number } & (
	| { readonly kind: 'number'; readonly number: string }
	| { readonly kind: 'part'; readonly part: number; readonly of: number }
);

/** A claim's number as a person is told it, and by which claims are the same. */
export const nameOf = (claim: Claim): string => (claim.kind === 'number' ? claim.number : `${claim.part}/${claim.of}`);
