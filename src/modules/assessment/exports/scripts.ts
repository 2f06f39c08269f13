import type { ExportTable } from './columns.ts';
import type { Variable } from './labelled.ts';

const r = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\r', '\\r').replaceAll('\n', '\\n').replaceAll('\t', '\\t')}"`;

/** Labels of which no two are the same: R would make one level of two. */
function distinct(labels: readonly (readonly [string, string])[]): (readonly [string, string])[] {
	const times = new Map<string, number>();
	for (const [, label] of labels) times.set(label, (times.get(label) ?? 0) + 1);
	return labels.map(([name, label]) => [name, (times.get(label) ?? 0) > 1 ? `${label} (${name})` : label] as const);
}

/** A script for R that reads a table's CSV, gives factors their levels and columns their labels. */
export function rScript(tables: readonly ExportTable[]): string {
	const lines = [
		'# Reads the tables of this export. R 4.0 or newer; set the working directory to this folder first.',
		'read_table <- function(file) {',
		'  data <- read.csv(file, colClasses = "character", na.strings = "", fileEncoding = "UTF-8", check.names = FALSE, encoding = "UTF-8")',
		"  # The apostrophe that keeps spreadsheets from running a text as a formula is taken away again.",
		"  data[] <- lapply(data, function(x) sub(\"^'(?=[[:space:]]*[-=+@\\uff1d\\uff0b\\uff0d\\uff20\\t])\", \"\", x, perl = TRUE))",
		'  data',
		'}',
		'labelled <- function(x, label) { attr(x, "label") <- label; x }',
		'as_choice <- function(x, names, labels) factor(x, levels = c(names, setdiff(unique(x[!is.na(x)]), names)), labels = c(labels, setdiff(unique(x[!is.na(x)]), names)))',
		'as_moment <- function(x) as.POSIXct(substr(x, 1, 19), format = "%Y-%m-%dT%H:%M:%S", tz = "UTC")',
		'# A value that does not fit its type would be lost: such a column stays as it is, with a warning.',
		'fitting <- function(x, as) { y <- suppressWarnings(as(x)); if (any(is.na(y) & !is.na(x))) { warning("kept as text"); x } else y }',
		''
	];
	for (const table of tables) {
		const data = /^[A-Za-z][A-Za-z0-9_.]*$/.test(table.name) ? table.name : `\`${table.name.replaceAll('`', '')}\``;
		lines.push(`${data} <- read_table(${r(`${table.name}.csv`)})`);
		for (const column of table.columns) {
			const cell = `${data}[[${r(column.name)}]]`;
			const made =
				column.kind === 'choice'
					? choiceOf(cell, distinct(column.options.map(({ name, label }) => [name, label] as const)))
					: column.kind === 'integer' || column.kind === 'number' || column.kind === 'flag'
						? `fitting(${cell}, as.numeric)`
						: column.kind === 'date'
							? `fitting(${cell}, function(x) as.Date(x, format = "%Y-%m-%d"))`
							: column.kind === 'moment'
								? `fitting(${cell}, as_moment)`
								: cell;
			lines.push(`${cell} <- labelled(${made}, ${r(column.label)})`);
		}
		lines.push('');
	}
	return lines.join('\n');
}

const choiceOf = (cell: string, labels: readonly (readonly [string, string])[]): string =>
	`as_choice(${cell}, c(${labels.map(([name]) => r(name)).join(', ')}), c(${labels.map(([, label]) => r(label)).join(', ')}))`;

const s = (text: string): string => `'${text.replaceAll("'", "''").replace(/[\r\n\t]+/g, ' ')}'`;

/** SPSS syntax that reads a table's CSV (with codes for choices) and gives it names, labels and measurement levels. */
export function spssSyntax(table: ExportTable, variables: readonly Variable[]): string {
	const format = ({ kind, width }: Variable): string => (kind === 'text' ? `A${Math.min(width + 1, 32_767)}` : kind === 'date' ? 'SDATE10' : kind === 'moment' ? 'YMDHMS19' : kind === 'number' ? 'F12.4' : 'F8.0');
	const coded = variables.filter((variable) => variable.labels.length > 0);
	return [
		'* Encoding: UTF-8.',
		`GET DATA /TYPE=TXT /FILE=${s(`${table.name}.csv`)} /ENCODING='UTF8' /DELCASE=LINE /DELIMITERS="," /QUALIFIER='"' /ARRANGEMENT=DELIMITED /FIRSTCASE=2`,
		`  /VARIABLES=\n${variables.map((variable) => `    ${variable.name} ${format(variable)}`).join('\n')}.`,
		...variables.map((variable) => `VARIABLE LABELS ${variable.name} ${s(variable.label)}.`),
		...coded.map((variable) => `VALUE LABELS ${variable.name}\n${variable.labels.map(([code, label]) => `  ${code} ${s(label)}`).join('\n')}.`),
		...variables.map(({ name, kind }) => `VARIABLE LEVEL ${name} (${kind === 'text' || kind === 'choice' || kind === 'flag' ? 'NOMINAL' : 'SCALE'}).`),
		'EXECUTE.',
		''
	].join('\n');
}

/** How a column's texts stand in the CSV that the syntax reads: choices as codes, moments as the program reads them, line breaks as spaces: it reads line by line. */
export function syntaxValues(variables: readonly Variable[]): (((text: string) => string) | null)[] {
	return variables.map(({ kind, codes }) =>
		kind === 'choice'
			? (text) => String(codes.get(text) ?? '')
			: kind === 'moment'
				? (text) => text.slice(0, 19).replace('T', ' ')
				: kind === 'date'
					? (text) => text.replaceAll('-', '/')
					: kind === 'text'
						? (text) => text.replace(/[\r\n]+/g, ' ')
						: null
	);
}
