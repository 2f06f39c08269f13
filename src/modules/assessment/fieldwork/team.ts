import { z } from 'zod';
import { blank } from '../round.ts';

/** On which side of a joint team an organisation sits; null: on neither (donors, international organisations). */
export type Side = 'civil_society' | 'authority' | null;
export const sideSchema = z.enum(['civil_society', 'authority']).nullable();

export const teamStates = ['draft', 'ready', 'ended'] as const;
export type TeamState = (typeof teamStates)[number];

const ids = z.preprocess((value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]), z.array(z.uuid()).max(500));

/** A team as its form sends it. */
export const teamFields = z
	.object({
		name: z.string().trim().min(1).max(100),
		startsOn: blank(z.iso.date()),
		endsOn: blank(z.iso.date()),
		places: ids,
		services: ids
	})
	.refine(({ startsOn, endsOn }) => !startsOn || !endsOn || endsOn >= startsOn, { path: ['endsOn'], message: 'team.ends-before-starting' });
export type TeamFields = z.output<typeof teamFields>;

/** A person, and the organisation for which they sit in the team: `person:organisation`, the latter empty where there is none. */
export const memberFields = z.object({ member: z.string().regex(/^[0-9a-f-]{36}:([0-9a-f-]{36})?$/) }).transform(({ member }) => {
	const [personId = '', organisationId = ''] = member.split(':');
	return { personId, organisationId: organisationId === '' ? null : organisationId };
});
export type MemberFields = z.output<typeof memberFields>;

/** What a team still lacks before it is ready; the database holds to the same. */
export function teamLacks(joint: boolean, sides: readonly Side[]): 'team.empty' | 'team.not-joint' | null {
	if (sides.length === 0) return 'team.empty';
	return joint && !(sides.includes('civil_society') && sides.includes('authority')) ? 'team.not-joint' : null;
}
