import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { confirmGrant, declineGrant } from '#modules/network/grant.commands.server.ts';
import { revokeInvitation } from '#modules/network/people.commands.server.ts';
import { heldRoles, openInvitations, proposedRoles, type ProposedRole } from '#modules/network/people.queries.server.ts';
import * as verbs from '#modules/network/permits.ts';
import type { Tx } from '#platform/database.server.ts';
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
		const mayChange = await mayI(tx, verbs.invitePerson, { programmeId });
		const all = await heldRoles(tx, programmeId);
		const proposed = await proposedRoles(tx, programmeId);
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
			proposed: await withButtons(tx, proposed),
			mayChange
		};
	});

/** Each with what the actor may do about it, one after the other: a transaction asks one thing at a time. */
async function withButtons(tx: Tx, proposed: readonly ProposedRole[]) {
	const shown: (ProposedRole & { mayConfirm: boolean; mayDecline: boolean })[] = [];
	for (const role of proposed) shown.push({ ...role, mayConfirm: await mayI(tx, verbs.confirmGrant, role.id), mayDecline: await mayI(tx, verbs.declineGrant, role.id) });
	return shown;
}

const proposal = z.object({ proposal: z.uuid() });

export const actions: Actions = {
	confirm: (event) =>
		acting(event, proposal, async (tx, { proposal: id }) => {
			demandStepUp(event);
			await confirmGrant(tx, await permit(tx, verbs.confirmGrant, id));
			return `/p/${event.params.programme}/network/people`;
		}),
	decline: (event) =>
		acting(event, proposal, async (tx, { proposal: id }) => {
			demandStepUp(event);
			await declineGrant(tx, await permit(tx, verbs.declineGrant, id));
			return `/p/${event.params.programme}/network/people`;
		}),
	revoke: (event) =>
		acting(event, z.object({ invitation: z.uuid() }), async (tx, { invitation }) => {
			demandStepUp(event);
			await revokeInvitation(tx, await permit(tx, verbs.revokeInvitation, invitation));
			return `/p/${event.params.programme}/network/people`;
		})
};
