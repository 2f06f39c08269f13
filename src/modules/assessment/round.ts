import { z } from 'zod';
import { localTextOf, type LocalText } from '#platform/locales.ts';

const day = z.iso.date();


export const roundKinds = ['baseline', 'repeat'] as const;
export const roundUnits = ['people', 'survivors'] as const;
export type RoundUnit = (typeof roundUnits)[number];
/** The parts of a round's ethics that are written out. */
export const ethicsParts = ['consent', 'refusal', 'minors', 'distress'] as const;

const statement = localTextOf(4000).or(z.object({}).transform((): LocalText => ({})));
const ids = z.preprocess((value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]), z.array(z.uuid()).max(2000));
export const blank = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable());

/** A round as its form sends it. What is still missing only matters when it opens. */
export const roundFields = z
	.object({
		instrumentVersionId: z.uuid(),
		name: localTextOf(200),
		kind: z.enum(roundKinds),
		unit: z.enum(roundUnits),
		opensOn: blank(day),
		closesOn: blank(day),
		sensitive: z.preprocess((value) => value === 'yes', z.boolean()),
		consent: statement,
		refusal: statement,
		minors: statement,
		distress: statement,
		places: ids
	})
	.refine((round) => !round.opensOn || !round.closesOn || round.closesOn >= round.opensOn, { path: ['closesOn'], message: 'round.closes-before-opening' });
export type RoundFields = z.output<typeof roundFields>;

export const analystsFields = z.object({ analysts: ids });

/** Days for which a link works, and answers that it takes, when nobody says otherwise. */
export const usualLink = { days: 90, ceiling: 1000 } as const;

/** A collection link as its form sends it. One that is on no team's phone may go to anybody: it ends, on a day and at a number. */
const linkFields = z.object({
	/** Minted with the page, so that sending it twice makes one link. */
	id: z.uuid(),
	label: z.string().trim().min(1).max(100),
	placeId: blank(z.uuid()),
	expiresOn: blank(day),
	ceiling: blank(z.coerce.number().int().min(1).max(1_000_000)),
	/** The team whose phone the link is for, and the member who carries it. */
	teamId: blank(z.uuid()),
	personId: blank(z.uuid())
});
export const tokenFields = linkFields
	.refine(({ teamId, expiresOn }) => teamId !== null || expiresOn !== null, { path: ['expiresOn'], message: 'token.needs-end' })
	.refine(({ teamId, ceiling }) => teamId !== null || ceiling !== null, { path: ['ceiling'], message: 'token.needs-ceiling' });
export type TokenFields = z.output<typeof tokenFields>;

export type Missing = (typeof ethicsParts)[number] | 'places' | 'analysts';

/** What a round still needs before it may open; the database holds to the same. */
export function missingForOpening(round: Record<(typeof ethicsParts)[number], LocalText>, places: number, analysts: number): Missing[] {
	const missing: Missing[] = ethicsParts.filter((part) => Object.keys(round[part]).length === 0);
	if (places === 0) missing.push('places');
	if (analysts === 0) missing.push('analysts');
	return missing;
}
