import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { makingLink } from '../../making-link.server.ts';
import { editTeam } from '#modules/assessment/fieldwork/permits.ts';
import { placesOfRound } from '#modules/assessment/fieldwork/target-queries.server.ts';
import * as team from '#modules/assessment/fieldwork/team-commands.server.ts';
import { getTeam, listPhones, memberOptions, serviceOptions } from '#modules/assessment/fieldwork/team-queries.server.ts';
import { memberFields, teamFields, teamStates } from '#modules/assessment/fieldwork/team.ts';
import { revokeToken as revoke } from '#modules/assessment/permits.ts';
import { revokeToken } from '#modules/assessment/round-commands.server.ts';
import { newId } from '#platform/ids.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { versionAt } from '#platform/record.server.ts';
import { acting, reading, seenIn } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round, team: id } = event.params;
		const { joint, state } = await tx.selectFrom('assessment.round').select(['joint', 'state']).where('id', '=', round).executeTakeFirstOrThrow();
		const version = await versionAt(tx, { table: 'assessment.team', id });
		const found = await getTeam(tx, round, joint, id);
		const edits = found.state !== 'ended' && state !== 'closed' && (await mayI(tx, editTeam, id));
		return {
			team: found,
			version,
			joint,
			edits,
			phones: (await listPhones(tx, round)).filter((phone) => phone.teamId === id),
			options: edits ? (await memberOptions(tx, programme)).filter((person) => !found.members.some((member) => member.personId === person.personId)) : [],
			places: edits ? await placesOfRound(tx, programme, round) : [],
			services: edits ? await serviceOptions(tx, programme) : [],
			freshId: newId()
		};
	});

type Event = Parameters<NonNullable<Actions[string]>>[0];
const here = ({ params }: Event): string => `/p/${params.programme}/assessment/rounds/${params.round}/teams/${params.team}`;

export const actions: Actions = {
	edit: (event) =>
		acting(event, teamFields, async (tx, fields) => {
			await team.editTeam(tx, await permit(tx, editTeam, event.params.team), fields, seenIn(event));
			return here(event);
		}),
	add: (event) =>
		acting(event, memberFields, async (tx, member) => {
			await team.addMember(tx, await permit(tx, editTeam, event.params.team), member);
			return here(event);
		}),
	remove: (event) =>
		acting(event, z.object({ person: z.uuid() }), async (tx, { person }) => {
			await team.removeMember(tx, await permit(tx, editTeam, event.params.team), person);
			return here(event);
		}),
	move: (event) =>
		acting(event, z.object({ state: z.enum(teamStates) }), async (tx, { state }) => {
			await team.moveTeam(tx, await permit(tx, editTeam, event.params.team), state);
			return here(event);
		}),
	phone: (event) => makingLink(event, event.params.programme, event.params.round),
	revoke: (event) =>
		acting(event, z.object({ link: z.uuid() }), async (tx, { link }) => {
			await revokeToken(tx, await permit(tx, revoke, link));
			return here(event);
		})
};
