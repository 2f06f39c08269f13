import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthOf, wordsAt } from './text.ts';
import { nearestSpan, shiftedSpan, shifts } from './units.ts';

const text = 'Markazda bizni eshitishdi. 🌱 Mahallada esa “chida” deyishdi.';
const at = (words: string) => {
	const starts = lengthOf(text.slice(0, text.indexOf(words)));
	return { starts, ends: starts + lengthOf(words) };
};

describe('a bound of a passage', () => {
	it('moves by a word, also over signs beyond the basic plane', () => {
		const passage = at('bizni eshitishdi.');
		const told = shifts.map((shift) => wordsAt(text, shiftedSpan(text, passage, shift)));
		expect(told).toEqual(['Markazda bizni eshitishdi.', 'eshitishdi.', 'bizni', 'bizni eshitishdi. 🌱']);
	});
	it('stays within the text and never leaves nothing', () => {
		fc.assert(
			fc.property(fc.nat(lengthOf(text) - 1), fc.integer({ min: 1, max: 30 }), fc.array(fc.constantFrom(...shifts), { maxLength: 40 }), (starts, long, moves) => {
				let span = { starts, ends: Math.min(lengthOf(text), starts + long) };
				for (const move of moves) span = shiftedSpan(text, span, move);
				expect(span.starts).toBeGreaterThanOrEqual(0);
				expect(span.ends).toBeLessThanOrEqual(lengthOf(text));
				expect(span.starts).toBeLessThan(span.ends);
			})
		);
	});
	it('stays where it is when a single word would be lost', () => {
		expect(shiftedSpan(text, at('esa'), 'start-on')).toEqual(at('esa'));
		expect(shiftedSpan(text, at('esa'), 'end-back')).toEqual(at('esa'));
	});
});

describe('typed words', () => {
	it('are taken where they share most with the passage that is changed', () => {
		const found = [{ starts: 0, ends: 5 }, { starts: 20, ends: 25 }, { starts: 40, ends: 45 }];
		expect(nearestSpan(found, { starts: 22, ends: 30 })).toEqual(found[1]);
		expect(nearestSpan(found, { starts: 34, ends: 38 })).toEqual(found[2]);
		expect(nearestSpan([], { starts: 0, ends: 1 })).toBeNull();
	});
});
