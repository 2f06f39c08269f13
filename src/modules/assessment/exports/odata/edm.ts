import type { Instrument } from '#xforms/instrument.ts';
import { exportFields, type ExportChoice } from '../choice.ts';
import { tablesOf, unlike, type ExportColumn, type ExportTable } from '../columns.ts';

/** Types of properties, by their names in OData. */
export type EdmType = 'Edm.String' | 'Edm.Int64' | 'Edm.Int32' | 'Edm.Double' | 'Edm.Date' | 'Edm.DateTimeOffset' | 'Edm.Byte';

/** A property of an entity: a column of the table behind it. */
export type Property = { readonly name: string; readonly type: EdmType; readonly column: ExportColumn; /** Place in the table's rows. */ readonly index: number };

/** A set of entities: the submissions, or the instances of a repeat. */
export type EntitySet = {
	/** Name within the model: `Submissions`, `Submissions_member`. */
	readonly name: string;
	/** Name in addresses: `Submissions`, `Submissions.member`. */
	readonly address: string;
	readonly table: ExportTable;
	/** Number of the table among all. */
	readonly number: number;
	readonly properties: readonly Property[];
	/** What is known of the submission, in a structure of its own; empty for repeats. */
	readonly system: readonly Property[];
	/** Repeats inside, by the name of the property that leads to them. */
	readonly inside: readonly { readonly name: string; readonly set: EntitySet }[];
};

export type Model = { readonly sets: readonly EntitySet[]; readonly tables: readonly ExportTable[] };

/** How a feed's tables are laid out: names for values, several choices also as 0 and 1. */
const choice: ExportChoice = exportFields.parse({ multiple: 'split' });

const typeOf = ({ kind, source }: ExportColumn): EdmType => {
	switch (kind) {
		case 'integer':
			return source.from === 'about' ? 'Edm.Int32' : 'Edm.Int64';
		case 'number':
			return 'Edm.Double';
		case 'date':
			return 'Edm.Date';
		case 'moment':
			return 'Edm.DateTimeOffset';
		case 'flag':
			return 'Edm.Byte';
		default:
			return 'Edm.String';
	}
};

/** Names under which the facts about a submission and an instance go. */
const systemNames: Readonly<Record<string, string>> = {
	received: 'submissionDate', review: 'reviewState', version: 'formVersion', round: 'round', place: 'place', 'place-code': 'placeCode', flags: 'flags'
};
const ownNames: Readonly<Record<string, string>> = { id: '__id', parent: '__parent_id', submission: '__Submissions_id', index: '__index' };

/** The model of a feed: entity sets for submissions and repeats. @param language of labels */
export function modelOf(instrument: Instrument, language: string): Model {
	const tables = tablesOf([instrument], { ...choice, language });
	const names = new Set<string>();
	const made = new Map<string, EntitySet>();
	// The innermost first, so that each knows what is inside it.
	const ordered = [...tables.entries()].sort(([, a], [, b]) => b.repeats.length - a.repeats.length);
	const addresses = addressesOf(tables);
	for (const [number, table] of ordered) {
		const address = addresses[number] ?? 'Submissions';
		const taken = new Set(['__system', '__unfit']);
		const all = table.columns.map((column, index): Property => ({ column, index, type: typeOf(column), name: propertyName(column, taken) }));
		const inside = [...made.values()].filter((set) => set.table.repeats.length === table.repeats.length + 1 && (set.table.repeats.at(-2) ?? '') === table.path);
		made.set(table.path, {
			name: unlike(identifier(address), names), address, table, number,
			properties: all.filter((property) => !isSystem(property)),
			system: all.filter(isSystem),
			inside: inside.reverse().map((set) => ({ set, name: unlike(identifier(set.table.name), taken) }))
		});
	}
	return { tables, sets: tables.flatMap((table) => made.get(table.path) ?? []) };
}

const isSystem = ({ column: { source } }: Property): boolean => source.from === 'about' && systemNames[source.what] !== undefined;

function propertyName({ name, source }: ExportColumn, taken: Set<string>): string {
	if (source.from !== 'about') return unlike(identifier(name), taken);
	return systemNames[source.what] ?? unlike(ownNames[source.what] ?? identifier(name), taken);
}

/** `Submissions.member.visit`: the names of the repeats around, with a number where two are the same. */
function addressesOf(tables: readonly ExportTable[]): string[] {
	const taken = new Set<string>();
	return tables.map(({ repeats }) => unlike(['Submissions', ...repeats.map((path) => path.slice(path.lastIndexOf('/') + 1))].join('.'), taken));
}

/** A name as OData allows it: letters, digits and `_`, at most 128. */
const identifier = (name: string): string => {
	const plain = name.normalize('NFC').replace(/[^\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}_]/gu, '_');
	return (/^[\p{L}\p{Nl}_]/u.test(plain) ? plain : `_${plain}`).slice(0, 120);
};

/** The set of an address, by either of its names. */
export const setAt = (model: Model, address: string): EntitySet | undefined => model.sets.find((set) => set.address === address || set.name === address);
