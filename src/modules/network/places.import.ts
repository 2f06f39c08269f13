import { isId } from '#platform/ids.ts';
import { locales, type LocalText } from '#platform/locales.ts';
import { fold } from '#platform/search-fold.ts';
import {
	cellsOf,
	changesBetween,
	localCells,
	localColumns,
	planOf,
	readSheet,
	textFault,
	type ImportPlan,
	type ImportReason,
	type ImportRow,
	type SheetRow
} from './import.ts';
import { holds, placeFault, placeKinds, placeLimits, type PlaceKind } from './place.ts';
import type { TreePlace } from './tree.server.ts';

/** Columns of an import of places, and of their export. */
export const placeColumns = ['id', 'code', 'kind', 'parent', ...localColumns('name')];

/** A place to write. `id` is null for a new one; a parent is a known place, or the row of this file that adds it. */
export type PlaceWrite = {
	readonly line: number;
	readonly id: string | null;
	readonly parent: { readonly id: string } | { readonly line: number } | null;
	readonly kind: PlaceKind;
	readonly code: string | null;
	readonly name: LocalText;
	readonly recoded: boolean;
	readonly moved: boolean;
};

/** A place as it stands, or as a row of the file wants it. */
type Entity = {
	line: number | null;
	id: string | null;
	kind: PlaceKind;
	code: string | null;
	parent: Entity | null;
	name: LocalText;
	before: TreePlace | null;
	reasons: ImportReason[];
};

/** Cells of a place, as an export writes them and a preview compares them. */
export const placeCells = (place: { id: string | null; code: string | null; kind: string; name: LocalText }, parent: { id: string | null; code: string | null } | null): string[] => [
	place.id ?? '',
	place.code ?? '',
	place.kind,
	parent ? (parent.code ?? parent.id ?? '') : '',
	...cellsOf(place.name)
];

/**
 * Compares a file with the tree: each row is a new place, a known one that changes or stays, or an error with its reason.
 * A known place is found by its id, by its code, or by its name below the same parent. A parent is named by id, code or, where
 * only one is meant, by name; rows may stand in any order. An empty cell leaves what is there.
 * @throws Problem of the file as a whole, see {@link readSheet}
 */
export function planPlaces(tree: readonly TreePlace[], table: readonly (readonly string[])[]): ImportPlan<PlaceWrite> {
	const sheet = readSheet(table, placeColumns, ['kind']);
	const planner = new Planner(tree);
	const inOrder = sheet.rows.map((row) => ({ row, kind: placeKinds.find((kind) => kind === row.cell('kind')?.toLowerCase()) }));
	for (const { row } of inOrder) planner.announce(row);
	const taken = new Map<number, Entity>();
	for (const kind of [...placeKinds, undefined]) {
		for (const each of inOrder) if (each.kind === kind) taken.set(each.row.line, planner.take(each.row, kind));
	}
	planner.check();
	const rows: ImportRow[] = [];
	const writes: PlaceWrite[] = [];
	for (const { row } of inOrder) {
		const entity = taken.get(row.line);
		if (!entity) continue;
		const { shown, write } = outcome(entity, row);
		rows.push(shown);
		if (write) writes.push(write);
	}
	// Wide places first: whatever lies below finds its parent written.
	writes.sort((a, b) => placeKinds.indexOf(a.kind) - placeKinds.indexOf(b.kind));
	return planOf(rows, writes, sheet.ignored);
}

