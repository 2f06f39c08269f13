import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { grantFields } from '#modules/network/grant.ts';
import { disableAccount, endGrant, giveGrant } from '#modules/network/people.commands.server.ts';
import { openRecoveries, personInProgramme, proposedRoles } from '#modules/network/people.queries.server.ts';
import { disablePerson, endGrant as mayEndGrant, giveGrant as mayGiveGrant, networkReaders } from '#modules/network/permits.ts';
import { organisationOptions, placeOptions, whoCanSee } from '#modules/network/queries.server.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, demandStepUp, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme: programmeId, person: personId } = event.params;
		const mayChange = await mayI(tx, mayGiveGrant, { programmeId });
		return {
			person: await personInProgramme(tx, programmeId, personId),
			proposed: await proposedRoles(tx, programmeId, personId),
			recovering: mayChange && (await openRecoveries(tx, programmeId, personId)).length > 0,
			holders: await whoCanSee(tx, networkReaders, programmeId, null),
			mayChange,
			organisations: mayChange ? await organisationOptions(tx, programmeId) : [],
			places: mayChange ? await placeOptions(tx, programmeId) : []
		};
	});

const back = ({ programme, person }: { programme: string; person: string }): string => `/p/${programme}/network/people/${person}`;

export const actions: Actions = {
	give: (event) =>
		acting(event, grantFields, async (tx, grant) => {
			demandStepUp(event);
			const { programme: programmeId, person: personId } = event.params;
			await personInProgramme(tx, programmeId, personId);
			await giveGrant(tx, await permit(tx, mayGiveGrant, { programmeId }), personId, grant);
			return back(event.params);
		}),
	end: (event) =>
		acting(event, z.object({ grant: z.uuid() }), async (tx, { grant }) => {
			demandStepUp(event);
			await endGrant(tx, await permit(tx, mayEndGrant, grant));
			return back(event.params);
		}),
	disable: (event) =>
		acting(event, z.object({}), async (tx) => {
			demandStepUp(event);
			const { programme: programmeId, person: personId } = event.params;
			await disableAccount(tx, await permit(tx, disablePerson, { programmeId, personId }));
			return back(event.params);
		})
};
