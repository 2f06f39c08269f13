import { cutTo, type Variable } from './labelled.ts';

/** The longest text, in bytes, that stands in its row; what is longer is kept apart (strL). */
export const longestShort = 2045;

/** Numbers of Stata's types: 1 to 2045 a text of so many bytes, 32768 a long text. */
export function typeOf({ kind, width }: Variable): number {
	switch (kind) {
		case 'text':
			return width <= longestShort ? width : 32768;
		case 'flag':
			return 65530;
		case 'choice':
			return 65528;
		case 'date':
			return 65528;
		default:
			return 65526;
	}
}

const bytesOf = (variable: Variable): number => {
	const type = typeOf(variable);
	return type <= longestShort ? type : type === 65530 ? 1 : type === 65528 ? 4 : 8;
};
export const rowBytes = (variables: readonly Variable[]): number => variables.reduce((sum, each) => sum + bytesOf(each), 0);

const formatOf = (variable: Variable): string => {
	switch (variable.kind) {
		case 'text':
			return variable.width <= longestShort ? `%-${Math.min(variable.width, 40)}s` : '%-40s';
		case 'date':
			return '%tdCCYY-NN-DD';
		case 'moment':
			return '%tcCCYY-NN-DD_HH:MM:SS';
		case 'number':
			return '%12.0g';
		default:
			return '%12.0g';
	}
};

/** Fields of one length for every variable, filled with zeros. */
function fields(length: number, texts: readonly string[]): Buffer {
	const bytes = Buffer.alloc(length * texts.length);
	for (const [i, text] of texts.entries()) bytes.write(cutTo(text, length - 1), i * length, 'utf8');
	return bytes;
}

const tag = (name: string, content: Uint8Array): Buffer => Buffer.concat([Buffer.from(`<${name}>`), content, Buffer.from(`</${name}>`)]);
const u16 = (...values: number[]): Buffer => {
	const bytes = Buffer.alloc(values.length * 2);
	for (const [i, value] of values.entries()) bytes.writeUInt16LE(value, i * 2);
	return bytes;
};
const u64 = (...values: number[]): Buffer => {
	const bytes = Buffer.alloc(values.length * 8);
	for (const [i, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), i * 8);
	return bytes;
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Names of the lists of labels: one for each variable that has any. */
const labelName = (variables: readonly Variable[], index: number): string => ((variables[index]?.labels.length ?? 0) > 0 ? `labels${index + 1}` : '');

/** Everything before the rows, `<data>` included. @param longBytes bytes of the long texts that will stand after them */
export function dtaHead(variables: readonly Variable[], title: string, rows: number, made: Date, longBytes: number): Buffer {
	const label = Buffer.from(cutTo(title, 320));
	const stamp = `${String(made.getUTCDate()).padStart(2, '0')} ${months[made.getUTCMonth()] ?? 'Jan'} ${made.getUTCFullYear()} ${String(made.getUTCHours()).padStart(2, '0')}:${String(made.getUTCMinutes()).padStart(2, '0')}`;
	const header = tag(
		'header',
		Buffer.concat([
			tag('release', Buffer.from('118')), tag('byteorder', Buffer.from('LSF')), tag('K', u16(variables.length)), tag('N', u64(rows)),
			tag('label', Buffer.concat([u16(label.length), label])), tag('timestamp', Buffer.concat([Buffer.from([stamp.length]), Buffer.from(stamp)]))
		])
	);
	const before = Buffer.concat([Buffer.from('<stata_dta>'), header]);
	const sections = [
		tag('variable_types', u16(...variables.map(typeOf))),
		tag('varnames', fields(129, variables.map((each) => each.name))),
		tag('sortlist', Buffer.alloc((variables.length + 1) * 2)),
		tag('formats', fields(57, variables.map(formatOf))),
		tag('value_label_names', fields(129, variables.map((_, i) => labelName(variables, i)))),
		tag('variable_labels', fields(321, variables.map((each) => each.label))),
		tag('characteristics', Buffer.alloc(0))
	];
	const mapBytes = '<map></map>'.length + 14 * 8;
	let at = before.length + mapBytes;
	const places = sections.map((section) => {
		const start = at;
		at += section.length;
		return start;
	});
	const data = at;
	const long = data + '<data></data>'.length + rows * rowBytes(variables);
	const labels = long + '<strls></strls>'.length + longBytes;
	const end = labels + dtaLabels(variables).length;
	const map = tag('map', u64(0, before.length, ...places, data, long, labels, end, end + '</stata_dta>'.length));
	return Buffer.concat([before, map, ...sections, Buffer.from('<data>')]);
}

/** The lists of value labels. */
export function dtaLabels(variables: readonly Variable[]): Buffer {
	const lists = variables.flatMap((variable, i) => (variable.labels.length === 0 ? [] : [list(labelName(variables, i), variable.labels)]));
	return tag('value_labels', Buffer.concat(lists));
}

function list(name: string, labels: Variable['labels']): Buffer {
	const ordered = [...labels].sort(([a], [b]) => a - b);
	const texts = ordered.map(([, label]) => Buffer.from(`${label}\0`));
	const length = texts.reduce((sum, text) => sum + text.length, 0);
	const table = Buffer.alloc(8 + ordered.length * 8);
	table.writeInt32LE(ordered.length, 0);
	table.writeInt32LE(length, 4);
	let offset = 0;
	for (const [i, [code]] of ordered.entries()) {
		table.writeInt32LE(offset, 8 + i * 4);
		table.writeInt32LE(code, 8 + ordered.length * 4 + i * 4);
		offset += texts[i]?.length ?? 0;
	}
	const size = Buffer.alloc(4);
	size.writeInt32LE(table.length + length);
	return tag('lbl', Buffer.concat([size, fields(129, [name]), Buffer.alloc(3), table, ...texts]));
}
