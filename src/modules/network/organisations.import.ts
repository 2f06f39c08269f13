import { isId } from '#platform/ids.ts';
import { locales } from '#platform/locales.ts';
import { fold } from '#platform/search-fold.ts';
import {
	cellsOf,
	changesBetween,
	localCells,
	localColumn,
	localColumns,
	planOf,
	readSheet,
	textFault,
	type ImportPlan,
	type ImportReason,
	type ImportRow,
	type SheetRow
} from './import.ts';
import { organisationFault, organisationFields, organisationTypes, type OrganisationFields } from './organisation.ts';
import { circleAt } from './organisations.commands.server.ts';

/** Columns of an import of organisations, and of their export. */
export const organisationColumnNames = [
	'id', 'type', ...localColumns('name'), 'languages', ...localColumns('description'), 'phone', 'email', 'web', 'address', 'places',
	'valid_from', 'valid_to', 'successor'
];

/** An organisation as the directory knows it. */
export type KnownOrganisation = OrganisationFields & { id: string };

/** A place as a cell can name it. */
export type NamedPlace = { id: string; code: string | null; name: OrganisationFields['name'] };

/** An organisation to write; `id` is null for a new one, a successor may be a row of this file. */
export type OrganisationWrite = {
	readonly line: number;
	readonly id: string | null;
	readonly fields: OrganisationFields;
	readonly successorLine: number | null;
};

type Taken = {
	row: SheetRow<string>;
	before: KnownOrganisation | null;
	fields: OrganisationFields | null;
	successorLine: number | null;
	label: string;
	reasons: ImportReason[];
};

/** Several values in one cell. */
const joint = ' | ';

/** Cells of an organisation, as an export writes them and a preview compares them. */
export const organisationCells = (organisation: OrganisationFields & { id: string | null }, codes: ReadonlyMap<string, string | null>, successor?: string): string[] => [
	organisation.id ?? '',
	organisation.type,
	...cellsOf(organisation.name),
	organisation.languages.join(joint),
	...cellsOf(organisation.description),
	organisation.contact.phone ?? '',
	organisation.contact.email ?? '',
	organisation.contact.web ?? '',
	organisation.contact.address ?? '',
	organisation.places.map((id) => codes.get(id) ?? id).sort().join(joint),
	organisation.validFrom ?? '',
	organisation.validTo ?? '',
	successor ?? organisation.successorId ?? ''
];

/**
 * Compares a file with the directory: each row is a new organisation, a known one that changes or stays, or an error with its
 * reason. A known one is found by its id, else by a name in any language. Places are named by code, id or name, with `|`
 * between them; a successor by id or name, also of a row of this file. An empty cell leaves what is there.
 * @throws Problem of the file as a whole, see `readSheet`
 */
export function planOrganisations(
	known: readonly KnownOrganisation[],
	places: readonly NamedPlace[],
	table: readonly (readonly string[])[]
): ImportPlan<OrganisationWrite> {
	const sheet = readSheet(table, organisationColumnNames, ['type']);
	const directory = indexed(known, (organisation) => organisation.id, (organisation) => Object.values(organisation.name));
	const atlas = indexed(places, (place) => place.id, (place) => Object.values(place.name), (place) => place.code);
	const codes = new Map(places.map((place) => [place.id, place.code]));
	const firstRow = new Map<string, number>();
	const taken = sheet.rows.map((row): Taken => {
		const reasons: ImportReason[] = [];
		const before = match(row, directory, reasons);
		const fields = read(row, before, atlas, reasons);
		const names = Object.values(localCells(row, 'name', {}));
		const key = before?.id ?? (row.cell('id') ? '' : names.map(fold).sort().join('|'));
		const first = firstRow.get(key);
		if (key !== '' && first !== undefined) reasons.push({ code: 'import.twice', facts: { line: first } });
		else firstRow.set(key, row.line);
		return { row, before, fields, successorLine: null, label: names[0] ?? Object.values(before?.name ?? {})[0] ?? row.cell('type') ?? '', reasons };
	});
	succeed(taken, directory);
	refuseCircles(known, taken);
	const rows: ImportRow[] = [];
	const writes: OrganisationWrite[] = [];
	for (const { row, before, fields, successorLine, label, reasons } of taken) {
		const { line } = row;
		if (!fields || reasons.length > 0) {
			rows.push({ line, action: 'error', label, changes: [], reasons });
			continue;
		}
		const successor = successorLine === null ? undefined : (row.cell('successor') ?? '');
		const changes = before ? changesBetween(organisationColumnNames, organisationCells(before, codes), organisationCells({ ...fields, id: before.id }, codes, successor)) : [];
		const action = before ? (changes.length > 0 ? 'change' : 'unchanged') : 'add';
		rows.push({ line, action, label, changes, reasons });
		if (action !== 'unchanged') writes.push({ line, id: before?.id ?? null, fields, successorLine });
	}
	return planOf(rows, writes, sheet.ignored);
}

