import { entityMeta, type EntityDeclaration } from './entities.ts';
import { isName } from './expression.ts';
import { append, descendants, formNode, lineage, type FormNode } from './form.ts';
import { refuse, type Place } from './refusal.ts';

/**
 * A question that an entity needs: one saved to a property, or one that its expressions speak of.
 */
type Need = { readonly container: FormNode; readonly node: FormNode; readonly property: string | undefined };

/** Where an entity would like to stand, and the repeat (or form) that it cannot leave. */
type Wish = {
	readonly declaration: EntityDeclaration;
	readonly scope: FormNode;
	readonly container: FormNode;
	readonly savedFrom: readonly FormNode[];
};

/**
 * Finds each entity its place in the form and puts it there. A container (form, group, repeat) holds one entity at
 * most; an entity stands as deep as what it needs, and never outside the repeat of what it needs.
 *
 * @returns the version of the entities specification that the form then needs; undefined without entities
 * @throws Refusal `entities.*`
 */
export function placeEntities(root: FormNode, declarations: readonly EntityDeclaration[]): string | undefined {
	const needs = needsOf(root, declarations);
	if (declarations.length === 0) return undefined;
	const order = [...needs.keys(), ...declarations.filter((each) => !needs.has(each))];
	const wishes = order.map((declaration) => wishOf(declaration, needs.get(declaration) ?? [], root));
	const [only] = wishes;
	const places = wishes.length === 1 && only?.scope === root ? new Map([[root, only.declaration]]) : allocate(wishes);
	for (const [container, declaration] of places) {
		const insideRepeat = lineage(container).some((each) => each.kind === 'repeat');
		const meta = formNode({ kind: 'group', name: 'meta', type: 'meta' });
		append(meta, entityMeta(declaration, insideRepeat));
		append(container, meta);
	}
	const repeated = [...places.keys()].some((container) => scopeOf(container) !== root);
	return declarations.length > 1 || repeated ? '2025.1.0' : '2024.1.0';
}

function needsOf(root: FormNode, declarations: readonly EntityDeclaration[]): Map<EntityDeclaration, Need[]> {
	const needs = new Map<EntityDeclaration, Need[]>();
	const add = (declaration: EntityDeclaration, need: Need): void => {
		const found = needs.get(declaration) ?? [];
		needs.set(declaration, [...found, need]);
	};
	for (const node of descendants(root)) {
		const container = node.parent;
		if (container === undefined) continue;
		if (node.save !== undefined) {
			const { declaration, property } = readSaveTo(node, declarations);
			const before = needs.get(declaration)?.find((need) => need.property === property);
			if (before !== undefined) {
				refuse('entities.property-duplicate', saveTo(node), { property, other: String(before.node.row ?? '') });
			}
			node.bind['entities:saveto'] = property;
			add(declaration, { container, node, property });
		}
		for (const declaration of declarations) {
			if (declaration.asks.has(node.name)) add(declaration, { container, node, property: undefined });
		}
	}
	return needs;
}

function saveTo(node: FormNode): Place {
	return { sheet: 'survey', row: node.row, column: 'save_to' };
}

/** `property`, or `list#property` where there are several lists. */
function readSaveTo(node: FormNode, declarations: readonly EntityDeclaration[]): { declaration: EntityDeclaration; property: string } {
	const place = saveTo(node);
	const [only] = declarations;
	if (only === undefined) return refuse('entities.no-sheet', place);
	const parts = (node.save ?? '').split('#');
	if (parts.length > 2) refuse('entities.delimiter', place);
	if (parts.length === 1 && declarations.length > 1) refuse('entities.prefix', place);
	const list = parts.length === 2 ? (parts[0] ?? '') : only.list;
	const declaration = declarations.find((each) => each.list === list) ?? refuse('entities.unknown-list', place, { list });
	const property = parts.at(-1) ?? '';
	if (node.kind !== 'question') refuse('entities.group', place);
	if (/^(?:name|label)$/i.test(property)) refuse('names.reserved', place);
	if (property.startsWith('__')) refuse('names.underscores', place, { name: property });
	if (!isName(property)) refuse('names.invalid', place, { name: property });
	return { declaration, property };
}

/** An update looks the entity up in its list; these are updated without the list being attached to the form. */
export function unattachedLists(root: FormNode, declarations: readonly EntityDeclaration[]): EntityDeclaration[] {
	const attached = new Set<string>();
	for (const node of descendants(root)) {
		if (node.kind === 'external') attached.add(node.name);
		if (node.itemset !== undefined) attached.add(node.itemset.replace(/\.(?:csv|xml|geojson)$/, ''));
	}
	return declarations.filter((each) => each.id !== undefined && !attached.has(each.list));
}

