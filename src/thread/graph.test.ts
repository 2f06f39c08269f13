import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { downstreamOf, graphOf, isLive, waysOf, type Graph, type Kind, type Knot, type Strand } from './graph.ts';

/** Which kinds each kind may cite, and in which way; written again here, as the tables have it. */
const may: Partial<Record<Kind, [Kind, Strand['way']][]>> = {
	finding: [['document', 'evidence']],
	gap: [['finding', 'ground']],
	training: [['gap', 'ground'], ['priority', 'ground']],
	result: [['training', 'ground'], ['document', 'evidence']],
	recommendation: [['gap', 'ground'], ['result', 'ground']],
	commitment: [['recommendation', 'ground']],
	change: [['commitment', 'ground'], ['document', 'evidence']]
};
const order: Kind[] = ['document', 'finding', 'gap', 'priority', 'training', 'result', 'recommendation', 'commitment', 'change'];

/** Threads of up to 20 records with random citations, some drafts and withdrawals among them. */
const graphs: fc.Arbitrary<Graph> = fc
	.array(fc.record({ kind: fc.constantFrom(...order), state: fc.constantFrom('stands', 'stands', 'stands', 'draft', 'withdrawn'), picks: fc.array(fc.nat(19), { maxLength: 4 }) }), { minLength: 1, maxLength: 20 })
	.map((drawn) => {
		const sorted = [...drawn].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
		const knots = sorted.map(({ kind, state }, i): Knot => ({
			kind, state, id: `k${i}`, placeId: null, number: i, title: {}, day: '2026-01-01', withdrawnOn: null, createdBy: null, facts: {}
		}));
		const strands = sorted.flatMap(({ kind, picks }, i) =>
			[...new Set(picks)].flatMap((pick): Strand[] => {
				const cited = knots[pick];
				const way = may[kind]?.find(([allowed]) => allowed === cited?.kind)?.[1];
				return cited && way ? [{ citing: `k${i}`, cited: cited.id, citedKind: cited.kind, way }] : [];
			})
		);
		return graphOf(knots, strands);
	});

/** The slow way: take away what cannot stand, again and again, until nothing more falls. */
function standingSlowly(graph: Graph, gone: string): Set<string> {
	const up = new Set([...graph.knots.values()].filter((knot) => isLive(knot) && knot.id !== gone).map((knot) => knot.id));
	for (let before = -1; before !== up.size; ) {
		before = up.size;
		for (const id of [...up]) {
			const knot = graph.knots.get(id);
			const strands = graph.restsOn.get(id) ?? [];
			if (knot && waysOf(knot.kind).some((way) => !strands.some((strand) => strand.way === way && up.has(strand.cited)))) up.delete(id);
		}
	}
	return up;
}

/** Whether a record rests on another, by following citations one at a time. */
const restsOn = (graph: Graph, id: string, on: string): boolean =>
	(graph.restsOn.get(id) ?? []).some((strand) => strand.cited === on || restsOn(graph, strand.cited, on));

describe('withdrawing', () => {
	it('makes fall exactly what rests on it and is left with nothing; what keeps a ground is weakened', () => {
		fc.assert(
			fc.property(graphs, fc.nat(19), (graph, pick) => {
				const gone = `k${pick % graph.knots.size}`;
				const up = standingSlowly(graph, gone);
				const above = [...graph.knots.values()].filter((knot) => isLive(knot) && restsOn(graph, knot.id, gone));
				const { fallen, weakened } = downstreamOf(graph, gone);
				const ids = (knots: readonly Knot[]): string[] => knots.map((knot) => knot.id).sort();
				expect(ids(fallen)).toEqual(ids(above.filter((knot) => !up.has(knot.id))));
				const lost = (knot: Knot): boolean => (graph.restsOn.get(knot.id) ?? []).some(({ cited }) => cited === gone || fallen.some((each) => each.id === cited));
				expect(ids(weakened)).toEqual(ids(above.filter((knot) => up.has(knot.id) && lost(knot))));
			}),
			{ numRuns: 2000 }
		);
	});
});
