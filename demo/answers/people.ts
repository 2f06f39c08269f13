import type { RoundKey } from '../made-up.ts';
import { dayFrom, momentOn } from '../days.ts';
import { pick, randomFrom, uuidFrom, whole } from './random.ts';
import { fillIn, type RegionCode } from './respondent.ts';
import { submissionXml } from './submission.ts';

/** How many answer in each round, on which days from today (the first and the last among them), and in which share of regions. */
export const waves: readonly { readonly round: RoundKey; readonly count: number; readonly from: number; readonly to: number }[] = [
	{ round: 'baseline', count: 225, from: -149, to: -116 },
	{ round: 'repeat', count: 145, from: -94, to: -72 },
	{ round: 'repeat', count: 30, from: -40, to: -2 }
];

/** One made-up submission, ready to be sent. */
export type MadeUpSubmission = { readonly round: RoundKey; readonly region: RegionCode; readonly instanceId: string; readonly receivedAt: Date; readonly xml: string };

/**
 * All made-up submissions, in the order in which they come in. The answers depend on the seed alone, their dates on the day
 * from which the demonstration is counted.
 * @param today `YYYY-MM-DD`
 */
export function madeUpSubmissions(today: string, seed = 'hamkor'): MadeUpSubmission[] {
	return waves
		.flatMap(({ round, count, from, to }, wave) =>
			Array.from({ length: count }, (_, number) => {
				const random = randomFrom(`${seed} ${wave} ${number}`);
				const region = pick(random, { 'UZ-JI': 33, 'UZ-SA': 35, 'UZ-NG': 32 });
				const at = whole(random, from, to);
				const minutes = whole(random, 9 * 60, 17 * 60 + 30);
				const day = dayFrom(today, at);
				const instanceId = `uuid:${uuidFrom(random)}`;
				const receivedAt = momentOn(day, minutes, whole(random, 0, 59));
				return { round, region, instanceId, receivedAt, xml: submissionXml(fillIn(random, { round, region, day }), instanceId) };
			})
		)
		.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
}
