import type { ExportTable } from './columns.ts';
import { ByteEncoding } from './encoder.ts';
import { dtaHead, dtaLabels, longestShort, rowBytes, typeOf } from './dta-head.ts';
import { cutTo, type Variable } from './labelled.ts';
import type { Row } from './rows.ts';
import { clockOf, dayOf, numberOf } from './values.ts';

/** Bytes that wait for their turn; on disk, because long texts stand after all rows. */
export type Waiting = { readonly length: number; add(piece: Uint8Array): void; pieces(): Iterable<Uint8Array>; close(): void };

/** Milliseconds from 1970 back to 1960, from which Stata counts. */
const stataEpoch = 315_619_200_000;
const missingDouble = Buffer.from([0, 0, 0, 0, 0, 0, 0xe0, 0x7f]);
const missingLong = 2_147_483_621;
const missingByte = 101;

/** A table as a Stata dataset (`.dta`, format 118). Texts beyond 2,045 bytes are kept as strL. */
export class DtaEncoder extends ByteEncoding {
	readonly #table: ExportTable;
	readonly #variables: readonly Variable[];
	readonly #rows: number;
	readonly #made: Date;
	readonly #waiting: Waiting;
	readonly #longBytes: number;
	readonly #rowBytes: number;
	#written = 0;

	/**
	 * @param rows how many there will be
	 * @param longBytes bytes of the long texts together, {@link longTextHead} for each included
	 */
	constructor(variables: readonly Variable[], table: ExportTable, rows: number, made: Date, waiting: Waiting, longBytes: number) {
		super();
		this.#variables = variables;
		this.#table = table;
		this.#rows = rows;
		this.#made = made;
		this.#waiting = waiting;
		this.#longBytes = longBytes;
		this.#rowBytes = rowBytes(variables);
	}

	head(): Uint8Array {
		return dtaHead(this.#variables, this.#table.name, this.#rows, this.#made, this.#longBytes);
	}

	row(row: Row): void {
		this.#written += 1;
		this.room(this.#rowBytes);
		for (let i = 0; i < this.#variables.length; i++) {
			const variable = this.#variables[i];
			if (variable === undefined) continue;
			this.#value(variable, row[i] ?? null, i + 1);
		}
	}

	override *tail(): Iterable<Uint8Array> {
		if (this.at > 0) yield this.take();
		if (this.#written !== this.#rows) throw new Error(`${this.#written} rows were written where ${this.#rows} were announced`);
		if (this.#waiting.length !== this.#longBytes) throw new Error('the long texts are not as long as they were found to be');
		yield Buffer.from('</data><strls>');
		yield* this.#waiting.pieces();
		yield Buffer.from('</strls>');
		yield dtaLabels(this.#variables);
		yield Buffer.from('</stata_dta>');
	}

	close(): void {
		this.#waiting.close();
	}

	#value(variable: Variable, text: string | null, column: number): void {
		if (variable.kind === 'text') {
			if (variable.width <= longestShort) this.#short(text ?? '', variable.width);
			else this.#long(text ?? '', column);
			return;
		}
		const value = text === null ? Number.NaN : numberFor(variable, text);
		switch (typeOf(variable)) {
			case 65530:
				this.at = this.bytes.writeInt8(Number.isNaN(value) ? missingByte : value, this.at);
				return;
			case 65528:
				this.at = this.bytes.writeInt32LE(Number.isNaN(value) ? missingLong : value, this.at);
				return;
			default:
				if (Number.isNaN(value)) this.at += missingDouble.copy(this.bytes, this.at);
				else this.at = this.bytes.writeDoubleLE(value, this.at);
		}
	}

	#short(text: string, width: number): void {
		this.bytes.fill(0, this.at, this.at + width);
		this.bytes.write(cutTo(text, width), this.at, 'utf8');
		this.at += width;
	}

	/** In the row stand the numbers of column and row under which the text itself is found. */
	#long(text: string, column: number): void {
		const there = text !== '';
		this.at = this.bytes.writeUInt16LE(there ? column : 0, this.at);
		this.at = this.bytes.writeUIntLE(there ? this.#written : 0, this.at, 6);
		if (there) this.#waiting.add(longText(column, this.#written, text));
	}
}

/** Bytes that a long text takes beside its own. */
export const longTextHead = 21;

function longText(column: number, row: number, text: string): Buffer {
	const content = Buffer.from(text, 'utf8');
	const head = Buffer.alloc(longTextHead - 1);
	head.write('GSO');
	head.writeUInt32LE(column, 3);
	head.writeBigUInt64LE(BigInt(row), 7);
	head.writeUInt8(130, 15);
	head.writeUInt32LE(content.length + 1, 16);
	return Buffer.concat([head, content, Buffer.alloc(1)]);
}

function numberFor({ kind, codes }: Variable, text: string): number {
	switch (kind) {
		case 'choice':
			return codes.get(text) ?? Number.NaN;
		case 'date':
			return (dayOf(text) + stataEpoch) / 86_400_000;
		case 'moment':
			return clockOf(text) + stataEpoch;
		default:
			return numberOf(text);
	}
}
