import type { ExportTable } from './columns.ts';
import type { Row } from './rows.ts';

/** Writes one table in some form, piece by piece. */
export interface Encoder {
	/** What stands before the first row. */
	head(): Uint8Array;
	/** Takes a row; its bytes gather until they are fetched. */
	row(row: Row): void;
	/** Roughly how many bytes have gathered. */
	readonly gathered: number;
	/** Fetches what has gathered. */
	take(): Uint8Array;
	/** What stands after the last row. */
	tail(): Iterable<Uint8Array>;
	close?(): void;
}

export type MakeEncoder = (table: ExportTable, index: number) => Encoder;

/** An encoder of lines of text. */
export abstract class TextEncoding implements Encoder {
	protected text = '';

	abstract head(): Uint8Array;
	abstract row(row: Row): void;

	get gathered(): number {
		return this.text.length;
	}

	take(): Uint8Array {
		const bytes = Buffer.from(this.text, 'utf8');
		this.text = '';
		return bytes;
	}

	tail(): Iterable<Uint8Array> {
		return [];
	}
}

/** An encoder of bytes, in a buffer that grows as needed and is used again. */
export abstract class ByteEncoding implements Encoder {
	protected bytes = Buffer.allocUnsafe(256 * 1024);
	protected at = 0;

	abstract head(): Uint8Array;
	abstract row(row: Row): void;

	get gathered(): number {
		return this.at;
	}

	take(): Uint8Array {
		const taken = Buffer.from(this.bytes.subarray(0, this.at));
		this.at = 0;
		return taken;
	}

	tail(): Iterable<Uint8Array> {
		return [];
	}

	/** Makes sure that so many bytes more fit. */
	protected room(more: number): void {
		if (this.at + more <= this.bytes.length) return;
		const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.at + more));
		this.bytes.copy(larger, 0, 0, this.at);
		this.bytes = larger;
	}
}
