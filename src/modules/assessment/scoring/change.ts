import { areaScore, type AreaScore, type CriterionPlace, type Settled } from './scale.ts';

/** How a criterion of the later version is found in the earlier one. */
export type Link = { readonly later: string; readonly earlier: string };

/** A criterion in both rounds. */
export type CriterionChange = { readonly later: string; readonly earlier: string; readonly before: Settled; readonly now: Settled };

/** An area in both rounds, counted on the same criteria alone. */
export type AreaChange = {
	readonly area: string;
	readonly criteria: readonly CriterionChange[];
	/** Criteria of the area today that the earlier round did not have, or asked otherwise. */
	readonly uncompared: number;
	readonly before: { readonly civil: AreaScore; readonly authority: AreaScore };
	readonly now: { readonly civil: AreaScore; readonly authority: AreaScore };
};

/**
 * What changed since an earlier round, although the instrument may have changed between: areas are those of today, and both
 * rounds are counted on the criteria that stand in both, so that a criterion added or taken out moves nothing. A criterion is
 * critical here when it is so today.
 */
export function changesOf(places: readonly CriterionPlace[], links: readonly Link[], before: ReadonlyMap<string, Settled>, now: ReadonlyMap<string, Settled>): AreaChange[] {
	const earlierOf = new Map(links.map(({ later, earlier }) => [later, earlier]));
	return [...Map.groupBy(places, ({ area }) => area)].map(([area, own]): AreaChange => {
		const compared = own.flatMap(({ criterion, critical }) => {
			const earlier = earlierOf.get(criterion);
			const was = earlier === undefined ? undefined : before.get(earlier);
			const is = now.get(criterion);
			return earlier !== undefined && was && is ? [{ critical, later: criterion, earlier, before: was, now: is }] : [];
		});
		const read = (when: 'before' | 'now', side: 'civil' | 'authority'): AreaScore =>
			areaScore(compared.map((each) => ({ critical: each.critical, score: each[when][side] })));
		return {
			area,
			criteria: compared.map(({ later, earlier, before: was, now: is }) => ({ later, earlier, before: was, now: is })),
			uncompared: own.length - compared.length,
			before: { civil: read('before', 'civil'), authority: read('before', 'authority') },
			now: { civil: read('now', 'civil'), authority: read('now', 'authority') }
		};
	});
}

/** A stated mapping of two questions, as far as scores need it. */
export type StatedMapping = { readonly earlierPath: string; readonly laterPath: string; readonly kind: string };

/**
 * Which criteria of two versions are the same: as somebody stated it, and without a statement those that stand at the same path
 * in the same words. Stated as not comparable, or with choices recoded or merged (a scale of another kind): not the same.
 */
export function linksOf(
	later: readonly { readonly path: string; readonly words: string }[],
	earlier: readonly { readonly path: string; readonly words: string }[],
	stated: readonly StatedMapping[]
): Link[] {
	const said = new Map(stated.map((mapping) => [mapping.laterPath, mapping]));
	const there = new Map(earlier.map(({ path, words }) => [path, words]));
	const used = new Set<string>();
	return later.flatMap(({ path, words }) => {
		const mapping = said.get(path);
		const from = mapping ? (mapping.kind === 'same' ? mapping.earlierPath : undefined) : there.get(path) === words ? path : undefined;
		if (from === undefined || !there.has(from) || used.has(from)) return [];
		used.add(from);
		return [{ later: path, earlier: from }];
	});
}
