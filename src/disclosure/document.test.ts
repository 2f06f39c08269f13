import { describe, expect, it } from 'vitest';
import { attackSchema, format, protectSchema, Unusable, type ProtectDocument } from './document.ts';
import { attack, protect, Unprotectable } from './release.ts';

const documentOf = (rest: object): ProtectDocument => protectSchema.parse({ format, ...rest });
const names = (count: number, letter: string): string[] => Array.from({ length: count }, (_, i) => `${letter}${i}`);

describe('a document that cannot be used', () => {
	const one = (cells: object[], rest: object = {}) => ({ tables: [{ id: 'T', dimensions: ['a'], cells, ...rest }] });
	it.each([
		['a cell twice', one([{ at: ['x'], value: 1 }, { at: ['x'], value: 1 }]), 'tables[0].cells[1]: the cell x stands in the table twice'],
		['a total that is none', one([{ at: ['x'], value: 7 }, { at: ['y'], value: 9 }, { at: ['*'], value: 15 }]), 'tables[0]: the cell * is 15, but what it is the sum of makes 16'],
		['a group of nothing', { dimensions: [{ name: 'a', codes: ['x'], groups: { g: ['y'] } }], ...one([{ at: ['x'], value: 7 }]) }, 'dimensions[0] (a): the dimension "a" has no code or group "y"'],
		['a group within itself', { dimensions: [{ name: 'a', codes: ['x'], groups: { g: ['h'], h: ['g'] } }], ...one([{ at: ['x'], value: 7 }]) }, 'dimensions[0] (a): the group "g" holds itself'],
		['sums that are not exact any more', one([{ at: ['x'], value: Number.MAX_SAFE_INTEGER }, { at: ['y'], value: 7 }]), 'tables[0]: the numbers are too large to be added up exactly'],
		['a sum that nobody contributed to', one([{ at: ['x'], value: 700 }], { magnitude: 'm' }), 'tables[0].cells[0].contributors: expected how many contributed to this sum'],
		['contributions beyond the sum', one([{ at: ['x'], value: 700, contributors: 9, largest: [600, 200] }], { magnitude: 'm' }), 'tables[0].cells[0].largest: they make more than the whole sum'],
		['tables that no people fit', { dimensions: [{ name: 's', codes: ['f', 'm'] }], tables: [{ id: 'A', dimensions: [], cells: [{ at: [], value: 40 }] }, { id: 'F', dimensions: [], where: { s: ['f'] }, cells: [{ at: [], value: 50 }] }] }, 'contradicts itself'],
		['too few codes', one([{ at: [], value: 7 }]), 'tables[0].cells[0].at: expected 1 codes, one for each dimension of the table'],
		['a base that tells small numbers', { ...one([{ at: ['x'], value: 7 }]), method: 'round', base: 5 }, 'base: 5 is too small: a number rounded to 0 could be placed below 5; use more than 5']
	])('is refused with its place and reason: %s', async (_, document, sentence) => {
		await expect(protect(documentOf(document))).rejects.toBeInstanceOf(Unusable);
		await expect(protect(documentOf(document))).rejects.toThrow(sentence);
	});
	it('is not read at all with numbers below zero, with halves, or too large to be exact', () => {
		for (const value of [-1, 0.5, 2 ** 60, Number.NaN]) expect(protectSchema.safeParse({ format, ...one([{ at: ['x'], value }]) }).success).toBe(false);
	});
	it('is refused when it has more cells than can be held', async () => {
		const dimensions = names(4, 'd').map((name) => ({ name, codes: names(40, name) }));
		const cells = names(40, 'd0').map((code, i) => ({ at: [code, `d1${i}`, `d2${i}`, `d3${i}`], value: 9 }));
		await expect(protect(documentOf({ dimensions, tables: [{ id: 'T', dimensions: names(4, 'd'), cells }] }))).rejects.toThrow('more than 250000 cells');
	});
	it('names no table twice, and has its greatest contributions first', () => {
		const cells = [{ at: ['x'], value: 9 }];
		expect(protectSchema.safeParse({ format, tables: [{ id: 'T', dimensions: ['a'], cells }, { id: 'T', dimensions: ['b'], cells }] }).success).toBe(false);
		expect(protectSchema.safeParse({ format, ...one([{ at: ['x'], value: 9, contributors: 2, largest: [3, 6] }], { magnitude: 'm' }) }).success).toBe(false);
	});
	it('cannot be attacked either when its numbers contradict each other', async () => {
		const published = attackSchema.parse({ format, ...one([{ at: ['x'], value: null }, { at: ['y'], value: 20 }, { at: ['*'], value: 13 }]) });
		await expect(attack(published)).rejects.toBeInstanceOf(Unusable);
	});
	it('contradicts itself when an earlier release says otherwise', async () => {
		const earlier = [{ release: 'R-01', tables: [{ id: 'T', dimensions: ['a'], cells: [{ at: ['x'], value: 8 }] }] }];
		await expect(protect(documentOf({ ...one([{ at: ['x'], value: 9 }]), earlier }))).rejects.toThrow('are the same cell');
		expect(new Unprotectable([]).cells).toEqual([]);
	});
});
