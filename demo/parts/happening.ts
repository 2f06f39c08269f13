import type { Day } from '../made-up/types.ts';

/** Something that somebody of the cast does on a day. */
export type Happening = { readonly day: Day; readonly happen: () => Promise<unknown> };

/** Ids of evidence that got its own when it was entered, by key. */
export type Told = { readonly figure: Map<string, string>; readonly quotation: Map<string, string>; readonly document: Map<string, string>; readonly score: Map<string, string> };
