import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesOf, linksOf } from './change.ts';
import { areaScore, scores, type Score, type Settled } from './scale.ts';

const score = fc.constantFrom<Score>(...scores);
const settledBy = (prefix: string, pairs: readonly (readonly [Score, Score])[]): Map<string, Settled> =>
	new Map(pairs.map(([civil, authority], i) => [`${prefix}${i}`, { criterion: `${prefix}${i}`, civil, authority }]));

describe('change between rounds', () => {
	it('counts both rounds on the criteria they share, whatever was added or taken out', () => {
		const pairs = fc.array(fc.tuple(score, score), { minLength: 6, maxLength: 6 });
		fc.assert(
			fc.property(pairs, pairs, fc.subarray([0, 1, 2, 3, 4, 5]), (before, now, shared) => {
				const places = now.map((_, i) => ({ criterion: `n${i}`, area: 'x', critical: i === 2 }));
				const [change] = changesOf(places, shared.map((i) => ({ later: `n${i}`, earlier: `b${i}` })), settledBy('b', before), settledBy('n', now));
				const kept = (all: typeof before, side: 0 | 1) => areaScore(shared.map((i) => ({ critical: i === 2, score: all[i]?.[side] ?? 'na' })));
				expect(change?.before).toEqual({ civil: kept(before, 0), authority: kept(before, 1) });
				expect(change?.now).toEqual({ civil: kept(now, 0), authority: kept(now, 1) });
				expect(change?.uncompared).toBe(6 - shared.length);
			})
		);
	});
});

describe('the same criterion in another version', () => {
	const earlier = [{ path: '/d/a', words: 'A' }, { path: '/d/b', words: 'B' }, { path: '/d/c', words: 'C' }];
	it('stands at the same path in the same words', () => {
		expect(linksOf([{ path: '/d/a', words: 'A' }, { path: '/d/b', words: 'B, changed' }, { path: '/d/z', words: 'C' }], earlier, [])).toEqual([{ later: '/d/a', earlier: '/d/a' }]);
	});
	it('is whatever somebody has stated to be the same, and not what was stated otherwise', () => {
		const later = [{ path: '/d/a', words: 'A' }, { path: '/d/z', words: 'B, moved' }, { path: '/d/c', words: 'C' }];
		const stated = [
			{ earlierPath: '/d/a', laterPath: '/d/a', kind: 'not_comparable' },
			{ earlierPath: '/d/b', laterPath: '/d/z', kind: 'same' },
			{ earlierPath: '/d/c', laterPath: '/d/c', kind: 'merged' }
		];
		expect(linksOf(later, earlier, stated)).toEqual([{ later: '/d/z', earlier: '/d/b' }]);
	});
	it('never takes one earlier criterion for two, nor one that is not there', () => {
		const later = [{ path: '/d/a', words: 'A' }, { path: '/d/y', words: 'Y' }, { path: '/d/w', words: 'W' }];
		const stated = [{ earlierPath: '/d/a', laterPath: '/d/y', kind: 'same' }, { earlierPath: '/d/none', laterPath: '/d/w', kind: 'same' }];
		expect(linksOf(later, earlier, stated)).toEqual([{ later: '/d/a', earlier: '/d/a' }]);
	});
});
