import type { RowMaker, Row, Submitted } from '../rows.ts';
import type { EntitySet, Model, Property } from './edm.ts';
import type { Asked } from './options.ts';
import { typed } from './typed.ts';

/** How choices are shown: by name, or by the labels of a language. */
export type Show = (property: Property, text: string) => string;

type Json = Record<string, unknown>;

/** Rows of every table that one submission makes, by the number of the table. */
export function rowsOf(maker: RowMaker, submitted: Submitted, model: Model): Row[][] {
	const rows: Row[][] = model.tables.map(() => []);
	maker.rows(submitted, (table, row) => rows[table]?.push(row));
	return rows;
}

/** A row as an entity. Answers that do not fit the type of their property are null there, and said in `unfit`. */
export function entityOf(set: EntitySet, row: Row, asked: Pick<Asked, 'select' | 'expand'>, all: readonly Row[][], show: Show): Json {
	const unfit: string[] = [];
	const value = (property: Property): unknown => {
		const text = row[property.index] ?? null;
		const made = typed(property, text);
		if (made === undefined) {
			unfit.push(`${property.name}=${text ?? ''}`);
			return null;
		}
		return typeof made === 'string' && property.type === 'Edm.String' ? show(property, made) : made;
	};
	const { select, expand } = asked;
	const wanted = (name: string): boolean => select === null || select.has(name);
	const entity: Json = {};
	for (const property of set.properties) if (wanted(property.name)) entity[property.name] = value(property);
	if (set.system.length === 0) {
		if (wanted('__unfit')) entity['__unfit'] = unfit.length > 0 ? unfit.join('; ') : null;
	} else if (wanted('__system')) {
		const system: Json = {};
		for (const property of set.system) system[property.name] = value(property);
		system['unfit'] = unfit.length > 0 ? unfit.join('; ') : null;
		entity['__system'] = system;
	}
	if (expand !== null) for (const { name, set: inner } of set.inside) if (expand === 'all' || expand.has(name)) entity[name] = childrenOf(set, row, inner, expand, all, show);
	return entity;
}

function childrenOf(set: EntitySet, row: Row, inner: EntitySet, expand: ReadonlySet<string> | 'all', all: readonly Row[][], show: Show): Json[] {
	const own = row[indexOf(set, 'id')];
	const parent = indexOf(inner, 'parent');
	return (all[inner.number] ?? [])
		.filter((each) => each[parent] === own)
		.map((each) => entityOf(inner, each, { select: null, expand: expand === 'all' ? 'all' : null }, all, show));
}

function indexOf(set: EntitySet, what: 'id' | 'parent'): number {
	return set.table.columns.findIndex(({ source }) => source.from === 'about' && source.what === what);
}
