import type { Tx } from '#platform/database.server.ts';
import type { ExportTable } from '#platform/spreadsheet.server.ts';
import { organisationCells, organisationColumnNames } from './organisations.import.ts';
import { allOrganisations } from './organisations.queries.server.ts';
import { placeCells, placeColumns } from './places.import.ts';
import { wholeTree } from './tree.server.ts';

/** All places of a programme, in the columns of an import: the file can be changed and brought back. */
export async function placeTable(tx: Tx, programmeId: string): Promise<ExportTable> {
	const tree = await wholeTree(tx, programmeId);
	const byId = new Map(tree.map((place) => [place.id, place]));
	return {
		name: 'places',
		columns: placeColumns,
		rows: tree.map((place) => placeCells(place, place.parentId === null ? null : (byId.get(place.parentId) ?? null)))
	};
}

/** Organisations of a programme, in the columns of an import. @param only those with these ids, in this order; all when left out */
export async function organisationTable(tx: Tx, programmeId: string, only?: readonly string[]): Promise<ExportTable> {
	const codes = new Map((await wholeTree(tx, programmeId)).map((place) => [place.id, place.code]));
	const all = await allOrganisations(tx, programmeId);
	const byId = new Map(all.map((organisation) => [organisation.id, organisation]));
	const organisations = only ? only.flatMap((id) => byId.get(id) ?? []) : all;
	return {
		name: 'organisations',
		columns: organisationColumnNames,
		rows: organisations.map((organisation) => organisationCells(organisation, codes))
	};
}

/** What a file to fill in looks like: the headings and two rows as an example. */
export const placeTemplate: ExportTable = {
	name: 'places',
	columns: placeColumns,
	rows: [
		['', '1708209', 'district', 'UZ-JI', 'Baxmal tumani', 'Бахмал тумани', 'Бахмальский район', '', 'Bakhmal District'],
		['', '', 'mahalla', '1708209', 'Bogʻishamol', '', '', '', '']
	]
};
export const organisationTemplate: ExportTable = {
	name: 'organisations',
	columns: organisationColumnNames,
	rows: [
		['', 'women_led_cso', 'Namuna tashkiloti', '', 'Организация-образец', '', 'Example organisation', 'uz | ru', 'Nima qiladi', '', '', '', '', '+998 71 200 10 20', 'info@example.org', 'https://example.org', '', 'UZ-JI | UZ-SA', '2020-01-01', '', '']
	]
};