function outcome(entity: Entity, row: SheetRow<string>): { shown: ImportRow; write?: PlaceWrite } {
	const { before, parent, reasons } = entity;
	const label = Object.values(entity.name)[0] ?? entity.code ?? row.cell('kind') ?? '';
	const beforeParent = entity.before?.parentId ?? null;
	const moved = before !== null && (parent?.id ?? null) !== beforeParent;
	if (reasons.length > 0) return { shown: { line: row.line, action: 'error', label, changes: [], reasons } };
	const write: PlaceWrite = {
		line: row.line,
		id: before?.id ?? null,
		parent: parent === null ? null : parent.id === null ? { line: parent.line ?? 0 } : { id: parent.id },
		kind: entity.kind,
		code: entity.code,
		name: entity.name,
		recoded: before !== null && before.code !== entity.code,
		moved
	};
	if (!before) return { shown: { line: row.line, action: 'add', label, changes: [], reasons }, write };
	const oldParent = moved ? { id: beforeParent, code: null } : parent;
	const changes = changesBetween(placeColumns, placeCells(before, oldParent), placeCells({ ...entity, id: before.id }, parent));
	if (changes.length === 0) return { shown: { line: row.line, action: 'unchanged', label, changes, reasons } };
	return { shown: { line: row.line, action: 'change', label, changes, reasons }, write };
}

class Planner {
	readonly #entities: Entity[] = [];
	readonly #byId = new Map<string, Entity>();
	/** Known places by the code they had before this file. */
	readonly #byCode = new Map<string, Entity>();
	/** Kinds that the file gives to codes, for a clear word about a parent that comes too low. */
	readonly #announced = new Map<string, string>();
	readonly #codeInFile = new Map<string, Entity>();
	readonly #byName = new Map<string, Set<Entity>>();
	readonly #below = new Map<Entity | null, Map<string, Entity[]>>();
	/** The same for places without a code: only they can be meant by a row that brings one. */
	readonly #belowUncoded = new Map<Entity | null, Map<string, Entity[]>>();

	constructor(tree: readonly TreePlace[]) {
		for (const place of tree) {
			const { id, kind, code, name } = place;
			const parent = place.parentId === null ? null : (this.#byId.get(place.parentId) ?? null);
			const entity: Entity = { line: null, id, kind, code, parent, name, before: place, reasons: [] };
			this.#entities.push(entity);
			this.#byId.set(id, entity);
			if (code !== null) this.#byCode.set(code.toUpperCase(), entity);
			this.#index(entity);
		}
	}

	/** Notes the code that a row will have, whatever becomes of it. */
	announce(row: SheetRow<string>): void {
		const code = row.cell('code')?.toUpperCase();
		if (code) this.#announced.set(code, row.cell('kind') ?? '');
	}

	/** Takes a row in: finds its parent and the place it is about. Rows of wider kinds have been taken before. */
	take(row: SheetRow<string>, kind: PlaceKind | undefined): Entity {
		const reasons: ImportReason[] = [];
		if (kind === undefined) {
			const name = localCells(row, 'name', {});
			return { line: row.line, id: null, kind: 'mahalla', code: null, parent: null, name, before: null, reasons: [{ code: 'import.place-kind', facts: { kinds: placeKinds.join(', ') } }] };
		}
		const given = row.cell('parent') ?? '';
		const parent = given === '' ? null : this.#parent(given, kind, reasons);
		const known = this.#match(row, kind, parent, reasons);
		const entity: Entity = known ?? { line: row.line, id: null, kind, code: null, parent, name: {}, before: null, reasons };
		if (known && known.line !== null) {
			// The first row about this place stands; this one is the error.
			return { ...known, line: row.line, reasons: [{ code: 'import.twice', facts: { line: known.line } }] };
		}
		entity.line = row.line;
		entity.reasons = reasons;
		entity.kind = kind;
		if (given !== '') entity.parent = parent;
		entity.code = this.#code(row, kind) ?? entity.code;
		entity.name = localCells(row, 'name', entity.name);
		this.#checkTexts(entity);
		if (!known) this.#entities.push(entity);
		if (entity.code !== null) this.#codeInFile.set(entity.code.toUpperCase(), this.#codeInFile.get(entity.code.toUpperCase()) ?? entity);
		this.#index(entity);
		return entity;
	}

	/** Looks at everything together when all rows have been taken. */
	check(): void {
		const codes = new Map<string, Entity>();
		for (const entity of this.#entities) {
			if (entity.line !== null && entity.reasons.length === 0) {
				const fault = placeFault(entity, entity.parent);
				if (fault) entity.reasons.push({ code: fault, facts: {} });
			}
			// A known place that is not in the file may find itself below one that became too narrow.
			if (entity.line === null && entity.parent && entity.parent.line !== null && !holds(entity.parent.kind, entity.kind)) {
				entity.parent.reasons.push({ code: 'place.child-kind', facts: {} });
			}
			if (entity.code === null) continue;
			const other = codes.get(entity.code.toUpperCase());
			if (!other) codes.set(entity.code.toUpperCase(), entity);
			else for (const each of [entity, other]) if (each.line !== null) each.reasons.push({ code: 'place.code-taken', facts: { code: entity.code } });
		}
	}

	#code(row: SheetRow<string>, kind: PlaceKind): string | null {
		const code = row.cell('code') ?? '';
		if (code === '') return null;
		return kind === 'country' || kind === 'region' ? code.toUpperCase() : code;
	}

