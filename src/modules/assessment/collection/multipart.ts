/** What the head of a part says of it. */
export type PartHead = {
	readonly name: string;
	/** As the client wrote it, with whatever folders it names; undefined when the part is a field. */
	readonly filename: string | undefined;
};

/** What is read, in order: the head of a part, its content in pieces, its end; then the next part. */
export type Piece = { readonly kind: 'head'; readonly head: PartHead } | { readonly kind: 'data'; readonly data: Buffer } | { readonly kind: 'end' };

/** The body is no multipart of this boundary, or a part of it cannot be told apart. `unnamed`: a part does not say which field it is. */
export class MultipartError extends Error {
	readonly unnamed: boolean;

	constructor(message: string, unnamed = false) {
		super(message);
		this.unnamed = unnamed;
	}
}

/** Bytes of one part's head, and lines in it. */
const longestHead = 8 * 1024;
const mostLines = 20;

const crlf = Buffer.from('\r\n');
const blankLine = Buffer.from('\r\n\r\n');

/**
 * Reads `multipart/form-data` (RFC 7578) as it comes, holding no more than a piece and a boundary. Strict where leniency would
 * drop something unseen: a part without `Content-Disposition`, text before the first part or after the last, another transfer
 * encoding than plain bytes, and a body that ends too early are errors.
 */
export class MultipartReader {
	readonly #delimiter: Buffer;
	#rest: Buffer = crlf;
	#at: 'start' | 'line' | 'head' | 'content' | 'over' = 'start';

	/** @param boundary as the content type gives it, without the dashes */
	constructor(boundary: string) {
		this.#delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
	}

