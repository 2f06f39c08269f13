import { unlike, type ColumnKind, type ExportColumn, type ExportTable } from './columns.ts';
import type { TableProfile } from './profile.ts';

/** What a statistics program can hold. */
export type Limits = {
	readonly program: 'SPSS' | 'Stata';
	/** Longest name: in bytes, or in letters. */
	readonly name: { readonly most: number; readonly in: 'bytes' | 'letters' };
	readonly reserved: ReadonlySet<string>;
	/** Whether a name may begin with `_`. */
	readonly underscore: boolean;
	/** Longest label of a variable, in letters and in bytes, and of a value, in bytes. */
	readonly label: { readonly letters: number; readonly bytes: number };
	readonly valueLabel: number;
	/** Longest text, in bytes. */
	readonly text: number;
	readonly variables: number;
};

export const spssLimits: Limits = {
	program: 'SPSS', name: { most: 64, in: 'bytes' }, underscore: false, label: { letters: 255, bytes: 255 }, valueLabel: 120, text: 32_767, variables: 32_767,
	reserved: new Set(['all', 'and', 'by', 'eq', 'ge', 'gt', 'le', 'lt', 'ne', 'not', 'or', 'to', 'with'])
};
export const stataLimits: Limits = {
	program: 'Stata', name: { most: 32, in: 'letters' }, underscore: true, label: { letters: 80, bytes: 320 }, valueLabel: 32_000, text: 2_000_000_000, variables: 32_767,
	reserved: new Set([
		'_all', '_b', 'byte', '_coef', '_cons', 'double', 'float', 'if', 'in', 'int', 'long', '_n', '_pi', '_pred', '_rc', '_skip', 'strl', 'using', 'with'
	])
};

/** What keeps a variable from being its column as it stands; the codebook says it. */
export type Change = 'renamed' | 'label-cut' | 'value-label-cut' | 'kept-as-text' | 'text-cut';

/** A column as a variable of a statistics program: its short name, its codes. */
export type Variable = {
	readonly name: string;
	readonly label: string;
	readonly kind: ColumnKind;
	/** Of a choice: the number of each name, and the label of each number. */
	readonly codes: ReadonlyMap<string, number>;
	readonly labels: readonly (readonly [number, string])[];
	/** Of a text: bytes of the longest. */
	readonly width: number;
	readonly column: ExportColumn;
	readonly changes: readonly Change[];
};

/** The variables of a table within the limits of a program, all names different. */
export function variablesFor(table: ExportTable, profile: TableProfile, limits: Limits): Variable[] {
	const taken = new Set<string>(limits.reserved);
	return table.columns.map((column, i) => {
		const found = profile.columns[i];
		const changes: Change[] = [];
		const name = nameFor(column.name, limits, taken);
		if (name !== column.name) changes.push('renamed');
		const label = cutTo([...column.label].slice(0, limits.label.letters).join(''), limits.label.bytes);
		if (label !== column.label) changes.push('label-cut');
		const kind = found?.fits === false ? 'text' : column.kind;
		if (kind !== column.kind) changes.push('kept-as-text');
		const coded = kind === 'choice' ? codesOf(column, found?.unlisted ?? new Set()) : [];
		const labels = coded.map(([code, , text]) => [code, cutTo(text, limits.valueLabel)] as const);
		if (coded.some(([, , text], at) => labels[at]?.[1] !== text)) changes.push('value-label-cut');
		const width = Math.max(1, found?.longest ?? 1);
		if (kind === 'text' && width > limits.text) changes.push('text-cut');
		return { name, label, kind, codes: new Map(coded.map(([code, key]) => [key, code])), labels, width: Math.min(width, limits.text), column, changes };
	});
}

/** Numbers for choices: their names where all are whole numbers, else their places in the list. What is on no list comes after. */
function codesOf({ options }: ExportColumn, unlisted: ReadonlySet<string>): [number, string, string][] {
	const all = [...options, ...[...unlisted].map((name) => ({ name, label: name }))];
	const asWritten = all.every(({ name }) => /^(0|-?[1-9]\d{0,6})$/.test(name));
	return all.map(({ name, label }, i) => [asWritten ? Number(name) : i + 1, name, label]);
}

function nameFor(name: string, limits: Limits, taken: Set<string>): string {
	const plain = name.normalize('NFC').replace(/[^\p{L}\p{Nd}_]/gu, '_');
	const begun = /^\p{L}/u.test(plain) || (limits.underscore && plain.startsWith('_')) ? plain : `v${plain.startsWith('_') ? '' : '_'}${plain}`;
	const fitted = fit(begun, limits);
	if (!taken.has(fitted.toLowerCase())) return unlike(fitted, taken);
	for (let n = 2; ; n++) {
		const tried = `${fit(begun, limits, `_${n}`.length)}_${n}`;
		if (!taken.has(tried.toLowerCase())) return unlike(tried, taken);
	}
}

function fit(name: string, { name: { most, in: unit } }: Limits, less = 0): string {
	if (unit === 'letters') return [...name].slice(0, most - less).join('');
	return cutTo(name, most - less);
}

/** As much of a text as fits into so many bytes of UTF-8, without breaking a letter. */
export function cutTo(text: string, bytes: number): string {
	if (text.length * 3 <= bytes || Buffer.byteLength(text) <= bytes) return text;
	const buffer = Buffer.from(text);
	let end = bytes;
	while (end > 0 && ((buffer[end] ?? 0) & 0xc0) === 0x80) end--;
	return buffer.subarray(0, end).toString('utf8');
}
