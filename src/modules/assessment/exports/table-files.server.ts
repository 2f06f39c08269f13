import { Packing, type Archive } from './archive.ts';
import type { Encoder } from './encoder.ts';
import type { Row } from './rows.ts';
import { Spool } from './spool.server.ts';

/** Takes bytes on their way out, and answers when there is room for more. */
export type Send = (piece: Uint8Array) => Promise<void>;

/** Bytes that gather before they are packed. */
const piece = 256 * 1024;

type Part = { readonly name: string; readonly encoder: Encoder; readonly packing: Packing; readonly spool: Spool | null };

/**
 * Writes several tables at once into an archive. Rows of all come mixed, an archive's files come one after the other: the first
 * table goes out as it is written, the others wait on disk.
 */
export class TableFiles {
	readonly #archive: Archive;
	readonly #parts: Part[];
	readonly #send: Send;
	readonly #large: boolean;

	/** @param large the first may grow beyond 4 GB */
	constructor(archive: Archive, files: readonly { name: string; encoder: Encoder }[], send: Send, options: { level: number; large: boolean }) {
		this.#archive = archive;
		this.#send = send;
		this.#large = options.large;
		this.#parts = files.map((file, i) => ({ ...file, packing: new Packing(options.level), spool: i === 0 ? null : new Spool() }));
	}

	async begin(): Promise<void> {
		for (const part of this.#parts) {
			if (part.spool === null) await this.#send(this.#archive.begin(part.name, this.#large));
			await this.#put(part, part.encoder.head());
		}
	}

	add(table: number, row: Row): void {
		this.#parts[table]?.encoder.row(row);
	}

	/** Packs what has gathered; called now and then, so that memory stays small. */
	async flush(): Promise<void> {
		for (const part of this.#parts) if (part.encoder.gathered >= piece) await this.#put(part, part.encoder.take());
	}

	async end(): Promise<void> {
		for (const part of this.#parts) {
			const { encoder, packing, spool, name } = part;
			if (encoder.gathered > 0) await this.#put(part, encoder.take());
			for (const rest of encoder.tail()) await this.#put(part, rest);
			const last = packing.end();
			if (spool === null) {
				await this.#send(this.#archive.more(last));
				await this.#send(this.#archive.end(packing));
				continue;
			}
			spool.add(last);
			await this.#send(this.#archive.ready(name, packing));
			for (const waiting of spool.pieces()) await this.#send(this.#archive.more(waiting));
		}
	}

	close(): void {
		for (const { spool, encoder } of this.#parts) {
			spool?.close();
			encoder.close?.();
		}
	}

	async #put({ packing, spool }: Part, bytes: Uint8Array): Promise<void> {
		if (bytes.length === 0) return;
		const packed = packing.add(bytes);
		if (spool === null) await this.#send(this.#archive.more(packed));
		else spool.add(packed);
	}
}

/** Writes a small file into an archive. */
export async function addFile(archive: Archive, name: string, content: string | Uint8Array, send: Send): Promise<void> {
	const packing = new Packing(6);
	const packed = Buffer.concat([packing.add(Buffer.from(content)), packing.end()]);
	await send(archive.ready(name, packing));
	await send(archive.more(packed));
}
