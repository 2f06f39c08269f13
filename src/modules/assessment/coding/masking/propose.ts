import { positionsOf, type Span } from '../text.ts';
import type { Found, MaskKind } from './kinds.ts';
import { findNames } from './names.ts';
import { findPatterns } from './patterns.ts';
import { findPlaces } from './places.ts';
import { wordsOf } from './words.ts';

/** A proposal to strike a passage, in code points. */
export type Proposal = Span & Pick<Found, 'kind' | 'sure' | 'key' | 'tail'>;

/** Most proposals made on one text; beyond it a person would not look at each. */
export const mostProposals = 3000;

/**
 * What may tell who or where somebody is in a text: proposals for a person to decide on, never a promise that there is nothing
 * else. What it finds and what it misses is measured (`recall.test.ts`).
 * @param text normalised
 * @param places names of the programme's places, in every language they have
 * @returns in the order of the text, without overlaps
 */
export function proposeMasks(text: string, places: readonly string[] = []): Proposal[] {
	const words = wordsOf(text);
	const fixed = [...findPatterns(text), ...findPlaces(text, words, places)];
	const covers = (word: Span): boolean => fixed.some(({ starts, ends }) => starts < word.ends && word.starts < ends);
	const found = [...fixed, ...findNames(text, words, covers)];
	const positions = positionsOf(text);
	return disjoint(found)
		.slice(0, mostProposals)
		.map(({ starts, ends, ...rest }) => ({ ...rest, starts: positions.codePoints(starts), ends: positions.codePoints(ends) }));
}

/** Of passages that overlap, the earlier and longer one; what stands out of it is taken in. */
function disjoint(found: readonly Found[]): Found[] {
	const kept: Found[] = [];
	for (const each of [...found].sort((a, b) => a.starts - b.starts || b.ends - a.ends)) {
		const last = kept.at(-1);
		if (!last || each.starts >= last.ends) kept.push(each);
		else if (each.ends > last.ends) kept[kept.length - 1] = { ...last, ends: each.ends, tail: each.tail };
	}
	return kept;
}

/** Every place in a text where some words stand, whatever the case: what a person typed as to be struck too. */
export function occurrencesOf(text: string, wanted: string): Span[] {
	const needle = wanted.trim().normalize('NFC');
	if (needle.length < 2) return [];
	const positions = positionsOf(text);
	const pattern = new RegExp(needle.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/\s+/g, '\\s+').replace(/[ʻʼ'’‘`]/g, "[ʻʼ'’‘`]"), 'giu');
	return [...text.matchAll(pattern)].map((match) => ({ starts: positions.codePoints(match.index), ends: positions.codePoints(match.index + match[0].length) }));
}

export type { MaskKind };