	/** Takes the next bytes of the body. @throws MultipartError */
	*push(chunk: Buffer): Generator<Piece, void> {
		this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
		for (;;) {
			const before = this.#at;
			const piece = this.#step();
			if (piece === 'wait') return;
			if (piece) yield piece;
			if (piece === undefined && this.#at === before) return;
		}
	}

	/** The body is over. @throws MultipartError when it is not whole */
	finish(): void {
		if (this.#at !== 'over') throw new MultipartError('the body ends too early');
	}

	#step(): Piece | 'wait' | undefined {
		switch (this.#at) {
			case 'start':
				return this.#start();
			case 'line':
				return this.#afterDelimiter();
			case 'head':
				return this.#head();
			case 'content':
				return this.#content();
			case 'over':
				return this.#over();
		}
	}

	/** Nothing but line ends may stand before the first part. The rest begins with one that the client did not send. */
	#start(): Piece | 'wait' | undefined {
		while (this.#rest.length >= 4 && this.#rest.subarray(0, 4).equals(blankLine)) this.#rest = this.#rest.subarray(2);
		const begin = this.#rest.subarray(0, this.#delimiter.length);
		if (!begin.equals(this.#delimiter.subarray(0, begin.length)) && !blankLine.subarray(0, begin.length).equals(begin)) {
			throw new MultipartError('there is something before the first part');
		}
		if (begin.length < this.#delimiter.length) return 'wait';
		this.#pass(this.#delimiter.length, 'line');
		return undefined;
	}

	/** After a delimiter: two dashes end the body; spaces may stand before the end of the line. */
	#afterDelimiter(): Piece | 'wait' | undefined {
		let from = 0;
		while (this.#rest[from] === 0x20 || this.#rest[from] === 0x09) from += 1;
		if (from > 100) throw new MultipartError('a boundary is followed by something else');
		if (this.#rest.length < from + 2) return 'wait';
		const two = this.#rest.toString('latin1', from, from + 2);
		if (two === '--' && from === 0) this.#pass(2, 'over');
		else if (two === '\r\n') this.#pass(from, 'head');
		else throw new MultipartError('a boundary is followed by something else');
		return undefined;
	}

	/** The rest begins with the end of the boundary's line, so that an empty head is a blank line too. */
	#head(): Piece | 'wait' | undefined {
		const end = this.#rest.indexOf(blankLine);
		if (end > longestHead || (end === -1 && this.#rest.length > longestHead)) throw new MultipartError('the head of a part is too long');
		if (end === -1) return 'wait';
		const head = headOf(this.#rest.subarray(Math.min(2, end), end));
		// An empty part ends where its head does: the line end before the next boundary is then that of the head.
		this.#pass(end + 2, 'content');
		this.#skipBlank = true;
		return { kind: 'head', head };
	}

	#skipBlank = false;

	#content(): Piece | 'wait' | undefined {
		const from = this.#skipBlank ? 2 : 0;
		const found = this.#rest.indexOf(this.#delimiter, from);
		if (found !== -1) {
			if (found > from) return this.#give(from, found);
			this.#skipBlank = false;
			this.#pass(found + this.#delimiter.length, 'line');
			return { kind: 'end' };
		}
		const safe = this.#rest.length - this.#delimiter.length + 1;
		return safe > from ? this.#give(from, safe) : 'wait';
	}

	#give(from: number, to: number): Piece {
		const data = this.#rest.subarray(from, to);
		this.#skipBlank = false;
		this.#pass(to, 'content');
		return { kind: 'data', data };
	}

	#over(): 'wait' {
		if (!/^[\r\n \t]*$/.test(this.#rest.toString('latin1')) || this.#rest.length > longestHead) throw new MultipartError('there is something after the last part');
		return 'wait';
	}

	#pass(bytes: number, next: MultipartReader['at']): void {
		this.#rest = this.#rest.subarray(bytes);
		this.#at = next;
	}

	/** Where in the body the reader stands. */
	get at(): 'start' | 'line' | 'head' | 'content' | 'over' {
		return this.#at;
	}
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function headOf(bytes: Buffer): PartHead {
	const headers = new Map<string, string>();
	const lines = decoded(bytes).split('\r\n').filter((line) => line !== '');
	if (lines.length > mostLines) throw new MultipartError('the head of a part has too many lines');
	for (const line of lines) {
		const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
		if (name === undefined || value === undefined || /[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) throw new MultipartError('a line in the head of a part cannot be read');
		if (headers.has(name.toLowerCase())) throw new MultipartError('a line stands twice in the head of a part');
		headers.set(name.toLowerCase(), value);
	}
	if (!/^(?:binary|8bit|7bit)?$/i.test(headers.get('content-transfer-encoding') ?? '')) throw new MultipartError('a part is encoded');
	return dispositionOf(headers.get('content-disposition'));
}

function decoded(bytes: Buffer): string {
	try {
		return utf8.decode(bytes);
	} catch {
		throw new MultipartError('the head of a part is not UTF-8');
	}
}

const parameter = /^[ \t]*;[ \t]*([\w!#$&+.^`|~-]+\*?)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/;

function dispositionOf(line: string | undefined): PartHead {
	const [kind = ''] = /^[^;\s]*/.exec(line ?? '') ?? [];
	if (line === undefined || kind.toLowerCase() !== 'form-data') throw new MultipartError('a part does not say which field it is', true);
	const given = new Map<string, string>();
	let rest = line.slice(kind.length);
	while (rest.trim() !== '') {
		const [whole, key = '', quoted, bare] = parameter.exec(rest) ?? [];
		if (whole === undefined || given.has(key.toLowerCase())) throw new MultipartError('the field of a part cannot be read', true);
		given.set(key.toLowerCase(), quoted === undefined ? (bare ?? '') : unquoted(quoted));
		rest = rest.slice(whole.length);
	}
	const name = given.get('name');
	if (name === undefined || name === '') throw new MultipartError('a part does not say which field it is', true);
	return { name, filename: extended(given.get('filename*')) ?? given.get('filename') };
}

/** Clients escape a quotation mark by a backslash or, as browsers do, by its number; other backslashes belong to the name. */
const unquoted = (text: string): string =>
	text.replace(/\\(["\\])/g, '$1').replace(/%(?:22|0D|0A)/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));

/** `UTF-8''name` (RFC 5987), which some clients add for names beyond ASCII. */
function extended(text: string | undefined): string | undefined {
	if (text === undefined) return undefined;
	const [, encoded] = /^utf-8'[^']*'(.*)$/i.exec(text) ?? [];
	try {
		if (encoded !== undefined) return decodeURIComponent(encoded);
	} catch {
		// Said below.
	}
	throw new MultipartError('the name of a file cannot be read');
}

/** The boundary that a content type names; undefined when it names none that may be one. */
export function boundaryOf(contentType: string): string | undefined {
	const [, quoted, bare] = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}(?=[\s;]|$)))/i.exec(contentType) ?? [];
	const boundary = quoted ?? bare;
	return boundary !== undefined && /^[\x20-\x7e]{0,199}[\x21-\x7e]$/.test(boundary) ? boundary : undefined;
}
