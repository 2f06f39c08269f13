import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
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

/** A programme that is not there yet: made at the first run, or by who administers the installation. */
export const createProgramme = defineVerb('programme.create', {
	tasks: ['first-run'],
	anyone: true,
	subject: async (_tx: Tx, programmeId: string | null): Promise<Subject> => {
		const id = programmeId ?? newId();
		return { id, programmeId: id, placeId: null };
	},
	when: async (tx) => (await sql<{ may: boolean }>`select network.is_installation_administrator() as may`.execute(tx)).rows[0]?.may === true
});

/** Asked for the whole programme: a role in one place does not let anybody in. */
const wholeProgramme = (tx: Tx, { programmeId }: InProgramme): Promise<Subject | null> => inProgramme(tx, { programmeId });

export const invitePerson = defineVerb('person.invite', { roles: managers, subject: wholeProgramme });
export const giveGrant = defineVerb('grant.give', { roles: managers, subject: wholeProgramme });

export const endGrant = defineVerb('grant.end', {
	roles: managers,
	subject: async (tx, id: string) => {
		const grant = await tx.selectFrom('network.roleGrant').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
		return grant ? { ...grant, placeId: null } : null;
	}
});

const proposal = async (tx: Tx, id: string): Promise<Subject | null> => {
	const found = await tx.selectFrom('network.proposedGrant').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
	return found ? { ...found, placeId: null } : null;
};
const askedAbout = (tx: Tx, id: string) => tx.selectFrom('network.proposedGrant').select(['personId', 'proposedBy']).where('id', '=', id).executeTakeFirst();

/** A coordinator who neither proposed nor is to hold the role; where none can sign in, who administers the installation. */
export const confirmGrant = defineVerb('grant.confirm', {
	anyone: true,
	subject: proposal,
	when: async (tx, { id, programmeId }, actor) => {
		const about = await askedAbout(tx, id);
		if (actor.kind !== 'person' || !about || [about.personId, about.proposedBy].includes(actor.personId)) return false;
		return coordinatesOrStandsIn(tx, programmeId);
	}
});

/** The same, and whoever proposed it. */
export const declineGrant = defineVerb('grant.decline', {
	anyone: true,
	subject: proposal,
	when: async (tx, { id, programmeId }, actor) =>
		(actor.kind === 'person' && (await askedAbout(tx, id))?.proposedBy === actor.personId) || coordinatesOrStandsIn(tx, programmeId)
});

async function coordinatesOrStandsIn(tx: Tx, programmeId: string): Promise<boolean> {
	const { rows } = await sql<{ may: boolean }>`select network.may(array['coordinator'], ${programmeId}::uuid)
		or (network.is_installation_administrator() and not network.coordinator_acts(${programmeId}::uuid)) as may`.execute(tx);
	return rows[0]?.may === true;
}

export const revokeInvitation = defineVerb('invitation.revoke', {
	roles: managers,
	subject: async (tx, id: string) => {
		const found = await tx.selectFrom('platform.invitation').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
		return found?.programmeId ? { id, programmeId: found.programmeId, placeId: null } : null;
	}
});

/** Somebody who holds or held a role in the programme. */
async function inProgrammeOf(tx: Tx, { programmeId, personId }: { programmeId: string; personId: string }): Promise<Subject | null> {
	const grant = await tx
		.selectFrom('network.roleGrant')
		.select('id')
		.where('programmeId', '=', programmeId)
		.where('personId', '=', personId)
		.executeTakeFirst();
	return grant ? { id: personId, programmeId, placeId: null } : null;
}

/** The subject's id is the person's. */
export const disablePerson = defineVerb('person.disable', { roles: managers, subject: inProgrammeOf });

const recovery = async (tx: Tx, id: string): Promise<Subject | null> => {
	const found = await tx.selectFrom('platform.recovery').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
	return found?.programmeId ? { id, programmeId: found.programmeId, placeId: null } : null;
};

/** The subject's id is the person's. */
export const askRecovery = defineVerb('recovery.ask', { roles: managers, subject: inProgrammeOf });

/** A second one, never who asked nor whose account it is; one of the two coordinates the programme. */
export const confirmRecovery = defineVerb('recovery.confirm', {
	roles: managers,
	subject: recovery,
	when: async (tx, { id, programmeId }, actor) => {
		const asked = await tx.selectFrom('platform.recovery').select(['personId', 'askedBy']).where('id', '=', id).executeTakeFirst();
		if (actor.kind !== 'person' || !asked?.askedBy || [asked.personId, asked.askedBy].includes(actor.personId)) return false;
		const coordinator = await tx
			.selectFrom('network.roleGrant')
			.select('id')
			.where('programmeId', '=', programmeId)
			.where('role', '=', 'coordinator')
			.where('placeId', 'is', null)
			.where('endedAt', 'is', null)
			.where('personId', 'in', [actor.personId, asked.askedBy])
			.executeTakeFirst();
		return coordinator !== undefined;
	}
});

export const endRecovery = defineVerb('recovery.end', { roles: managers, subject: recovery });

/** The journal of a whole programme: metadata only. What one did oneself, one sees in any case. */
export const readJournal = defineVerb('journal.read', { roles: managers, subject: programme });

/** Laying out the demonstration is the program's own work, at first run or from the command line. */
export const layOutDemonstration = defineVerb('demonstration.lay-out', { tasks: ['first-run'], subject: programme });