/** The nearest repeat at or around a container, or the form. */
function scopeOf(container: FormNode): FormNode {
	return lineage(container).findLast((each) => each.kind === 'repeat' || each.kind === 'form') ?? container;
}

function repeatsIn(container: FormNode): number {
	return lineage(container).filter((each) => each.kind === 'repeat').length;
}

/** How far below its repeat (or the form) a container lies. */
function depthInScope(container: FormNode): number {
	return lineage(container).length - lineage(scopeOf(container)).length;
}

function deeper(a: FormNode, b: FormNode): FormNode {
	const difference = repeatsIn(b) - repeatsIn(a) || depthInScope(b) - depthInScope(a);
	return difference > 0 ? b : a;
}

function wishOf(declaration: EntityDeclaration, needs: readonly Need[], root: FormNode): Wish {
	const scope = needs.map((need) => scopeOf(need.container)).reduce((a, b) => (repeatsIn(b) > repeatsIn(a) ? b : a), root);
	const saved = [...new Set(needs.filter((need) => need.property !== undefined).map((need) => need.container))];
	const container = saved.length === 0 ? askedContainer(needs, scope) : savedContainer(saved);
	for (const need of needs) checkScope(declaration, need, scope, container);
	return { declaration, scope, container, savedFrom: saved };
}

/** Without properties, the deepest container among the questions asked about in the scope. */
function askedContainer(needs: readonly Need[], scope: FormNode): FormNode {
	return needs.map((need) => need.container).filter((each) => scopeOf(each) === scope).reduce(deeper, scope);
}

/** The container that all properties share; when that lies above the deepest repeat, the repeat itself. */
function savedContainer(saved: readonly FormNode[]): FormNode {
	const [first, ...rest] = saved.map(lineage);
	const shared = (first ?? []).filter((node, depth) => rest.every((each) => each[depth] === node)).at(-1);
	const deepest = saved.map(scopeOf).reduce(deeper);
	return shared === undefined ? deepest : deeper(deepest, shared);
}

function checkScope(declaration: EntityDeclaration, need: Need, scope: FormNode, container: FormNode): void {
	const own = scopeOf(need.container);
	const fits = lineage(scope).includes(own) && (need.property === undefined || own === scopeOf(container));
	if (fits) return;
	const facts = { list: declaration.list, otherScope: pathOf(fitsAbove(own, scope) ? container : scope), scope: pathOf(need.container), name: need.node.name };
	if (need.property !== undefined) refuse('entities.save-scope', saveTo(need.node), facts);
	refuse('entities.reference-scope', { sheet: 'entities', row: declaration.row }, facts);
}

function fitsAbove(own: FormNode, scope: FormNode): boolean {
	return lineage(scope).includes(own);
}

function pathOf(node: FormNode): string {
	return lineage(node).map((each) => `/${each.name}`).join('');
}

/** Each entity in turn takes its container, or the next free one above it within its scope. */
function allocate(wishes: readonly Wish[]): Map<FormNode, EntityDeclaration> {
	const taken = new Map<FormNode, EntityDeclaration>();
	const reserved = new Map<FormNode, EntityDeclaration>();
	const scopes = [...new Set(wishes.map((wish) => wish.scope))];
	for (const scope of scopes) {
		const inScope = wishes.filter((wish) => wish.scope === scope).sort((a, b) => a.declaration.row - b.declaration.row);
		for (const wish of inScope) settle(wish, taken, reserved);
	}
	return taken;
}

function settle(wish: Wish, taken: Map<FormNode, EntityDeclaration>, reserved: Map<FormNode, EntityDeclaration>): void {
	let inTheWay: EntityDeclaration | undefined;
	for (const container of lineage(wish.container).slice(lineage(wish.scope).length - 1).reverse()) {
		const other = taken.get(container) ?? reserved.get(container);
		if (other === undefined) {
			taken.set(container, wish.declaration);
			reserve(wish, container, reserved);
			return;
		}
		inTheWay = other;
		const blocking = wish.savedFrom.map((each) => reserved.get(each)).find((each) => each !== undefined);
		if (blocking !== undefined) {
			inTheWay = blocking;
			break;
		}
	}
	const facts = { scope: pathOf(wish.scope), other: String(inTheWay?.row ?? '') };
	refuse('entities.no-container', { sheet: 'entities', row: wish.declaration.row }, facts);
}

/** Between a property and its entity no other entity may stand: the property would be taken for that one's. */
function reserve(wish: Wish, container: FormNode, reserved: Map<FormNode, EntityDeclaration>): void {
	reserved.set(container, wish.declaration);
	for (const from of wish.savedFrom) {
		for (const node of lineage(from).slice(lineage(container).length - 1)) reserved.set(node, wish.declaration);
	}
}