type Index<T> = { byId: ReadonlyMap<string, T>; byCode: ReadonlyMap<string, T>; byName: ReadonlyMap<string, readonly T[]> };

function indexed<T>(all: readonly T[], id: (one: T) => string, names: (one: T) => string[], code: (one: T) => string | null = () => null): Index<T> {
	const byName = new Map<string, T[]>();
	for (const one of all) {
		for (const key of new Set(names(one).map(fold))) {
			const same = byName.get(key) ?? [];
			same.push(one);
			byName.set(key, same);
		}
	}
	return {
		byId: new Map(all.map((one) => [id(one), one])),
		byCode: new Map(all.flatMap((one) => (code(one) === null ? [] : [[(code(one) ?? '').toUpperCase(), one]]))),
		byName
	};
}

function match(row: SheetRow<string>, directory: Index<KnownOrganisation>, reasons: ImportReason[]): KnownOrganisation | null {
	const id = row.cell('id')?.toLowerCase() ?? '';
	if (id !== '') {
		const known = isId(id) ? directory.byId.get(id) : undefined;
		if (!known) reasons.push({ code: 'import.id-unknown', facts: {} });
		return known ?? null;
	}
	const keys = Object.values(localCells(row, 'name', {})).map(fold);
	const named = new Set(keys.flatMap((key) => directory.byName.get(key) ?? []));
	if (named.size > 1) reasons.push({ code: 'import.name-ambiguous', facts: {} });
	return named.size === 1 ? ([...named][0] ?? null) : null;
}

