import { textAt, type Row } from './cells.ts';
import type { Table } from './columns.ts';
import { isName, references } from './expression.ts';
import { append, formNode, type FormNode } from './form.ts';
import { refuse, type Place } from './refusal.ts';

/** A row of the entities sheet: what submissions create or update in an entity list. */
export type EntityDeclaration = {
	readonly list: string;
	readonly row: number;
	readonly id: string | undefined;
	readonly createIf: string | undefined;
	readonly updateIf: string | undefined;
	readonly label: string | undefined;
	/** Questions that its expressions speak of. */
	readonly asks: ReadonlySet<string>;
};

const COLUMNS = new Set(['dataset', 'entity_id', 'create_if', 'update_if', 'label']);

/**
 * Reads the entities sheet. What a row intends follows from its expressions: without `entity_id` it creates, with it
 * it updates, with all three it does either (https://getodk.github.io/xforms-spec/entities).
 *
 * @throws Refusal `entities.*`, `headers.unknown`, `names.*`
 */
export function readEntities(table: Table | undefined): EntityDeclaration[] {
	if (table === undefined || table.rows.length === 0) return [];
	const unknown = table.headings.map((tokens) => tokens.join('::')).filter((column) => !COLUMNS.has(column));
	if (unknown.length > 0) refuse('headers.unknown', { sheet: 'entities', row: 1 }, { columns: unknown.join(', ') });
	const seen = new Set<string>();
	return table.rows.filter((row) => Object.keys(row.cells).length > 0).map((row) => {
		const declaration = declarationOf(row);
		const place = { sheet: 'entities', row: row.number, column: 'list_name' };
		if (seen.has(declaration.list)) refuse('entities.list-duplicate', place, { list: declaration.list });
		seen.add(declaration.list);
		return declaration;
	});
}

function declarationOf(row: Row): EntityDeclaration {
	const place: Place = { sheet: 'entities', row: row.number };
	const list = textAt(row.cells, 'dataset') ?? refuse('entities.no-list', { ...place, column: 'list_name' });
	checkListName(list, { ...place, column: 'list_name' });
	const id = textAt(row.cells, 'entity_id');
	const createIf = textAt(row.cells, 'create_if');
	const updateIf = textAt(row.cells, 'update_if');
	const label = textAt(row.cells, 'label');
	if (id === undefined && updateIf !== undefined) refuse('entities.no-id', { ...place, column: 'entity_id' }, { list });
	if (id !== undefined && createIf !== undefined && updateIf === undefined) {
		refuse('entities.no-update-if', { ...place, column: 'update_if' }, { list });
	}
	if (id === undefined && label === undefined) refuse('entities.no-label', { ...place, column: 'label' }, { list });
	const asks = new Set([id, createIf, updateIf, label].flatMap((each) => references(each ?? '').map((reference) => reference.name)));
	return { list, row: row.number, id, createIf, updateIf, label, asks };
}

function checkListName(list: string, place: Place): void {
	if (list.startsWith('__')) refuse('names.underscores', place, { name: list });
	if (list.includes('.')) refuse('names.period', place, { name: list });
	if (!isName(list)) refuse('names.invalid', place, { name: list });
}

/** The `<meta><entity …/></meta>` that carries out a declaration in one place of the form. */
export function entityMeta(declaration: EntityDeclaration, insideRepeat: boolean): FormNode {
	const entity = formNode({ kind: 'element', name: 'entity', type: 'entity' });
	const node = (kind: 'attribute' | 'element', name: string, value: string | undefined, calculate?: string): FormNode =>
		formNode({
			kind,
			name,
			type: 'entity',
			sheet: 'entities',
			row: declaration.row,
			default: value,
			bind: calculate === undefined ? {} : { calculate, readonly: 'true()', type: 'string' }
		});
	const { id, createIf, updateIf, label, list } = declaration;
	append(entity, node('attribute', 'dataset', list));
	if (id === undefined || createIf !== undefined) append(entity, node('attribute', 'create', '1', createIf));
	if (id !== undefined) {
		const item = `instance('${list}')/root/item[name=${id}]`;
		append(entity, node('attribute', 'update', '1', updateIf));
		append(entity, node('attribute', 'baseVersion', undefined, `${item}/__version`));
		append(entity, node('attribute', 'trunkVersion', undefined, `${item}/__trunkVersion`));
		append(entity, node('attribute', 'branchId', undefined, `${item}/__branchId`));
	}
	append(entity, idNode(declaration, insideRepeat));
	if (label !== undefined) append(entity, node('element', 'label', undefined, label));
	return entity;
}

/** A new entity gets a fresh id: when the form is opened, and in each further instance of a repeat. */
function idNode({ id, row }: EntityDeclaration, insideRepeat: boolean): FormNode {
	const bind = { readonly: 'true()', type: 'string', ...(id === undefined ? {} : { calculate: id }) };
	const node = formNode({ kind: 'attribute', name: 'id', type: 'entity', sheet: 'entities', row, bind });
	if (id !== undefined) return node;
	node.actions.push({ element: 'setvalue', event: 'odk-instance-first-load', value: 'uuid()' });
	if (insideRepeat) node.actions.push({ element: 'setvalue', event: 'odk-new-repeat', value: 'uuid()' });
	return node;
}
