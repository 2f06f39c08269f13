import { z } from 'zod';
import { BOOK_LIMITS, type Book } from './book.ts';

const text = z.string().max(BOOK_LIMITS.cell);
const fields = z.record(z.string().max(200), text);
const seen = z.string().max(40);

/** One change to a draft. `seen` is the mark of what the person had before her when she began. */
export const editSchema = z.discriminatedUnion('do', [
	/** Adds a row, or a group with its end, below a row (inside, if that opens a group); at the end without `after`. */
	z.object({ do: z.literal('add'), after: z.string().max(12), kind: z.string().max(60) }),
	z.object({ do: z.literal('set'), row: z.string().max(12), seen, fields, type: z.object({ kind: text, list: text, rest: text }).optional() }),
	z.object({ do: z.literal('up'), row: z.string().max(12) }),
	z.object({ do: z.literal('down'), row: z.string().max(12) }),
	z.object({ do: z.literal('duplicate'), row: z.string().max(12) }),
	/** Takes a row out; a group with all it holds, or, with `keep`, the group alone. */
	z.object({ do: z.literal('remove'), row: z.string().max(12), seen, keep: z.boolean() }),
	z.object({ do: z.literal('list'), list: text, name: text, seen, rows: z.array(z.object({ id: z.string().max(12), fields })).max(2000) }),
	z.object({ do: z.literal('choice-up'), row: z.string().max(12) }),
	z.object({ do: z.literal('choice-down'), row: z.string().max(12) }),
	z.object({ do: z.literal('choice-remove'), row: z.string().max(12), seen }),
	z.object({ do: z.literal('settings'), seen, fields }),
	z.object({ do: z.literal('language-add'), language: text }),
	z.object({ do: z.literal('language-rename'), from: text, to: text }),
	z.object({ do: z.literal('language-remove'), language: text })
]);
export type Edit = z.input<typeof editSchema>;

/** A changed book, and the row to show next. */
export type Edited = { readonly book: Book; readonly row?: string };
