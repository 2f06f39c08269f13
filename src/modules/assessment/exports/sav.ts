import type { ExportTable } from './columns.ts';
import { ByteEncoding } from './encoder.ts';
import { cutTo, type Variable } from './labelled.ts';
import type { Row } from './rows.ts';
import { savDictionary, segmentsOf } from './sav-dictionary.ts';
import { clockOf, dayOf, numberOf } from './values.ts';

/** Seconds from the first day of the Gregorian calendar, from which SPSS counts, to 1970. */
const spssEpoch = 12_219_379_200;

/** A table as an SPSS system file (`.sav`), with its bytecode compression. */
export class SavEncoder extends ByteEncoding {
	readonly #variables: readonly Variable[];
	readonly #head: Uint8Array;
	/** Up to eight instructions, and the words that belong to them. */
	#codes: number[] = [];
	readonly #words = Buffer.allocUnsafe(64);
	#wordsAt = 0;

	/** @param rows how many there will be */
	constructor(variables: readonly Variable[], table: ExportTable, rows: number, made: Date) {
		super();
		this.#variables = variables;
		this.#head = savDictionary(variables, table.name, rows, made);
	}

	head(): Uint8Array {
		return this.#head;
	}

	row(row: Row): void {
		for (let i = 0; i < this.#variables.length; i++) {
			const variable = this.#variables[i];
			if (variable === undefined) continue;
			const value = row[i] ?? null;
			if (variable.kind === 'text') this.#text(value ?? '', variable.width);
			else this.#number(value === null ? Number.NaN : numberFor(variable, value));
		}
	}

	override tail(): Iterable<Uint8Array> {
		if (this.#codes.length > 0) this.#flush();
		return this.at > 0 ? [this.take()] : [];
	}

	#number(value: number): void {
		if (Number.isNaN(value)) this.#put(255);
		else if (Number.isInteger(value) && value >= -99 && value <= 151 && !Object.is(value, -0)) this.#put(value + 100);
		else {
			this.#words.writeDoubleLE(value, this.#wordsAt);
			this.#word();
		}
	}

	/** A text fills its width with spaces; one of more than 255 bytes lies in segments of 255 bytes and one to fill the word. */
	#text(text: string, width: number): void {
		const bytes = Buffer.from(cutTo(text, width));
		const segments = segmentsOf(width);
		for (const [n, segment] of segments.entries()) {
			const from = n * 255;
			const used = segments.length === 1 ? width : Math.min(255, Math.max(0, width - from));
			const words = Math.ceil(segment / 8);
			for (let word = 0; word < words; word++) {
				const start = from + word * 8;
				const end = Math.min(start + 8, from + used, bytes.length);
				if (end <= start) {
					this.#put(254);
					continue;
				}
				this.#words.fill(0x20, this.#wordsAt, this.#wordsAt + 8);
				bytes.copy(this.#words, this.#wordsAt, start, end);
				this.#word();
			}
		}
	}

	#word(): void {
		this.#wordsAt += 8;
		this.#put(253);
	}

	#put(code: number): void {
		this.#codes.push(code);
		if (this.#codes.length === 8) this.#flush();
	}

	#flush(): void {
		this.room(8 + this.#wordsAt);
		for (let i = 0; i < 8; i++) this.bytes[this.at++] = this.#codes[i] ?? 0;
		this.#words.copy(this.bytes, this.at, 0, this.#wordsAt);
		this.at += this.#wordsAt;
		this.#codes = [];
		this.#wordsAt = 0;
	}
}

/** A value as the number that stands for it, or NaN. */
function numberFor({ kind, codes }: Variable, text: string): number {
	switch (kind) {
		case 'choice':
			return codes.get(text) ?? Number.NaN;
		case 'date':
			return dayOf(text) / 1000 + spssEpoch;
		case 'moment':
			return clockOf(text) / 1000 + spssEpoch;
		default:
			return numberOf(text);
	}
}
