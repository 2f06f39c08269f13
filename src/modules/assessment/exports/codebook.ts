import type { ExportTable } from './columns.ts';
import type { Variable } from './labelled.ts';
import type { ExportWords } from './words.ts';

/** The codebook: one line for each column, and below it one for each of its choices. */
export function codebookOf(tables: readonly ExportTable[], variables: readonly (readonly Variable[])[] | null, words: ExportWords): string[][] {
	const lines: string[][] = [[...words.heads]];
	for (const [t, table] of tables.entries()) {
		for (const [c, column] of table.columns.entries()) {
			const variable = variables?.[t]?.[c];
			const notes = (variable?.changes ?? []).map((change) => words.changes[change]).join('; ');
			lines.push([table.name, column.name, variable?.name ?? '', column.label, column.type === 'about' ? variable?.kind ?? column.kind : column.type, '', '', notes]);
			if (variable !== undefined && variable.kind === 'choice') {
				const labels = new Map(variable.labels);
				for (const [name, code] of variable.codes) lines.push([table.name, column.name, variable.name, '', '', `${code} = ${name}`, labels.get(code) ?? name, '']);
			} else for (const { name, label } of column.options) lines.push([table.name, column.name, variable?.name ?? '', '', '', name, label, '']);
		}
	}
	return lines;
}

