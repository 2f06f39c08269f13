/** Sentences that state a number about people, and sentences with numbers that do not. Made up for the tests. */
export type Sentences = { readonly claims: readonly string[]; readonly none: readonly string[] };
