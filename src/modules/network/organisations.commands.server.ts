import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { holdVersion } from '#platform/record.server.ts';
import { searchText } from '#platform/search-text.ts';
import { organisationFault, type OrganisationFields } from './organisation.ts';
import { holdNetwork } from './tree.server.ts';

/**
 * Enters an organisation into the directory.
 * @param id minted where it was written; sending the same one again changes nothing
 * @throws Problem `organisation.address`, `organisation.dates` (400), `organisation.successor-unknown`, `organisation.place-unknown` (400)
 */
export async function createOrganisation(
	tx: Tx,
	permit: Permit<'organisation.create'>,
	fields: OrganisationFields,
	id: string = newId()
): Promise<string> {
	const { programmeId } = permit.subject;
	await holdNetwork(tx, programmeId);
	if (await tx.selectFrom('network.organisation').select('id').where('id', '=', id).where('programmeId', '=', programmeId).executeTakeFirst()) return id;
	refuseFault(fields);
	await refuseSuccessor(tx, programmeId, id, fields.successorId);
	await tx.insertInto('network.organisation').values({ id, programmeId, ...organisationColumns(fields) }).execute();
	await servePlaces(tx, programmeId, id, fields.places);
	await journal(tx, permit, { table: 'network.organisation', id, after: fields });
	return id;
}

/**
 * Changes an organisation's entry.
 * @param seen the version the form was filled from
 * @throws Problem as {@link createOrganisation}; `record.changed-since` (409); `organisation.successor-circle` (409) when the chain of successors would close
 */
export async function editOrganisation(tx: Tx, permit: Permit<'organisation.edit'>, fields: OrganisationFields, seen?: string): Promise<void> {
	const { id, programmeId } = permit.subject;
	await holdNetwork(tx, programmeId);
	await holdVersion(tx, { table: 'network.organisation', id }, seen);
	refuseFault(fields);
	await refuseSuccessor(tx, programmeId, id, fields.successorId);
	const before = await tx.selectFrom('network.organisation').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
	const served = await tx.selectFrom('network.organisationPlace').select('placeId').where('organisationId', '=', id).orderBy('placeId').execute();
	await tx.updateTable('network.organisation').set(organisationColumns(fields)).where('id', '=', id).execute();
	await servePlaces(tx, programmeId, id, fields.places);
	await journal(tx, permit, {
		table: 'network.organisation',
		id,
		before: { ...before, places: served.map(({ placeId }) => placeId) },
		after: fields
	});
}

/** The columns of an organisation's row. */
export const organisationColumns = ({ places: _places, ...fields }: OrganisationFields) => ({
	...fields,
	contact: JSON.stringify(fields.contact),
	search: searchText(fields.name)
});

/** Sets the places that an organisation serves. @throws Problem `organisation.place-unknown` (400) */
export async function servePlaces(tx: Tx, programmeId: string, organisationId: string, places: readonly string[]): Promise<void> {
	const wanted = [...new Set(places)];
	const there = wanted.length === 0 ? [] : await tx.selectFrom('network.place').select('id').where('programmeId', '=', programmeId).where('id', 'in', wanted).execute();
	if (there.length !== wanted.length) throw problem('organisation.place-unknown', 400, {}, 'places');
	let gone = tx.deleteFrom('network.organisationPlace').where('organisationId', '=', organisationId);
	if (wanted.length > 0) gone = gone.where('placeId', 'not in', wanted);
	await gone.execute();
	if (wanted.length === 0) return;
	await tx
		.insertInto('network.organisationPlace')
		.values(wanted.map((placeId) => ({ programmeId, organisationId, placeId })))
		.onConflict((on) => on.doNothing())
		.execute();
}

function refuseFault(fields: OrganisationFields): void {
	const fault = organisationFault(fields);
	if (fault) throw problem(fault.code, 400, {}, fault.field);
}

async function refuseSuccessor(tx: Tx, programmeId: string, id: string, successorId: string | null): Promise<void> {
	if (successorId === null) return;
	const rows = await tx.selectFrom('network.organisation').select(['id', 'successorId']).where('programmeId', '=', programmeId).execute();
	const next = new Map(rows.map((row) => [row.id, row.successorId]));
	if (!next.has(successorId)) throw problem('organisation.successor-unknown', 400, {}, 'successorId');
	next.set(id, successorId);
	if (circleAt(next, id)) throw problem('organisation.successor-circle', 409, {}, 'successorId');
}

/** Whether the chain of successors that starts at `id` comes back upon itself. */
export function circleAt(next: ReadonlyMap<string, string | null>, id: string): boolean {
	const seen = new Set<string>();
	for (let at: string | null = id; at !== null; at = next.get(at) ?? null) {
		if (seen.has(at)) return true;
		seen.add(at);
	}
	return false;
}
