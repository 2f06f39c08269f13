import { sql } from 'kysely';
import { system, type Actor } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import type { Role } from '#platform/permit.server.ts';

/** A small programme with a recurring cast, for tests: two regions, a district in each, and somebody in every role. */
export type World = {
	programmeId: string;
	country: string;
	jizzakh: string;
	samarkand: string;
	/** A district of Jizzakh. */
	zomin: string;
	organisations: { cso: string; shelter: string; authority: string; ministry: string };
	/** Holds the role for the whole programme. */
	person: Record<Role, Actor & { kind: 'person' }>;
	/** A member in Jizzakh and what lies below it only. */
	memberInJizzakh: Actor & { kind: 'person' };
	/** An official of the local authority, in Jizzakh only. */
	officialInJizzakh: Actor & { kind: 'person' };
	/** Signed in, with no role in this programme. */
	stranger: Actor & { kind: 'person' };
};

const label = (id: string): string => id.replaceAll('-', '');

/** Adds a person with an account and, if said, a role. */
export async function addPerson(
	tx: Tx,
	name: string,
	grant?: { programmeId: string; role: Role; placeId?: string; organisationId?: string }
): Promise<Actor & { kind: 'person' }> {
	return asActor(tx, system('first-run'), async () => {
		const personId = newId();
		await tx.insertInto('network.person').values({ id: personId, displayName: name }).execute();
		await tx
			.insertInto('platform.account')
			.values({ personId, signInName: `${name}-${personId}`.toLowerCase() })
			.execute();
		if (grant) await tx.insertInto('network.roleGrant').values({ id: newId(), personId, ...grant }).execute();
		return { kind: 'person', personId };
	});
}

/** Adds a place below another. */
export async function addPlace(tx: Tx, programmeId: string, name: string, kind: string, parent?: { id: string; path: string }, code?: string): Promise<{ id: string; path: string }> {
	return asActor(tx, system('first-run'), async () => {
		const id = newId();
		const path = parent ? `${parent.path}.${label(id)}` : label(id);
		await sql`insert into network.place (id, programme_id, parent_id, path, kind, code, name, search)
			values (${id}, ${programmeId}, ${parent?.id ?? null}, ${path}::ltree, ${kind}, ${code ?? null}, ${JSON.stringify({ uz: name })}::jsonb, ${name.toLowerCase()})`.execute(tx);
		return { id, path };
	});
}

/** Makes the programme and its cast inside the transaction of a test. */
export async function makeWorld(tx: Tx, name = 'Sinov dasturi'): Promise<World> {
	const programmeId = newId();
	const organisations = { cso: newId(), shelter: newId(), authority: newId(), ministry: newId() };
	await asActor(tx, system('first-run'), async () => {
		await tx.insertInto('network.programme').values({ id: programmeId, name: { uz: name } }).execute();
		await tx
			.insertInto('network.organisation')
			.values([
				{ id: organisations.cso, programmeId, type: 'women_led_cso', name: { uz: 'Sinov tashkiloti' } },
				{ id: organisations.shelter, programmeId, type: 'cso_shelter', name: { uz: 'Sinov boshpanasi' } },
				{ id: organisations.authority, programmeId, type: 'local_authority', name: { uz: 'Sinov hokimligi' } },
				{ id: organisations.ministry, programmeId, type: 'ministry', name: { uz: 'Sinov vazirligi' } }
			])
			.execute();
	});
	const country = await addPlace(tx, programmeId, 'Oʻzbekiston', 'country', undefined, 'UZ');
	const jizzakh = await addPlace(tx, programmeId, 'Jizzax', 'region', country, 'UZ-JI');
	const samarkand = await addPlace(tx, programmeId, 'Samarqand', 'region', country, 'UZ-SA');
	const zomin = await addPlace(tx, programmeId, 'Zomin', 'district', jizzakh);
	const inProgramme = (role: Role, organisationId = organisations.cso) => addPerson(tx, role, { programmeId, role, organisationId });
	return {
		programmeId,
		country: country.id,
		jizzakh: jizzakh.id,
		samarkand: samarkand.id,
		zomin: zomin.id,
		organisations,
		person: {
			coordinator: await inProgramme('coordinator'),
			member: await inProgramme('member'),
			analyst: await inProgramme('analyst'),
			collector: await inProgramme('collector'),
			reviewer: await inProgramme('reviewer'),
			official: await inProgramme('official', organisations.ministry),
			donor: await inProgramme('donor'),
			administrator: await inProgramme('administrator')
		},
		memberInJizzakh: await addPerson(tx, 'member in Jizzakh', { programmeId, role: 'member', placeId: jizzakh.id, organisationId: organisations.cso }),
		officialInJizzakh: await addPerson(tx, 'official in Jizzakh', { programmeId, role: 'official', placeId: jizzakh.id, organisationId: organisations.authority }),
		stranger: await addPerson(tx, 'stranger')
	};
}
