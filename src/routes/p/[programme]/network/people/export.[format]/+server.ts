import type { RequestHandler } from './$types.js';
import { heldRoles } from '#modules/network/people.queries.server.ts';
import { invitePerson } from '#modules/network/permits.ts';
import { localText } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { exporting } from '../../../../../exporting.server.ts';

export const GET: RequestHandler = (event) => {
	const { programme, format } = event.params;
	const { locale } = event.locals;
	return exporting(event, format, `/p/${programme}/network/people`, async (tx) => {
		await permit(tx, invitePerson, { programmeId: programme });
		const roles = await heldRoles(tx, programme);
		return {
			name: 'people',
			columns: ['person_id', 'name', 'role', 'organisation', 'place', 'account', 'granted_at'],
			rows: roles.map((held) => [
				held.personId,
				held.displayName,
				held.role,
				localText(held.organisation ?? {}, locale).text,
				localText(held.place ?? {}, locale).text,
				held.account,
				held.grantedAt.toISOString()
			])
		};
	});
};