/** The fields a row stands for, laid over what is known; null when they make no organisation. */
function read(row: SheetRow<string>, before: KnownOrganisation | null, atlas: Index<NamedPlace>, reasons: ImportReason[]): OrganisationFields | null {
	for (const column of organisationColumnNames) {
		const fault = textFault(row.cell(column) ?? '', column, 5000);
		if (fault) reasons.push(fault);
	}
	const type = row.cell('type')?.toLowerCase().replace(/[\s-]+/g, '_') || before?.type;
	if (!organisationTypes.some((each) => each === type)) reasons.push({ code: 'import.organisation-type', facts: { types: organisationTypes.join(', ') } });
	if (reasons.length > 0) return null;
	const list = (column: string): string[] => (row.cell(column) ?? '').split(/[|\n]/).map((part) => part.trim()).filter((part) => part !== '');
	const languages = list('languages').flatMap((part) => part.split(/[,\s]+/)).map((part) => locales.find((locale) => locale.toLowerCase() === part.toLowerCase()) ?? part);
	const placed = list('places').flatMap((given) => {
		const place = placeOf(given, atlas);
		if (place) return [place.id];
		reasons.push({ code: 'import.place-unknown', facts: { place: given.slice(0, 80) } });
		return [];
	});
	const parsed = organisationFields.safeParse({
		type,
		name: localCells(row, 'name', before?.name ?? {}),
		description: localCells(row, 'description', before?.description ?? {}),
		languages: languages.length > 0 ? languages : before?.languages,
		contact: {
			phone: row.cell('phone') || before?.contact.phone,
			email: row.cell('email') || before?.contact.email,
			web: row.cell('web') || before?.contact.web,
			address: row.cell('address') || before?.contact.address
		},
		places: placed.length > 0 ? placed : before?.places,
		validFrom: dayOf(row.cell('valid_from')) || before?.validFrom,
		validTo: dayOf(row.cell('valid_to')) || before?.validTo,
		successorId: before?.successorId ?? null
	});
	if (!parsed.success) {
		for (const issue of parsed.error.issues) {
			const [head, tail] = issue.path.map(String);
			const column = head === 'contact' ? (tail ?? '') : head === 'name' || head === 'description' ? localColumn(head, locales.find((each) => each === tail) ?? 'uz') : head === 'validFrom' ? 'valid_from' : head === 'validTo' ? 'valid_to' : (head ?? '');
			reasons.push(issue.message.includes('organisation.') ? { code: issue.message, facts: {} } : issue.message === 'local-text.empty' ? { code: 'import.name-missing', facts: {} } : { code: 'import.cell', facts: { column } });
		}
		return null;
	}
	const fault = organisationFault(parsed.data);
	if (fault) reasons.push({ code: fault.code, facts: {} });
	return parsed.data;
}

function placeOf(given: string, atlas: Index<NamedPlace>): NamedPlace | undefined {
	const named = atlas.byName.get(fold(given)) ?? [];
	return atlas.byId.get(given.toLowerCase()) ?? atlas.byCode.get(given.toUpperCase()) ?? (named.length === 1 ? named[0] : undefined);
}

/** A day as people write it in a cell, as ISO 8601; what is no day stays as it is and is refused later. */
function dayOf(cell: string | undefined): string {
	const text = (cell ?? '').replace(/[ T]00:00(?::00(?:\.0+)?Z?)?$/, '');
	const [, date, month, year] = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text) ?? [];
	return year === undefined ? text : `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/** Finds the successor that each row names: a known organisation, or a row of the file that adds one. */
function succeed(taken: readonly Taken[], directory: Index<KnownOrganisation>): void {
	const added = new Map<string, Taken[]>();
	for (const each of taken) {
		if (each.before) continue;
		for (const key of new Set(Object.values(each.fields?.name ?? {}).map(fold))) {
			const same = added.get(key) ?? [];
			same.push(each);
			added.set(key, same);
		}
	}
	for (const each of taken) {
		const given = each.row.cell('successor') ?? '';
		if (given === '' || !each.fields) continue;
		const known = directory.byId.get(given.toLowerCase());
		const named = directory.byName.get(fold(given)) ?? [];
		const rows = added.get(fold(given)) ?? [];
		if (known) each.fields = { ...each.fields, successorId: known.id };
		else if (named.length + rows.length !== 1) each.reasons.push({ code: 'import.successor-unknown', facts: { successor: given.slice(0, 80) } });
		else if (named[0]) each.fields = { ...each.fields, successorId: named[0].id };
		else each.successorLine = rows[0]?.row.line ?? null;
	}
}

function refuseCircles(known: readonly KnownOrganisation[], taken: readonly Taken[]): void {
	const next = new Map(known.map((organisation) => [organisation.id, organisation.successorId]));
	const keyOf = (each: Taken): string => each.before?.id ?? `row ${each.row.line}`;
	const atLine = new Map(taken.map((each) => [each.row.line, each]));
	for (const each of taken) {
		const named = each.successorLine === null ? undefined : atLine.get(each.successorLine);
		next.set(keyOf(each), named ? keyOf(named) : (each.fields?.successorId ?? null));
	}
	for (const each of taken) if (circleAt(next, keyOf(each))) each.reasons.push({ code: 'organisation.successor-circle', facts: {} });
}
