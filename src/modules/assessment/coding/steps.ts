import { z } from 'zod';

const text = z.record(z.string(), z.string());
const segmentRow = z.object({ id: z.uuid(), codingId: z.uuid(), codeId: z.uuid(), starts: z.int(), ends: z.int(), memo: z.string() });
const memoRow = z.object({ codingId: z.uuid(), memo: z.string() });
const codeRow = z.object({
	id: z.uuid(), parentId: z.uuid().nullable(), position: z.int(), name: text, definition: text, useWhen: text, useNot: text, examples: text,
	memo: z.string(), colour: z.int(), state: z.string(), mergedIntoId: z.uuid().nullable()
});
export type SegmentRow = z.output<typeof segmentRow>;
export type CodeRow = z.output<typeof codeRow>;

/** One row as it was and as it is: null where it was not there. */
const change = z.discriminatedUnion('table', [
	z.object({ table: z.literal('segment'), before: segmentRow.nullable(), after: segmentRow.nullable() }),
	z.object({ table: z.literal('memo'), before: memoRow.nullable(), after: memoRow.nullable() }),
	z.object({ table: z.literal('code'), before: codeRow.nullable(), after: codeRow.nullable() })
]);
export type Change = z.output<typeof change>;
export const changesSchema = z.array(change);

/** The same changes the other way round: what undo carries out. */
export const reversed = (changes: readonly Change[]): Change[] =>
	[...changes].reverse().map((each): Change => {
		switch (each.table) {
			case 'segment':
				return { table: 'segment', before: each.after, after: each.before };
			case 'memo':
				return { table: 'memo', before: each.after, after: each.before };
			case 'code':
				return { table: 'code', before: each.after, after: each.before };
		}
	});
