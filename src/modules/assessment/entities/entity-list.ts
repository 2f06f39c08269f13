import { z } from 'zod';
import { planOf, readSheet, textFault, type ImportChange, type ImportPlan, type ImportReason, type ImportRow } from '#modules/network/import.ts';
import { rawCsvField } from '#platform/csv.ts';
import { problem } from '#platform/problem.ts';
import { reasonsInName, type IdentifyingReason } from '#xforms/identifying.ts';

/** What a list may be called: forms name it as a file, with `.csv` after it. */
export const listNameSchema = z.string().trim().regex(/^(?!__)[A-Za-z_][A-Za-z0-9_-]{0,63}$/, 'entity-list.name');
export const newListFields = z.object({ name: listNameSchema });

/** What a further column may be called. `name`, `label` and what begins with two underscores have a meaning of their own. */
const property = /^(?!__)[a-z_][a-z0-9_.-]{0,63}$/;

/** Most further columns of a list, and letters of one cell. */
export const entityLimits = { properties: 50, label: 300, cell: 2000 } as const;

/** An entry of a list, as it stands. */
export type Entity = { readonly id: string; readonly label: string; readonly data: Readonly<Record<string, string>>; readonly removed: boolean };

/** An entry to write; `id` is null for a new one. */
export type EntityWrite = { readonly id: string | null; readonly added: boolean; readonly label: string; readonly data: Readonly<Record<string, string>> };

export type ListGround = { readonly properties: readonly string[]; readonly entities: readonly Entity[] };

const uuid = /^(?:uuid:)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;
const normalised = (name: string): string => name.trim().toLowerCase().replaceAll('-', '_').replace(/\s+/g, '_');

/** The further columns of a file. @throws Problem `entity-list.property`, `entity-list.too-many-properties` (400) */
export function propertiesIn(table: readonly (readonly string[])[]): string[] {
	const names = (table[0] ?? []).map(normalised).filter((name) => name !== '' && name !== 'name' && name !== 'label' && !name.startsWith('__'));
	const wrong = names.find((name) => !property.test(name));
	if (wrong !== undefined) throw problem('entity-list.property', 400, { column: wrong.slice(0, 80) }, 'file');
	if (new Set(names).size > entityLimits.properties) throw problem('entity-list.too-many-properties', 400, { maximum: entityLimits.properties }, 'file');
	return [...new Set(names)];
}

/**
 * Compares a file with the list. A row is about the entry that its `name` says, else about the one entry of the same label, else it
 * adds one. A column that the file does not have stays as it is; an entry that the file does not have stays too. One that was
 * removed comes back.
 * @throws Problem of the file as a whole, see `readSheet` and `propertiesIn`
 */
export function planEntities({ properties, entities }: ListGround, table: readonly (readonly string[])[]): ImportPlan<EntityWrite> {
	const own = propertiesIn(table);
	const sheet = readSheet(table, ['name', 'label', ...own], ['label']);
	const all = [...new Set([...properties, ...own])];
	const byId = new Map(entities.map((entity) => [entity.id, entity]));
	const byLabel = Map.groupBy(entities.filter(({ removed }) => !removed), ({ label }) => label);
	const seen = new Map<string, number>();
	const rows: ImportRow[] = [];
	const writes: EntityWrite[] = [];
	for (const { line, cell } of sheet.rows) {
		const label = cell('label') ?? '';
		const named = cell('name') ?? '';
		const id = uuid.exec(named)?.[1]?.toLowerCase();
		const same = byLabel.get(label) ?? [];
		const before = id === undefined ? (same.length === 1 ? same[0] : undefined) : byId.get(id);
		const key = id ?? before?.id ?? `label ${label}`;
		const reasons = [...faults(label, named, id, own.map((name) => [name, cell(name) ?? ''])), ...(id === undefined && same.length > 1 ? [{ code: 'import.entity-ambiguous', facts: {} }] : [])];
		const twice = seen.get(key);
		if (twice !== undefined) reasons.push({ code: 'import.twice', facts: { line: twice } });
		seen.set(key, line);
		if (reasons.length > 0) {
			rows.push({ line, action: 'error', label: label || named, changes: [], reasons });
			continue;
		}
		const data = Object.fromEntries(all.map((name) => [name, own.includes(name) ? (cell(name) ?? '') : (before?.data[name] ?? '')]).filter(([, text]) => text !== ''));
		const changes = before ? changesOf(before, label, data, all) : [];
		const action = !before ? 'add' : changes.length === 0 && !before.removed ? 'unchanged' : 'change';
		rows.push({ line, action, label, changes, reasons: [] });
		if (action !== 'unchanged') writes.push({ id: id ?? before?.id ?? null, added: !before, label, data });
	}
	return planOf(rows, writes, sheet.ignored.filter((name) => !normalised(name).startsWith('__')));
}

function faults(label: string, named: string, id: string | undefined, cells: readonly (readonly [string, string])[]): ImportReason[] {
	const reasons: ImportReason[] = [];
	if (label === '') reasons.push({ code: 'import.entity-label', facts: {} });
	if (named !== '' && id === undefined) reasons.push({ code: 'import.entity-name', facts: {} });
	const texts = [textFault(label, 'label', entityLimits.label), ...cells.map(([name, text]) => textFault(text, name, entityLimits.cell))];
	return [...reasons, ...texts.filter((fault) => fault !== undefined)];
}

const changesOf = (before: Entity, label: string, data: Readonly<Record<string, string>>, all: readonly string[]): ImportChange[] =>
	[{ column: 'label', from: before.label, to: label }, ...all.map((column) => ({ column, from: before.data[column] ?? '', to: data[column] ?? '' }))].filter(({ from, to }) => from !== to);

/** Columns that may identify a person, by the words that point out such questions. What a list is called says what its labels are. */
export function identifyingColumns(name: string, properties: readonly string[]): { name: string; reasons: IdentifyingReason[] }[] {
	const columns = [{ name: 'label', said: name }, ...properties.map((property) => ({ name: property, said: property }))];
	return columns.map((column) => ({ name: column.name, reasons: reasonsInName(column.said) })).filter(({ reasons }) => reasons.length > 0);
}

/** The list as apps and the filling page take it: the entry's id as `name`, its label, its version, and the further columns. */
export function listCsv(properties: readonly string[], entities: readonly { id: string; label: string; version: number; data: Readonly<Record<string, string>> }[]): string {
	const rows = [['name', 'label', '__version', ...properties], ...entities.map(({ id, label, version, data }) => [id, label, String(version), ...properties.map((name) => data[name] ?? '')])];
	return `${rows.map((row) => row.map(rawCsvField).join(',')).join('\n')}\n`;
}
