import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { notFound } from '#platform/problem.ts';
import { shownName, shownNameIfAny } from '#platform/shown-name.ts';
import { sideSchema, teamLacks, teamStates, type Side, type TeamState } from './team.ts';

const stateSchema = z.enum(teamStates);
const side = (alias: string) => sql<string | null>`network.side_of(${sql.ref(`${alias}.type`)})`;

/** On which side each member of a team sits. */
export async function sidesOf(tx: Tx, teamId: string): Promise<Side[]> {
	const rows = await tx
		.selectFrom('assessment.teamMember as m')
		.leftJoin('network.organisation as o', 'o.id', 'm.organisationId')
		.select(side('o').as('side'))
		.where('m.teamId', '=', teamId)
		.execute();
	return rows.map((row) => sideSchema.parse(row.side));
}

export type TeamMember = { teamId: string; personId: string; displayName: string; organisation: LocalText | null; side: Side };
export type TeamRow = {
	id: string;
	name: string;
	state: TeamState;
	startsOn: string | null;
	endsOn: string | null;
	members: TeamMember[];
	places: { id: string; name: LocalText }[];
	services: { id: string; name: LocalText }[];
	lacks: 'team.empty' | 'team.not-joint' | null;
};

/** The teams of a round by name, each with its members, places and services: four statements, however many teams. */
export async function listTeams(tx: Tx, roundId: string, joint: boolean): Promise<TeamRow[]> {
	const teams = await tx.selectFrom('assessment.team').select(['id', 'name', 'state', 'startsOn', 'endsOn']).where('roundId', '=', roundId).orderBy('name').execute();
	if (teams.length === 0) return [];
	const ids = teams.map((team) => team.id);
	const members = (
		await tx
			.selectFrom('assessment.teamMember as m')
			.innerJoin('network.person as p', 'p.id', 'm.personId')
			.leftJoin('network.organisation as o', 'o.id', 'm.organisationId')
			.select(['m.teamId', 'm.personId', shownName('p').as('displayName'), 'o.name as organisation', side('o').as('side')])
			.where('m.teamId', 'in', ids)
			.orderBy(shownName('p'))
			.execute()
	).map((row) => ({ ...row, side: sideSchema.parse(row.side) }));
	const places = await tx
		.selectFrom('assessment.teamPlace as t')
		.innerJoin('network.place as p', 'p.id', 't.placeId')
		.select(['t.teamId', 'p.id', 'p.name'])
		.where('t.teamId', 'in', ids)
		.orderBy('p.search')
		.execute();
	const services = await tx
		.selectFrom('assessment.teamService as t')
		.innerJoin('network.organisation as o', 'o.id', 't.organisationId')
		.select(['t.teamId', 'o.id', 'o.name'])
		.where('t.teamId', 'in', ids)
		.orderBy('o.search')
		.execute();
	return teams.map((team) => {
		const own = members.filter((member) => member.teamId === team.id);
		return {
			...team,
			state: stateSchema.parse(team.state),
			members: own,
			places: places.filter((place) => place.teamId === team.id),
			services: services.filter((service) => service.teamId === team.id),
			lacks: teamLacks(joint, own.map((member) => member.side))
		};
	});
}

/** One team of a round. @throws Problem `not-found` */
export async function getTeam(tx: Tx, roundId: string, joint: boolean, id: string): Promise<TeamRow> {
	const found = (await listTeams(tx, roundId, joint)).find((team) => team.id === id);
	if (!found) throw notFound();
	return found;
}

/** Who can sit in a team: everybody with a role in the programme, once for each organisation they hold one for. */
export async function memberOptions(tx: Tx, programmeId: string) {
	const { rows } = await sql<{ personId: string; displayName: string; organisationId: string | null; organisation: LocalText | null; side: string | null }>`
		select c.person_id, network.shown_name(p) as display_name, c.organisation_id, o.name as organisation, network.side_of(o.type) as side
		from assessment.team_candidates(${programmeId}::uuid) c join network.person p on p.id = c.person_id
		left join network.organisation o on o.id = c.organisation_id order by network.shown_name(p), o.search`.execute(tx);
	return rows.map((row) => ({ ...row, side: sideSchema.parse(row.side) }));
}

/** Organisations that can be assigned to a team as services. */
export const serviceOptions = (tx: Tx, programmeId: string) =>
	tx
		.selectFrom('network.organisation')
		.select(['id', 'name', 'type'])
		.where('programmeId', '=', programmeId)
		.where('type', 'in', ['cso_shelter', 'state_rehabilitation_centre', 'cso', 'women_led_cso', 'makhalla_committee', 'local_authority', 'national_centre'])
		.orderBy('search')
		.execute();

/** The links on phones of a round's teams, newest first. */
export const listPhones = (tx: Tx, roundId: string) =>
	tx
		.selectFrom('assessment.collectionToken as t')
		.leftJoin('network.person as p', 'p.id', 't.personId')
		.leftJoin('network.place as l', 'l.id', 't.placeId')
		.select(['t.id', 't.teamId', 't.label', 't.revokedAt', 't.expiresAt', 't.lastSeenAt', 't.createdAt', shownNameIfAny('p').as('displayName'), 'l.name as place'])
		.where('t.roundId', '=', roundId)
		.where('t.teamId', 'is not', null)
		.orderBy('t.createdAt', 'desc')
		.execute();

/** Whether one of a round's teams is ready: a joint round does not open before. */
export async function hasReadyTeam(tx: Tx, roundId: string): Promise<boolean> {
	const found = await tx.selectFrom('assessment.team').select('id').where('roundId', '=', roundId).where('state', '=', 'ready').limit(1).executeTakeFirst();
	return found !== undefined;
}
