import { sql } from 'kysely';
import { inSnapshot, type Tx } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { exportSubmissions } from '../permits.ts';
import type { ExportChoice } from './choice.ts';
import { tablesOf, type ExportTable } from './columns.ts';
import { noteExport } from './commands.server.ts';
import { writeForm } from './forms.server.ts';
import { Profiler } from './profile.ts';
import { AnswerReading, countWanted, roundsOf, stateTimeZone, type Counted } from './read.server.ts';
import { RowMaker } from './rows.ts';
import { sheetLimits } from './xlsx.ts';
import type { Delivery, ExportOrder } from './order.ts';
import type { Send } from './table-files.server.ts';

/**
 * Reads and writes an export: one moment of the database, in bounded memory. That it left is written and committed before the
 * first row leaves: a download that breaks off may have been read all the same.
 * @param sheetRows rows that a sheet of a workbook holds
 * @throws Problem `not-found`, `not-permitted`, `export.too-many-columns`
 */
export async function deliver(order: ExportOrder, send: Send, progress: (share: number) => Promise<void>, sheetRows: number = sheetLimits.rows): Promise<Counted> {
	return inSnapshot({ kind: 'person', personId: order.personId }, async (tx) => {
		const { choice, programmeId, roundId } = order;
		const ids = [...new Set([roundId, ...choice.others])];
		for (const id of ids) await permit(tx, exportSubmissions, id);
		await stateTimeZone(tx, programmeId);
		const rounds = await roundsOf(tx, programmeId, ids);
		const tables = tablesOf(rounds.map((round) => round.instrument), choice);
		refuseTooWide(tables, choice);
		const counted = await countWanted(tx, ids, choice);
		await noteExport(order, ids, counted, await momentOf(tx));
		await writeForm(deliveryOf(tx, { order, rounds, tables, counted, send, sheetRows }, progress));
		return counted;
	});
}

/** When this transaction began: whatever is erased later stands in what it reads. */
async function momentOf(tx: Tx): Promise<Date> {
	const { rows } = await sql<{ began: Date }>`select transaction_timestamp() as began`.execute(tx);
	return rows[0]?.began ?? new Date();
}

function deliveryOf(tx: Tx, of: Pick<Delivery, 'order' | 'rounds' | 'tables' | 'counted' | 'send' | 'sheetRows'>, progress: (share: number) => Promise<void>): Delivery {
	const { order, rounds, tables, counted } = of;
	const maker = new RowMaker(tables);
	const reading = new AnswerReading(tx, rounds, order.choice, maker.nested, order.locale);
	let [done, passes] = [0, 1];
	const step: Delivery['step'] = async (submissions) => {
		done += submissions;
		await progress(Math.min(1, done / Math.max(1, counted.submissions * passes)));
	};
	const eachRow: Delivery['eachRow'] = async (add, between) => {
		for await (const batch of reading.batches()) {
			for (const submitted of batch) maker.rows(submitted, add);
			await between();
			await step(batch.length);
		}
	};
	const profile: Delivery['profile'] = async () => {
		passes = 2;
		const profiler = new Profiler(tables);
		await eachRow((table, row) => profiler.add(table, row), async () => {});
		return profiler;
	};
	return { ...of, maker, reading, made: new Date(), eachRow, step, profile };
}

/** Columns that each form can hold in one table. */
const mostColumns: Readonly<Record<ExportChoice['format'], number>> = { csv: 100_000, xlsx: sheetLimits.columns, spss: 32_767, 'spss-syntax': 32_767, stata: 32_767, r: 100_000 };

function refuseTooWide(tables: readonly ExportTable[], { format }: ExportChoice): void {
	const widest = Math.max(...tables.map((table) => table.columns.length));
	if (widest > mostColumns[format]) throw problem('export.too-many-columns', 422, { columns: widest, most: mostColumns[format] });
}
