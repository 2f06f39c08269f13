import { cutTo, type Variable } from './labelled.ts';

/** Widths of the pieces that a text of this width is kept in: one up to 255 bytes, else one for each 252. */
export function segmentsOf(width: number): number[] {
	if (width <= 255) return [width];
	const count = Math.ceil(width / 252);
	return Array.from({ length: count }, (_, n) => (n < count - 1 ? 255 : width - n * 252));
}

const int32 = (...values: number[]): Buffer => {
	const bytes = Buffer.alloc(values.length * 4);
	for (const [i, value] of values.entries()) bytes.writeInt32LE(value, i * 4);
	return bytes;
};
const float64 = (...values: number[]): Buffer => {
	const bytes = Buffer.alloc(values.length * 8);
	for (const [i, value] of values.entries()) bytes.writeDoubleLE(value, i * 8);
	return bytes;
};
/** A text in a field of so many bytes, filled with spaces. */
const field = (text: string, length: number): Buffer => {
	const bytes = Buffer.alloc(length, 0x20);
	bytes.write(cutTo(text, length), 'utf8');
	return bytes;
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

/** How a value is shown: the format's number, its width, its decimals. */
function formatOf({ kind, width }: Variable): [number, number, number] {
	switch (kind) {
		case 'text':
			return [1, Math.min(width, 255), 0];
		case 'date':
			return [39, 10, 0];
		case 'moment':
			return [22, 20, 0];
		case 'number':
			return [5, 12, 2];
		default:
			return [5, 8, 0];
	}
}

/** How it is measured: nominal, or on a scale. */
const measureOf = ({ kind }: Variable): 1 | 3 => (kind === 'text' || kind === 'choice' || kind === 'flag' ? 1 : 3);

/** Everything that stands before the cases of an SPSS system file; the format as PSPP's developers describe it. */
export function savDictionary(variables: readonly Variable[], title: string, rows: number, made: Date): Uint8Array {
	const places = positions(variables);
	const records: Buffer[] = [header(places.words, title, rows, made)];
	for (const [i, variable] of variables.entries()) records.push(...variableRecords(variable, places.names[i] ?? []));
	for (const [i, variable] of variables.entries()) if (variable.labels.length > 0) records.push(...valueLabels(variable, places.first[i] ?? 1));
	records.push(
		extension(3, 4, int32(22, 0, 0, -1, 1, 1, 2, 65001)),
		extension(4, 8, float64(-Number.MAX_VALUE, Number.MAX_VALUE, -1.7976931348623155e308)),
		extension(11, 4, displays(variables)),
		extension(13, 1, Buffer.from(variables.map(({ name }, i) => `${places.names[i]?.[0] ?? ''}=${name}`).join('\t')))
	);
	const long = variables.flatMap(({ kind, width }, i) => (kind === 'text' && width > 255 ? [`${places.names[i]?.[0] ?? ''}=${String(width).padStart(5, '0')}\0\t`] : []));
	if (long.length > 0) records.push(extension(14, 1, Buffer.from(long.join(''))));
	records.push(extension(16, 8, Buffer.concat([int64(1), int64(rows)])), extension(20, 1, Buffer.from('UTF-8')), int32(999, 0));
	return Buffer.concat(records);
}

const int64 = (value: number): Buffer => {
	const bytes = Buffer.alloc(8);
	bytes.writeBigInt64LE(BigInt(value));
	return bytes;
};

/** The short names that the format wants of every piece, and where each variable begins, in words of eight bytes from 1. */
function positions(variables: readonly Variable[]): { names: string[][]; first: number[]; words: number } {
	let [word, count] = [1, 0];
	const names: string[][] = [];
	const first: number[] = [];
	for (const { kind, width } of variables) {
		first.push(word);
		const segments = kind === 'text' ? segmentsOf(width) : [0];
		names.push(segments.map(() => `V${++count}`));
		for (const segment of segments) word += Math.max(1, Math.ceil(segment / 8));
	}
	return { names, first, words: word - 1 };
}

function header(words: number, title: string, rows: number, made: Date): Buffer {
	const date = `${two(made.getUTCDate())} ${months[made.getUTCMonth()] ?? 'Jan'} ${two(made.getUTCFullYear() % 100)}`;
	const time = `${two(made.getUTCHours())}:${two(made.getUTCMinutes())}:${two(made.getUTCSeconds())}`;
	return Buffer.concat([
		Buffer.from('$FL2'), field('@(#) SPSS DATA FILE Hamkor', 60), int32(2, words, 1, 0, rows > 0x7fffffff ? -1 : rows), float64(100),
		field(date, 9), field(time, 8), field(title, 64), Buffer.alloc(3)
	]);
}

function variableRecords(variable: Variable, names: readonly string[]): Buffer[] {
	const { kind, width, label } = variable;
	const [type, shown, decimals] = formatOf(variable);
	const text = Buffer.from(label);
	return (kind === 'text' ? segmentsOf(width) : [0]).flatMap((segment, n) => {
		const format = kind === 'text' ? (1 << 16) | (segment << 8) : (type << 16) | (shown << 8) | decimals;
		const labelled = n === 0 && text.length > 0;
		return [
			int32(2, segment, labelled ? 1 : 0, 0, format, format), field(names[n] ?? '', 8),
			...(labelled ? [int32(text.length), text, Buffer.alloc((4 - (text.length % 4)) % 4)] : []),
			// A text takes further words of eight bytes, each with a record of its own.
			...Array.from({ length: Math.max(0, Math.ceil(segment / 8) - 1) }, () => Buffer.concat([int32(2, -1, 0, 0, 0, 0), field('', 8)]))
		];
	});
}

function valueLabels({ labels }: Variable, first: number): Buffer[] {
	const records = labels.map(([code, label]) => {
		const text = Buffer.from(label);
		const padded = Buffer.alloc(Math.ceil((text.length + 1) / 8) * 8, 0x20);
		padded[0] = text.length;
		text.copy(padded, 1);
		return Buffer.concat([float64(code), padded]);
	});
	return [int32(3, labels.length), ...records, int32(4, 1, first)];
}

function displays(variables: readonly Variable[]): Buffer {
	return int32(
		...variables.flatMap((variable) => {
			const text = variable.kind === 'text';
			const segments = text ? segmentsOf(variable.width).length : 1;
			return Array.from({ length: segments }, () => [measureOf(variable), Math.min(text ? variable.width : 10, 40), text ? 0 : 1]).flat();
		})
	);
}

const extension = (kind: number, size: number, data: Buffer): Buffer => Buffer.concat([int32(7, kind, size, data.length / size), data]);