	#parent(given: string, kind: PlaceKind, reasons: ImportReason[]): Entity | null {
		const byCode = this.#codeInFile.get(given.toUpperCase()) ?? this.#byCode.get(given.toUpperCase());
		const found = this.#byId.get(given.toLowerCase()) ?? byCode;
		if (found) {
			if (!holds(found.kind, kind)) reasons.push({ code: 'place.parent-kind', facts: {} });
			return found;
		}
		if (this.#announced.has(given.toUpperCase())) {
			reasons.push({ code: 'place.parent-kind', facts: {} });
			return null;
		}
		const named = [...(this.#byName.get(fold(given)) ?? [])].filter((entity) => holds(entity.kind, kind));
		if (named.length === 1) return named[0] ?? null;
		reasons.push({ code: named.length === 0 ? 'import.parent-unknown' : 'import.parent-ambiguous', facts: { parent: given.slice(0, 80) } });
		return null;
	}

	#match(row: SheetRow<string>, kind: PlaceKind, parent: Entity | null, reasons: ImportReason[]): Entity | undefined {
		const id = row.cell('id')?.toLowerCase() ?? '';
		if (id !== '') {
			const known = isId(id) ? this.#byId.get(id) : undefined;
			if (!known) reasons.push({ code: 'import.id-unknown', facts: {} });
			return known;
		}
		const code = row.cell('code')?.toUpperCase() ?? '';
		const byCode = code === '' ? undefined : (this.#byCode.get(code) ?? this.#codeInFile.get(code));
		if (byCode) return byCode;
		const siblings = (code === '' ? this.#below : this.#belowUncoded).get(parent);
		const keys = Object.values(localCells(row, 'name', {})).map(fold);
		const named = new Set(keys.flatMap((key) => siblings?.get(key) ?? []));
		const same = [...named].filter((entity) => entity.kind === kind && (code === '' || entity.code === null));
		if (same.length > 1) reasons.push({ code: 'import.name-ambiguous', facts: {} });
		return same.length === 1 ? same[0] : undefined;
	}

	#index(entity: Entity): void {
		for (const key of new Set(Object.values(entity.name).map(fold))) {
			const named = this.#byName.get(key) ?? new Set();
			this.#byName.set(key, named.add(entity));
			for (const level of entity.code === null ? [this.#below, this.#belowUncoded] : [this.#below]) {
				const siblings = level.get(entity.parent) ?? new Map<string, Entity[]>();
				level.set(entity.parent, siblings);
				const same = siblings.get(key) ?? [];
				same.push(entity);
				siblings.set(key, same);
			}
		}
	}

	#checkTexts({ name, code, reasons }: Entity): void {
		if (Object.keys(name).length === 0) reasons.push({ code: 'import.name-missing', facts: {} });
		for (const locale of locales) {
			const fault = textFault(name[locale] ?? '', `name_${locale}`, placeLimits.name);
			if (fault) reasons.push(fault);
		}
		const fault = textFault(code ?? '', 'code', placeLimits.code);
		if (fault) reasons.push(fault);
	}
}
