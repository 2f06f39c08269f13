import { z } from 'zod';
import { roles } from '#platform/permit.server.ts';

const emptyAsNull = (value: unknown): unknown => (value === '' || value === undefined ? null : value);

/** A role to be held, as a form sends it. */
export const grantFields = z.object({
	role: z.enum(roles),
	organisationId: z.preprocess(emptyAsNull, z.uuid().nullable()),
	placeId: z.preprocess(emptyAsNull, z.uuid().nullable())
});

/** An invitation, as a form sends it. */
export const invitationFields = grantFields.extend({ displayName: z.string().trim().min(1).max(120) });
