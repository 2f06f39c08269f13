/** Readers of statistics programs' files, written from their descriptions and sharing nothing with what writes them. */

export type StatVariable = { name: string; label: string; text: boolean; labels: Map<number, string>; measure?: number };
export type StatTable = { variables: StatVariable[]; rows: (string | number | null)[][]; announced: number };

/** Reads an SPSS system file. */
export function readSav(file: Buffer): StatTable {
	if (file.toString('latin1', 0, 4) !== '$FL2') throw new Error('no system file');
	const [layout, words, compression, , announced] = [64, 68, 72, 76, 80].map((at) => file.readInt32LE(at));
	if (layout !== 2 || compression !== 1) throw new Error('another layout');
	const bias = file.readDoubleLE(84);
	let at = 176;
	const int = (): number => ((at += 4), file.readInt32LE(at - 4));
	type Piece = { short: string; label: string; width: number; words: number; labels: Map<number, string> };
	const slots: (Piece | null)[] = [];
	const extensions = new Map<number, Buffer>();
	let pending = new Map<number, string>();
	for (;;) {
		const record = int();
		if (record === 999) {
			at += 4;
			break;
		}
		if (record === 2) {
			const [width, labelled] = [int(), int()];
			at += 12;
			const short = file.toString('utf8', at, at + 8).trim();
			at += 8;
			let label = '';
			if (labelled === 1) {
				const length = int();
				label = file.toString('utf8', at, at + length);
				at += Math.ceil(length / 4) * 4;
			}
			const current = slots.findLast((slot) => slot !== null);
			if (width === -1 && current) {
				current.words += 1;
				slots.push(null);
			} else slots.push({ short, label, width, words: 1, labels: new Map() });
		} else if (record === 3) {
			pending = new Map();
			for (let left = int(); left > 0; left--) {
				const value = file.readDoubleLE(at);
				const length = file[at + 8] ?? 0;
				pending.set(value, file.toString('utf8', at + 9, at + 9 + length));
				at += 8 + Math.ceil((length + 1) / 8) * 8;
			}
		} else if (record === 4) {
			for (let left = int(); left > 0; left--) {
				const slot = slots[int() - 1];
				if (slot) slot.labels = pending;
			}
		} else if (record === 7) {
			const [kind, size, count] = [int(), int(), int()];
			extensions.set(kind, file.subarray(at, at + size * count));
			at += size * count;
		} else throw new Error(`record ${record}`);
	}
	if (extensions.get(20)?.toString() !== 'UTF-8') throw new Error('another encoding');
	if (slots.length !== words) throw new Error('the header counts other words');
	const names = new Map((extensions.get(13)?.toString('utf8') ?? '').split('\t').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
	const long = new Map((extensions.get(14)?.toString('utf8') ?? '').split('\0\t').filter(Boolean).map((pair) => [pair.slice(0, pair.indexOf('=')), Number(pair.slice(pair.indexOf('=') + 1))]));
	const pieces = slots.filter((slot) => slot !== null);
	const next = uncompressed(file, at, bias);
	const measures = extensions.get(11);
	const groups: { pieces: Piece[]; width: number; measure: number }[] = [];
	for (let i = 0; i < pieces.length; ) {
		const first = pieces[i];
		if (first === undefined) break;
		const width = long.get(first.short) ?? first.width;
		const count = width > 255 ? Math.floor((width + 251) / 252) : 1;
		groups.push({ pieces: pieces.slice(i, i + count), width, measure: measures?.readInt32LE(i * 12) ?? 0 });
		i += count;
	}
	const rows: StatTable['rows'] = [];
	for (;;) {
		const row: (string | number | null)[] = [];
		for (const group of groups) {
			const [first] = group.pieces;
			if (first?.width === 0) {
				const word = next();
				if (word === null) return finish();
				const value = word.readDoubleLE();
				row.push(value === -Number.MAX_VALUE ? null : value);
				continue;
			}
			const parts: Buffer[] = [];
			for (const piece of group.pieces) {
				const gathered: Buffer[] = [];
				for (let n = 0; n < piece.words; n++) {
					const word = next();
					if (word === null) return finish();
					gathered.push(word);
				}
				parts.push(Buffer.concat(gathered).subarray(0, group.pieces.length > 1 ? 255 : piece.width));
			}
			row.push(Buffer.concat(parts).subarray(0, group.width).toString('utf8').replace(/ +$/, ''));
		}
		rows.push(row);
	}
	function finish(): StatTable {
		return {
			rows,
			announced: announced ?? -1,
			variables: groups.map(({ pieces: [first], measure }) => ({
				name: names.get(first?.short ?? '') ?? '', label: first?.label ?? '', text: first?.width !== 0, labels: first?.labels ?? new Map(), measure
			}))
		};
	}
}

function uncompressed(file: Buffer, from: number, bias: number): () => Buffer | null {
	let at = from;
	let codes: number[] = [];
	const number = (value: number): Buffer => {
		const word = Buffer.alloc(8);
		word.writeDoubleLE(value);
		return word;
	};
	return () => {
		for (;;) {
			if (codes.length === 0) {
				if (at >= file.length) return null;
				codes = [...file.subarray(at, at + 8)];
				at += 8;
			}
			const code = codes.shift() ?? 0;
			if (code === 0) continue;
			if (code === 252) return null;
			if (code === 253) {
				at += 8;
				return file.subarray(at - 8, at);
			}
			if (code === 254) return Buffer.alloc(8, 0x20);
			return code === 255 ? number(-Number.MAX_VALUE) : number(code - bias);
		}
	};
}

/** Reads a Stata dataset of format 118, by the places that its map states. */
export function readDta(file: Buffer): StatTable {
	const found = (mark: string, from = 0): number => {
		const at = file.indexOf(mark, from);
		if (at === -1) throw new Error(`no ${mark}`);
		return at + mark.length;
	};
	if (file.toString('latin1', found('<release>'), found('<release>') + 3) !== '118') throw new Error('another release');
	const count = file.readUInt16LE(found('<K>'));
	const rowCount = Number(file.readBigUInt64LE(found('<N>')));
	const map = Array.from({ length: 14 }, (_, i) => Number(file.readBigUInt64LE(found('<map>') + i * 8)));
	const section = (index: number, tag: string): number => {
		const start = map[index] ?? 0;
		if (file.toString('latin1', start, start + tag.length + 2) !== `<${tag}>`) throw new Error(`the map does not find ${tag}`);
		return start + tag.length + 2;
	};
	if (map[13] !== file.length) throw new Error('the map states another length');
	const fields = (index: number, tag: string, size: number): string[] =>
		Array.from({ length: count }, (_, i) => {
			const start = section(index, tag) + i * size;
			return file.subarray(start, start + size).toString('utf8').split('\0')[0] ?? '';
		});
	const types = Array.from({ length: count }, (_, i) => file.readUInt16LE(section(2, 'variable_types') + i * 2));
	const names = fields(3, 'varnames', 129);
	const lists = fields(6, 'value_label_names', 129);
	const labels = fields(7, 'variable_labels', 321);
	section(5, 'formats');
	section(8, 'characteristics');
	const long = longTexts(file, section(10, 'strls'));
	const valueLabels = readLabels(file, section(11, 'value_labels'));
	let at = section(9, 'data');
	const rows: StatTable['rows'] = [];
	for (let n = 0; n < rowCount; n++) {
		rows.push(
			types.map((type) => {
				if (type <= 2045) {
					at += type;
					return file.subarray(at - type, at).toString('utf8').split('\0')[0] ?? '';
				}
				if (type === 65530) {
					const value = file.readInt8(at);
					at += 1;
					return value > 100 ? null : value;
				}
				if (type === 65528) {
					const value = file.readInt32LE(at);
					at += 4;
					return value > 2147483620 ? null : value;
				}
				at += 8;
				if (type === 65526) {
					const value = file.readDoubleLE(at - 8);
					return value >= 8.98e307 ? null : value;
				}
				return long.get(`${file.readUInt16LE(at - 8)} ${file.readUIntLE(at - 6, 6)}`) ?? '';
			})
		);
	}
	if (file.toString('latin1', at, at + 7) !== '</data>') throw new Error('the rows do not end where they should');
	return { rows, announced: rowCount, variables: names.map((name, i) => ({ name, label: labels[i] ?? '', text: (types[i] ?? 0) <= 32768, labels: valueLabels.get(lists[i] ?? '') ?? new Map() })) };
}

function longTexts(file: Buffer, from: number): Map<string, string> {
	const texts = new Map<string, string>();
	let at = from;
	while (file.toString('latin1', at, at + 3) === 'GSO') {
		const length = file.readUInt32LE(at + 16);
		texts.set(`${file.readUInt32LE(at + 3)} ${file.readBigUInt64LE(at + 7)}`, file.toString('utf8', at + 20, at + 20 + length - 1));
		at += 20 + length;
	}
	return texts;
}

function readLabels(file: Buffer, from: number): Map<string, Map<number, string>> {
	const lists = new Map<string, Map<number, string>>();
	let at = from;
	while (file.toString('latin1', at, at + 5) === '<lbl>') {
		const size = file.readInt32LE(at + 5);
		const name = file.subarray(at + 9, at + 138).toString('utf8').split('\0')[0] ?? '';
		const table = at + 141;
		const [n, bytes] = [file.readInt32LE(table), file.readInt32LE(table + 4)];
		const list = new Map<number, string>();
		for (let i = 0; i < n; i++) {
			const start = table + 8 + 8 * n + file.readInt32LE(table + 8 + i * 4);
			list.set(file.readInt32LE(table + 8 + 4 * n + i * 4), file.subarray(start, table + 8 + 8 * n + bytes).toString('utf8').split('\0')[0] ?? '');
		}
		lists.set(name, list);
		at = table + size + '</lbl>'.length;
	}
	return lists;
}
