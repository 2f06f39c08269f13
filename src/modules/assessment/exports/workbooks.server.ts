import { Archive } from './archive.ts';
import { addAttachments } from './attachments.server.ts';
import { codebookOf } from './codebook.ts';
import { aboutLines, levelOf, mayBeLarge } from './about.ts';
import type { Delivery } from './order.ts';
import type { Row } from './rows.ts';
import { Spool } from './spool.server.ts';
import { addFile, TableFiles, type Send } from './table-files.server.ts';
import { filled } from './words.ts';
import { SheetEncoder, sheetNames, workbookFiles } from './xlsx.ts';

/**
 * Writes workbooks: one sheet for each table, the codebook, and a last sheet that says what this is. Where a table has more rows
 * than a sheet can hold there are several, in an archive: each holds whole submissions with all their repeats.
 */
export async function writeWorkbooks(delivery: Delivery): Promise<void> {
	const { tables, counted, order: { choice }, send } = delivery;
	// Repeats may be many where submissions are few: then they are counted first.
	const most = tables.length > 1 ? Math.max(...(await delivery.profile()).tables.map((table) => table.rows)) : counted.submissions;
	const several = most > delivery.sheetRows;
	if (!several && !choice.attachments) {
		const book = new Workbook(delivery, send, null);
		return writeRows(delivery, book, () => Promise.resolve(book));
	}
	const archive = new Archive(delivery.made);
	let number = 1;
	let spool = new Spool();
	const bookOf = (part: number | null): Workbook => new Workbook(delivery, async (piece) => spool.add(piece), part);
	try {
		await writeRows(delivery, bookOf(several ? number : null), async () => {
			await addReady(archive, several ? `answers-${number}.xlsx` : 'answers.xlsx', spool, send);
			spool.close();
			number += 1;
			spool = new Spool();
			return bookOf(number);
		});
		await addReady(archive, several ? `answers-${number}.xlsx` : 'answers.xlsx', spool, send);
	} finally {
		spool.close();
	}
	const leftOut = choice.attachments ? await addAttachments(archive, delivery) : null;
	const parts = several ? [filled(delivery.order.words.parts, { n: number })] : [];
	await addFile(archive, 'README.txt', `\ufeff${aboutLines(delivery, [], leftOut, parts).filter((line) => line !== '').join('\r\n')}\r\n`, send);
	await send(archive.close());
}

async function addReady(archive: Archive, name: string, spool: Spool, send: Send): Promise<void> {
	await send(archive.ready(name, { crc: spool.crc, bytes: spool.length, packed: spool.length }, true));
	for (const piece of spool.pieces()) await send(archive.more(piece));
}

/** Goes over the rows, submission by submission; `next` is asked for another workbook when one would not fit any more. */
async function writeRows(delivery: Delivery, first: Workbook, next: () => Promise<Workbook>): Promise<void> {
	let book = first;
	await book.begin();
	try {
		for await (const batch of delivery.reading.batches()) {
			for (const submitted of batch) {
				const rows: [number, Row][] = [];
				delivery.maker.rows(submitted, (table, row) => rows.push([table, row]));
				if (!book.takes(rows)) {
					await book.end();
					book = await next();
					await book.begin();
				}
				for (const [table, row] of rows) book.add(table, row);
			}
			await book.flush();
			await delivery.step(batch.length);
		}
		await book.end();
	} finally {
		book.close();
	}
}

/** One workbook. */
class Workbook {
	readonly #delivery: Delivery;
	readonly #archive: Archive;
	readonly #files: TableFiles;
	readonly #sheets: readonly SheetEncoder[];
	readonly #counts: number[];
	readonly #send: Send;
	readonly #part: number | null;

	constructor(delivery: Delivery, send: Send, part: number | null) {
		const { tables, order: { choice }, made, counted } = delivery;
		this.#delivery = delivery;
		this.#send = send;
		this.#part = part;
		this.#archive = new Archive(made);
		this.#counts = tables.map(() => 0);
		this.#sheets = tables.map((table) => SheetEncoder.ofTable(table, choice));
		const files = this.#sheets.map((encoder, i) => ({ name: `xl/worksheets/sheet${i + 1}.xml`, encoder }));
		this.#files = new TableFiles(this.#archive, files, send, { level: levelOf(delivery), large: counted.submissions > mayBeLarge });
	}

	async begin(): Promise<void> {
		const { tables, order: { words } } = this.#delivery;
		const names = sheetNames([...tables.map((table) => table.name), words.codebook, words.about]);
		for (const [name, content] of workbookFiles(names)) await addFile(this.#archive, name, content, this.#send);
		await this.#files.begin();
	}

	takes(rows: readonly [number, Row][]): boolean {
		const more = this.#counts.map(() => 0);
		for (const [table] of rows) more[table] = (more[table] ?? 0) + 1;
		return this.#counts.every((count, table) => count + (more[table] ?? 0) <= this.#delivery.sheetRows);
	}

	add(table: number, row: Row): void {
		this.#counts[table] = (this.#counts[table] ?? 0) + 1;
		this.#files.add(table, row);
	}

	flush(): Promise<void> {
		return this.#files.flush();
	}

	close(): void {
		this.#files.close();
	}

	async end(): Promise<void> {
		const { tables, order: { words } } = this.#delivery;
		await this.#files.end();
		this.close();
		const [heads = [], ...lines] = codebookOf(tables, null, words);
		await this.#sheet(tables.length + 1, heads, lines);
		const cut = this.#sheets.reduce((sum, sheet) => sum + sheet.cut, 0);
		const more = [...(cut > 0 ? [filled(words.cut, { n: cut })] : []), ...(this.#part === null ? [] : [filled(words.parts, { n: this.#part })])];
		const [title = '', ...about] = aboutLines(this.#delivery, this.#counts, null, more);
		await this.#sheet(tables.length + 2, [title], about.map((line) => [line]));
		await this.#send(this.#archive.close());
	}

	async #sheet(number: number, heads: readonly string[], lines: readonly Row[]): Promise<void> {
		const encoder = new SheetEncoder(heads, heads.map(() => null), 'names');
		const head = encoder.head();
		for (const line of lines) encoder.row(line.map((text) => (text === '' ? null : text)));
		await addFile(this.#archive, `xl/worksheets/sheet${number}.xml`, Buffer.concat([head, ...encoder.tail()]), this.#send);
	}
}
