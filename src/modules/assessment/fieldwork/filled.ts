import type { SubmissionShape } from '#xforms/submissionShape.ts';
import { walkLeaves } from '../figures/leaves.ts';

/** A submission as it was filled in: each answer in its place, and how many instances a repeat has there. */
export type Filled = {
	/** @param indexes which instance of each repeat around it, from 1, outermost first @returns empty where there is no answer */
	readonly text: (path: string, indexes: readonly number[]) => string;
	/** @param indexes of the repeats around this one */
	readonly instances: (path: string, indexes: readonly number[]) => number;
	/** Where answers to a question stand, in the order of the document. */
	readonly places: (path: string) => readonly (readonly number[])[];
};

const keyOf = (path: string, indexes: readonly number[]): string => `${path} ${indexes.join('.')}`;

/** Reads a submission that has been accepted before. */
export function filledOf(xml: string, shape: SubmissionShape): Filled {
	const texts = new Map<string, string>();
	const counts = new Map<string, number>();
	const places = new Map<string, (readonly number[])[]>();
	walkLeaves(xml, (path, ordinals, text) => {
		let here = `/${shape.root}`;
		const indexes: number[] = [];
		for (const [depth, name] of path.split('/').slice(2).entries()) {
			here += `/${name}`;
			if (shape.elements.get(here)?.repeats[depth] !== true) continue;
			const ordinal = ordinals[depth] ?? 1;
			const key = keyOf(here, indexes);
			counts.set(key, Math.max(counts.get(key) ?? 0, ordinal));
			indexes.push(ordinal);
		}
		texts.set(keyOf(path, indexes), text());
		places.set(path, [...(places.get(path) ?? []), indexes]);
	});
	return {
		text: (path, indexes) => texts.get(keyOf(path, indexes)) ?? '',
		instances: (path, indexes) => counts.get(keyOf(path, indexes)) ?? 0,
		places: (path) => places.get(path) ?? []
	};
}
