import { constants, crc32, deflateRawSync } from 'node:zlib';

/** The end of a stream whose pieces were each packed by themselves. */
const lastBlock = new Uint8Array([3, 0]);

/**
 * Packs a file of an archive piece by piece. Each piece is packed by itself, at once and in this thread, and ends on a whole
 * byte, so that the pieces follow each other as one stream and nothing waits anywhere.
 */
export class Packing {
	crc = 0;
	bytes = 0;
	packed = 0;
	readonly #level: number;

	/** @param level 1 (quick) to 9 (small) */
	constructor(level: number) {
		this.#level = level;
	}

	add(piece: Uint8Array): Uint8Array {
		this.crc = crc32(piece, this.crc);
		this.bytes += piece.length;
		return this.#count(deflateRawSync(piece, { level: this.#level, finishFlush: constants.Z_SYNC_FLUSH }));
	}

	end(): Uint8Array {
		return this.#count(lastBlock);
	}

	#count(out: Uint8Array): Uint8Array {
		this.packed += out.length;
		return out;
	}
}

/** What is known of a file once it has been packed. */
export type Packed = { readonly crc: number; readonly bytes: number; readonly packed: number };

type Listed = Packed & { readonly name: Uint8Array; readonly at: number; readonly stored: boolean; readonly late: boolean };

const most = 0xffffffff;
const utf8 = new TextEncoder();

/** Writes an archive (ZIP, with its 64-bit form where sizes need it) front to back; every method hands over the bytes to send next. */
export class Archive {
	readonly #listed: Listed[] = [];
	readonly #time: readonly [number, number];
	#at = 0;
	#open: { name: Uint8Array; at: number; large: boolean } | undefined;

	constructor(made: Date) {
		this.#time = dosTime(made);
	}

	/** Begins a file whose size is not known yet. @param large it may grow beyond 4 GB */
	begin(name: string, large: boolean): Uint8Array {
		const open = { name: utf8.encode(name), at: this.#at, large };
		this.#open = open;
		return this.#sent(this.#header(open.name, 0x0808, 8, large, { crc: 0, bytes: 0, packed: 0 }));
	}

	/** Counts packed bytes of the file under way. */
	more(piece: Uint8Array): Uint8Array {
		return this.#sent(piece);
	}

	/** Ends the file under way and says how large it became. */
	end(found: Packed): Uint8Array {
		if (this.#open === undefined) throw new Error('no file of the archive is open');
		const { name, at, large } = this.#open;
		this.#open = undefined;
		if (!large && (found.bytes > most || found.packed > most)) throw new Error('a file of the archive grew beyond what was said');
		this.#listed.push({ name, at, stored: false, late: true, ...pick(found) });
		const view = writer(large ? 24 : 16);
		view.u32(0x08074b50).u32(found.crc);
		if (large) view.u64(found.packed).u64(found.bytes);
		else view.u32(found.packed).u32(found.bytes);
		return this.#sent(view.bytes);
	}

	/** The head of a file whose packed bytes lie ready; they follow through {@link more}. */
	ready(name: string, found: Packed, stored = false): Uint8Array {
		const encoded = utf8.encode(name);
		this.#listed.push({ name: encoded, at: this.#at, stored, late: false, ...pick(found) });
		return this.#sent(this.#header(encoded, 0x0800, stored ? 0 : 8, found.bytes > most || found.packed > most, found));
	}

	/** The list of files, with which an archive ends. */
	close(): Uint8Array {
		const start = this.#at;
		const pieces = this.#listed.map((file) => this.#sent(this.#entry(file)));
		const size = this.#at - start;
		pieces.push(this.#ending(start, size));
		return Buffer.concat(pieces);
	}

	#sent<T extends Uint8Array>(piece: T): T {
		this.#at += piece.length;
		return piece;
	}

	#header(name: Uint8Array, flags: number, method: number, large: boolean, { crc, bytes, packed }: Packed): Uint8Array {
		const view = writer(30 + name.length + (large ? 20 : 0));
		view.u32(0x04034b50).u16(large ? 45 : 20).u16(flags).u16(method).u16(this.#time[0]).u16(this.#time[1]).u32(crc);
		view.u32(large ? most : packed).u32(large ? most : bytes).u16(name.length).u16(large ? 20 : 0).raw(name);
		if (large) view.u16(1).u16(16).u64(bytes).u64(packed);
		return view.bytes;
	}

	#entry({ name, at, stored, late, crc, bytes, packed }: Listed): Uint8Array {
		const large = bytes > most || packed > most || at > most;
		const view = writer(46 + name.length + (large ? 28 : 0));
		view.u32(0x02014b50).u16(0x032d).u16(large ? 45 : 20).u16(late ? 0x0808 : 0x0800).u16(stored ? 0 : 8).u16(this.#time[0]).u16(this.#time[1]).u32(crc);
		view.u32(large ? most : packed).u32(large ? most : bytes).u16(name.length).u16(large ? 28 : 0).u16(0).u16(0).u16(0).u32(0o600 << 16).u32(large ? most : at).raw(name);
		if (large) view.u16(1).u16(24).u64(bytes).u64(packed).u64(at);
		return view.bytes;
	}

	#ending(start: number, size: number): Uint8Array {
		const count = this.#listed.length;
		const large = count > 0xffff || start > most || size > most;
		const view = writer(22 + (large ? 76 : 0));
		if (large) {
			view.u32(0x06064b50).u64(44).u16(45).u16(45).u32(0).u32(0).u64(count).u64(count).u64(size).u64(start);
			view.u32(0x07064b50).u32(0).u64(start + size).u32(1);
		}
		view.u32(0x06054b50).u16(0).u16(0).u16(Math.min(count, 0xffff)).u16(Math.min(count, 0xffff)).u32(Math.min(size, most)).u32(Math.min(start, most)).u16(0);
		return view.bytes;
	}
}

const pick = ({ crc, bytes, packed }: Packed): Packed => ({ crc, bytes, packed });

function dosTime(moment: Date): [number, number] {
	const time = (moment.getUTCHours() << 11) | (moment.getUTCMinutes() << 5) | (moment.getUTCSeconds() >> 1);
	return [time, (Math.max(0, moment.getUTCFullYear() - 1980) << 9) | ((moment.getUTCMonth() + 1) << 5) | moment.getUTCDate()];
}

/** Writes little-endian numbers one after the other into bytes of a known length. */
function writer(length: number) {
	const bytes = Buffer.alloc(length);
	let at = 0;
	const self = {
		bytes,
		u16: (value: number) => ((at = bytes.writeUInt16LE(value, at)), self),
		u32: (value: number) => ((at = bytes.writeUInt32LE(value >>> 0, at)), self),
		u64: (value: number) => ((at = bytes.writeBigUInt64LE(BigInt(value), at)), self),
		raw: (value: Uint8Array) => (bytes.set(value, at), (at += value.length), self)
	};
	return self;
}
