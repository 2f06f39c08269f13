import type { Locale } from '#platform/locale.ts';
import type { ExportChoice } from './choice.ts';
import type { ExportTable } from './columns.ts';
import type { Profiler } from './profile.ts';
import type { AnswerReading, Counted, ExportRound } from './read.server.ts';
import type { RowMaker } from './rows.ts';
import type { Send } from './table-files.server.ts';
import type { ExportWords } from './words.ts';

/** An export as it is ordered: by whom, of what, in which form, with the words of its own pages. */
export type ExportOrder = {
	readonly id: string;
	readonly personId: string;
	readonly programmeId: string;
	readonly roundId: string;
	readonly jobId: string | null;
	readonly choice: ExportChoice;
	readonly locale: Locale;
	readonly words: ExportWords;
};

/** Everything that a form is written from. */
export type Delivery = {
	readonly order: ExportOrder;
	readonly rounds: readonly ExportRound[];
	readonly tables: readonly ExportTable[];
	readonly counted: Counted;
	readonly reading: AnswerReading;
	readonly maker: RowMaker;
	readonly made: Date;
	/** Rows that a sheet of a workbook holds. */
	readonly sheetRows: number;
	readonly send: Send;
	/** Goes over all rows once. `add` is told the number of the table; `between` is called every thousand submissions. */
	readonly eachRow: (add: (table: number, row: (string | null)[]) => void, between: () => Promise<void>) => Promise<void>;
	/** Says that so many submissions more have been gone over. */
	readonly step: (submissions: number) => Promise<void>;
	/** Reads everything once beforehand, for forms that must know how wide and how many. */
	readonly profile: () => Promise<Profiler>;
};
