import type { ActionFailure, RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import type { Tx } from '#platform/database.server.ts';
import { reasonFields } from '#platform/form-fields.ts';
import { localText, type Locale, type LocalText } from '#platform/locales.ts';
import { mayI, permit, type Permit, type Role, type Verb } from '#platform/permit.server.ts';
import { acting, seenIn, type Refusal } from '#platform/request.server.ts';
import type { ListedRecord, ListFilter } from '#platform/record-list.server.ts';
import type { RecordTable } from '#platform/record.server.ts';
import type { Kind } from '#thread/graph.ts';
import { recordPath } from '#thread/paths.ts';
import type { ThreadStepName } from '#ui/thread.ts';
import type { FormField, Values } from '../fields.ts';

/** What a page of this program answers a form with. */
type Answer = Promise<ActionFailure<Refusal>>;

/** Where a desk works: the programme and the reader's language. */
export type Place = { programmeId: string; locale: Locale; timeZone: string };

/** A record as its page shows it. */
export type RecordView = {
	title: LocalText;
	number: number;
	state: string;
	placeId: string | null;
	withdrawnReason: string | null;
	/** Longer texts, each under its heading. */
	texts: { label: string; text: LocalText }[];
	facts: { term: string; detail: string; href?: string }[];
	/** What two sides said about it, newest first. */
	told?: Saying[];
};
export type Saying = { id: string; side: string; status: string; note: LocalText; toldOn: string; by: string; document: { id: string; title: LocalText } | null };

/** Something one can do with a record from its page. */
export type Move = {
	name: string;
	label: () => string;
	/** What will happen, in a sentence; asked to be confirmed. */
	consequence: () => string;
	from: readonly string[];
	fields: (tx: Tx, place: Place) => Promise<FormField[]>;
	may: (tx: Tx, id: string) => Promise<boolean>;
	act: (event: RequestEvent, programmeId: string, id: string) => Answer;
};

/** How one kind of record is listed, written, shown and moved on: what the pages of `[records]` need to know of it. */
export type Desk = {
	kind: Kind;
	table: RecordTable;
	/** The folder in the address. */
	path: string;
	/** Where it stands on the thread line. */
	step: ThreadStepName;
	readers: readonly Role[];
	writers: readonly Role[];
	words: { title: () => string; lede: () => string; create: () => string; none: () => string; day?: () => string; organisation?: () => string; detail?: () => string };
	states: readonly string[];
	/** States in which the form opens for changes. */
	editable: readonly string[];
	/** A further filter, with its words. */
	details?: { value: string; label: () => string }[];
	list: (tx: Tx, programmeId: string, filter: ListFilter) => Promise<{ rows: ListedRecord[]; matching: number; total: number }>;
	show: (tx: Tx, place: Place, id: string) => Promise<RecordView>;
	fields: (tx: Tx, place: Place) => Promise<FormField[]>;
	/** What a form for a new record is filled with, from the address it was opened by. */
	preset?: (url: URL) => Values;
	stored: (tx: Tx, programmeId: string, id: string) => Promise<Values>;
	create: (event: RequestEvent, programmeId: string) => Answer;
	edit?: (event: RequestEvent, programmeId: string, id: string) => Answer;
	mayEdit?: (tx: Tx, id: string) => Promise<boolean>;
	moves: readonly Move[];
	withdraw: { from: readonly string[]; may: (tx: Tx, id: string) => Promise<boolean>; act: (event: RequestEvent, programmeId: string, id: string) => Answer };
	/** Records that may come next: their desk's folder, the parameter that carries this one's id, and from which states. */
	next: readonly { path: string; param: string; from: readonly string[]; label: () => string }[];
};

/** A move with a form of its own or none. */
export function move<Name extends string, S extends z.ZodType>(spec: {
	name: string;
	label: () => string;
	consequence: () => string;
	from: readonly string[];
	verb: Verb<Name, string>;
	schema: S;
	fields?: (tx: Tx, place: Place) => Promise<FormField[]>;
	run: (tx: Tx, may: Permit<Name>, input: z.output<S>) => Promise<unknown>;
	kind: Kind;
}): Move {
	const { name, label, consequence, from, verb, schema, run, kind } = spec;
	return {
		name,
		label,
		consequence,
		from,
		fields: spec.fields ?? (async () => []),
		may: (tx, id) => mayI(tx, verb, id),
		act: (event, programmeId, id) =>
			acting(event, schema, async (tx, input) => {
				await run(tx, await permit(tx, verb, id), input);
				return recordPath(programmeId, kind, id);
			})
	};
}

/** The form of a withdrawal: a reason, and nothing is taken away. */
export const withdrawal = <Name extends string>(
	kind: Kind,
	from: readonly string[],
	verb: Verb<Name, string>,
	run: (tx: Tx, may: Permit<Name>, reason: string) => Promise<void>
): Desk['withdraw'] => ({
	from,
	may: (tx, id) => mayI(tx, verb, id),
	act: (event, programmeId, id) =>
		acting(event, reasonFields, async (tx, { reason }) => {
			await run(tx, await permit(tx, verb, id), reason);
			return recordPath(programmeId, kind, id);
		})
});

/** The form of a new record: parse, make, and go to its page. */
export const creating =
	<S extends z.ZodType>(kind: Kind, schema: S, make: (tx: Tx, programmeId: string, input: z.output<S>) => Promise<string>) =>
	(event: RequestEvent, programmeId: string): Answer =>
		acting(event, schema, async (tx, input) => recordPath(programmeId, kind, await make(tx, programmeId, input)));

/** The form of changes: parse, change what nobody else has changed meanwhile, and go back to the page. */
export const editing =
	<Name extends string, S extends z.ZodType>(
		kind: Kind,
		schema: S,
		verb: Verb<Name, string>,
		change: (tx: Tx, may: Permit<Name>, input: z.output<S>, seen: string | undefined) => Promise<void>
	) =>
	(event: RequestEvent, programmeId: string, id: string): Answer =>
		acting(event, schema, async (tx, input) => {
			await change(tx, await permit(tx, verb, id), input, seenIn(event));
			return recordPath(programmeId, kind, id);
		});

/** A content field in the reader's language. */
export const said = (value: LocalText | null, { locale }: Place): string => localText(value ?? {}, locale).text;
