/**
 * Priority of a gap: severity x people affected x strength of evidence x feasibility, each on a scale from 1 to 5, multiplied in
 * logarithms with weights: the weighted geometric mean, again from 1 to 5. With equal weights its order is that of the plain product.
 */
export const components = ['severity', 'people', 'strength', 'feasibility'] as const;
export type Component = (typeof components)[number];

/** How heavily each component counts; all of them above 0. Only their proportions matter. */
export type Weights = Readonly<Record<Component, number>>;
export const equalWeights: Weights = { severity: 1, people: 1, strength: 1, feasibility: 1 };

/** The components of a gap, each from 1 to 5. Null: not known. */
export type Scores = Readonly<Record<Component, number | null>>;

/** What is written down about a gap. */
export type Written = {
	readonly severity: number | null;
	readonly feasibility: number | null;
	readonly peopleLow: number | null;
	readonly peopleHigh: number | null;
	/** Of its evidence, from 0 to 1. */
	readonly strength: number;
};

/**
 * People affected on the scale: 10 or fewer 1, 100 2, 1,000 3, 10,000 4, 100,000 and more 5, evenly in logarithms between. Of a range the
 * middle in logarithms, so that "from 100 to 10,000" counts as 1,000.
 */
export function peopleScore(low: number, high: number): number {
	const middle = (Math.log10(Math.max(1, low)) + Math.log10(Math.max(1, high))) / 2;
	return Math.min(5, Math.max(1, middle));
}

/** The components of a gap on the scale. Strength 0 to 1 is spread over 1 to 5; evidence that has all fallen is not known. */
export const scoresOf = ({ severity, feasibility, peopleLow, peopleHigh, strength }: Written): Scores => ({
	severity,
	people: peopleLow === null || peopleHigh === null ? null : peopleScore(peopleLow, peopleHigh),
	strength: strength > 0 ? 1 + 4 * strength : null,
	feasibility
});

/** What a gap must have to be ranked. How many are affected may be unknown: it is then left out, and said. */
export const needed = ['severity', 'strength', 'feasibility'] as const satisfies readonly Component[];

/** Which of the components that a rank needs are missing. */
export const missing = (scores: Scores): Component[] => needed.filter((component) => scores[component] === null);

/** The priority, from 1 to 5; null while something that it needs is missing. */
export function priorityOf(scores: Scores, weights: Weights = equalWeights): number | null {
	if (missing(scores).length > 0) return null;
	let sum = 0;
	let total = 0;
	for (const component of components) {
		const score = scores[component];
		if (score === null) continue;
		sum += weights[component] * Math.log(score);
		total += weights[component];
	}
	return Math.exp(sum / total);
}
