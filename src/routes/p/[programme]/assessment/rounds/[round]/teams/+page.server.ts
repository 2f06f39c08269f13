import type { PageServerLoad } from './$types.js';
import { listPhones, listTeams } from '#modules/assessment/fieldwork/team-queries.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { round: id } = event.params;
		const { joint } = await tx.selectFrom('assessment.round').select('joint').where('id', '=', id).executeTakeFirstOrThrow();
		const phones = await listPhones(tx, id);
		return {
			joint,
			teams: (await listTeams(tx, id, joint)).map((team) => {
				const own = phones.filter((phone) => phone.teamId === team.id && phone.revokedAt === null);
				const seen = own.flatMap((phone) => phone.lastSeenAt ?? []).sort((a, b) => b.getTime() - a.getTime());
				return { ...team, phones: own.length, lastSeen: seen[0] ?? null };
			})
		};
	});
