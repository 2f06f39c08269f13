import { z } from 'zod';

const blank = (value: unknown): unknown => (value === '' || value === undefined ? null : value);

/** A score from 1 to 5 as its form sends it; nothing chosen: not known. */
export const scoreChoice = z.preprocess(blank, z.coerce.number().int().min(1).max(5).nullable());
const people = z.preprocess(blank, z.coerce.number().int().min(0).max(2_000_000_000).nullable());

/** The components of a gap's priority that people write down. */
export const weighFields = z
	.object({
		severity: scoreChoice,
		feasibility: scoreChoice,
		peopleLow: people,
		peopleHigh: people,
		/** Where the number comes from; asked for with every number. */
		peopleSource: z.preprocess(blank, z.string().trim().min(3, 'gap.people-source-missing').max(300).nullable())
	})
	.transform((typed) => ({ ...typed, peopleLow: typed.peopleLow ?? typed.peopleHigh, peopleHigh: typed.peopleHigh ?? typed.peopleLow }))
	.superRefine(({ peopleLow, peopleHigh, peopleSource }, context) => {
		if (peopleLow !== null && peopleHigh !== null && peopleHigh < peopleLow) context.addIssue({ code: 'custom', path: ['peopleHigh'], message: 'gap.people-upside-down' });
		if (peopleLow !== null && peopleSource === null) context.addIssue({ code: 'custom', path: ['peopleSource'], message: 'gap.people-source-missing' });
	})
	.transform((typed) => (typed.peopleLow === null ? { ...typed, peopleSource: null } : typed));
export type WeighFields = z.output<typeof weighFields>;

const weight = z.coerce.number().min(0.1).max(5);

/** How heavily each component counts in a programme, and why. */
export const weightingFields = z.object({
	severity: weight,
	people: weight,
	strength: weight,
	feasibility: weight,
	reason: z.string().trim().min(3, 'reason.missing').max(1000)
});
export type WeightingFields = z.output<typeof weightingFields>;
