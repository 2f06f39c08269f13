import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { revokeInvitation } from '#modules/network/people.commands.server.ts';
import { heldRoles, openInvitations } from '#modules/network/people.queries.server.ts';
import { invitePerson, revokeInvitation as mayRevoke } from '#modules/network/permits.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, demandStepUp, reading } from '#platform/request.server.ts';
import { fold } from '#platform/search-fold.ts';
import { readTableQuery } from '#ui/table.ts';
import { peopleColumns } from './columns.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme: programmeId } = event.params;
		const query = readTableQuery(event.url, peopleColumns, { pageSize: 50 });
		const role = event.url.searchParams.get('role') ?? '';
		const all = await heldRoles(tx, programmeId);
		const words = fold(query.search).split(' ').filter((word) => word !== '');
		const matching = all.filter((held) => {
			const key = fold([held.displayName, ...Object.values(held.organisation ?? {})].join(' '));
			return words.every((word) => key.includes(word)) && (role === '' || held.role === role);
		});
		return {
			query,
			role,
			matching: matching.length,
			total: all.length,
			rows: matching.slice(query.offset, query.offset + query.pageSize),
			invitations: await openInvitations(tx, programmeId),
			mayChange: await mayI(tx, invitePerson, { programmeId })
		};
	});

export const actions: Actions = {
	revoke: (event) =>
		acting(event, z.object({ invitation: z.uuid() }), async (tx, { invitation }) => {
			demandStepUp(event);
			await revokeInvitation(tx, await permit(tx, mayRevoke, invitation));
			return `/p/${event.params.programme}/network/people`;
		})
};
