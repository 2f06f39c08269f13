/** Six made-up services, scored and reconciled by a joint team in both rounds. Scores are drawn; what is told here is who and when. */
import type { Day } from './types.ts';

/** Dissent over a criterion, by its place in the instrument. */
export type Dissent = { readonly at: number; readonly civil: string; readonly authority: string };

export type ScoredService = {
	/** Key of a made-up service. */
	readonly service: string;
	/** Account of the authority's scorer. Civil society's is the programme officer. */
	readonly authority: string;
	/** Account of somebody who speaks for the service; null where nobody has agreed. */
	readonly speaker: string | null;
	readonly scope: 'programme' | 'publication';
	/** How good it is on the whole, 0 to 1. */
	readonly good: number;
	readonly dissent: readonly Dissent[];
};

const night: Dissent = { at: 0, civil: 'Namoyish: kechasi kirishda hech kim yoʻq edi.', authority: 'Namoyish: navbatchilik jadvali bor.' };
const records: Dissent = { at: 2, civil: 'Namoyish: shkaf qulflanmagan edi.', authority: 'Namoyish: qulf taʼmirda edi.' };

export const scoredServices: readonly ScoredService[] = [
	{ service: 'shelter-a', authority: 'official-jizzakh', speaker: 'shelter-worker', scope: 'publication', good: 0.75, dissent: [] },
	{ service: 'shelter-b', authority: 'official-samarkand', speaker: 'shelter-worker-b', scope: 'programme', good: 0.6, dissent: [night] },
	{ service: 'shelter-c', authority: 'official-namangan', speaker: 'shelter-worker-c', scope: 'programme', good: 0.5, dissent: [] },
	{ service: 'centre-d', authority: 'official-jizzakh', speaker: 'centre-worker-d', scope: 'programme', good: 0.65, dissent: [night, records] },
	{ service: 'centre-e', authority: 'official-samarkand', speaker: 'centre-worker', scope: 'publication', good: 0.7, dissent: [] },
	{ service: 'centre-f', authority: 'official-namangan', speaker: null, scope: 'programme', good: 0.45, dissent: [records] }
];

/** In the repeat round one sheet of an authority is still awaited. */
export const awaited = 'centre-d';

export const scoringDays: Readonly<Record<'baseline' | 'repeat', { start: Day; civil: Day; authority: Day; settled: Day; agreed: Day }>> = {
	baseline: { start: -140, civil: -134, authority: -131, settled: -126, agreed: -122 },
	repeat: { start: -90, civil: -84, authority: -81, settled: -77, agreed: -73 }
};

/** The day on which the services of the baseline are counted together. */
export const counted: Day = -118;

/** Scores that findings cite: of the services together, or of one that agreed. */
export const citedScores = [
	{ key: 'together-staffing', service: null, area: 'staffing', day: -117 },
	{ key: 'shelter-a-intake', service: 'shelter-a', area: 'intake', day: -117 }
] as const;
