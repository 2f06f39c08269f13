import type { Tx } from '#platform/database.server.ts';
import { defineVerb, inProgramme, type InProgramme, type Subject } from '#platform/permit.server.ts';

/** Whoever takes part in a programme sees its places and organisations; mirrors the fence in the database. */
export const networkReaders = ['coordinator', 'member', 'analyst', 'collector', 'reviewer', 'official', 'donor', 'administrator'] as const;
const managers = ['coordinator', 'administrator'] as const;

const programme = (tx: Tx, id: string): Promise<Subject | null> => inProgramme(tx, { programmeId: id });
/** The network is one for the whole programme: a role in a part of it does not suffice to change it. */
const place = async (tx: Tx, id: string): Promise<Subject | null> => {
	const found = await tx.selectFrom('network.place').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
	return found ? { ...found, placeId: null } : null;
};
const organisation = async (tx: Tx, id: string): Promise<Subject | null> => {
	const found = await tx.selectFrom('network.organisation').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
	return found ? { ...found, placeId: null } : null;
};
const making = (tx: Tx, target: InProgramme): Promise<Subject | null> => inProgramme(tx, target);

export const createPlace = defineVerb('place.create', { roles: managers, subject: making });
export const editPlace = defineVerb('place.edit', { roles: managers, subject: place });
export const importPlaces = defineVerb('place.import', { roles: managers, subject: making });

export const createOrganisation = defineVerb('organisation.create', { roles: managers, subject: making });
export const editOrganisation = defineVerb('organisation.edit', { roles: managers, subject: organisation });
export const importOrganisations = defineVerb('organisation.import', { roles: managers, subject: making });

export const editProgramme = defineVerb('programme.edit', { roles: managers, subject: programme });
