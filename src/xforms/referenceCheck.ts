import { textAt, type Cell } from './cells.ts';
import type { Table } from './columns.ts';
import { checkReferenceSyntax, references } from './expression.ts';
import { descendants, type FormNode } from './form.ts';
import { refuse, type Place } from './refusal.ts';

/** The sheets in which `${references}` mean something; lists kept outside the form are taken word for word. */
export type ReferringTables = {
	readonly settings: Table | undefined;
	readonly entities: Table | undefined;
	readonly survey: Table;
	readonly choices: Table | undefined;
};

/**
 * Every reference on the sheets must be well-formed and name one question, also in columns that mean nothing here:
 * a misspelled heading should not hide a misspelled name.
 *
 * @throws Refusal `reference.malformed`, `reference.unknown`, `reference.ambiguous`
 */
export function checkReferences(tables: ReferringTables, root: FormNode): void {
	const written = new Map<string, number>();
	for (const row of tables.survey.rows) {
		const name = textAt(row.cells, 'name');
		if (name !== undefined && !/^end[\s_]/.test(textAt(row.cells, 'type') ?? '')) written.set(name, (written.get(name) ?? 0) + 1);
	}
	const made = new Set([...descendants(root)].map((node) => node.name));
	const check = (text: string, place: Place): void => {
		checkReferenceSyntax(text, place);
		for (const { name } of references(text)) {
			if (!written.has(name) && !made.has(name)) refuse('reference.unknown', place, { name });
			if ((written.get(name) ?? 0) > 1) refuse('reference.ambiguous', place, { name });
		}
	};
	look(tables.settings, 'settings', () => true, check);
	look(tables.entities, 'entities', (column) => column !== 'dataset', check);
	// The type column is read on its own, and so is the trigger's, which may name questions only.
	look(tables.survey, 'survey', (column) => !['type', 'name', 'trigger'].includes(column), check);
	look(tables.choices, 'choices', (column) => column === 'label' || column === 'media', check);
}

function look(
	table: Table | undefined,
	sheet: string,
	wanted: (column: string) => boolean,
	check: (text: string, place: Place) => void
): void {
	const visit = (cell: Cell, path: string, row: number): void => {
		if (typeof cell === 'string') {
			if (cell.includes('${')) check(cell, { sheet, row, column: path });
		} else {
			for (const [key, inner] of Object.entries(cell)) visit(inner, `${path}::${key}`, row);
		}
	};
	for (const row of table?.rows ?? []) {
		for (const [column, cell] of Object.entries(row.cells)) if (wanted(column)) visit(cell, column, row.number);
	}
}
