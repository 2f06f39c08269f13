import { describe, expect, it } from 'vitest';
import { uzbekistan } from '#modules/network/data/uzbekistan.ts';
import { drawnCodes, levelOf, type MapRegion } from '#ui/regionMap.ts';
import { mapSize, regionShapes } from '#ui/regionShapes.ts';

const region = (code: string | null): MapRegion => ({ code, label: 'x', text: '1', level: 1 });

describe('a map of regions', () => {
	it('has an outline inside the picture for every first-level unit of Uzbekistan', () => {
		expect(Object.keys(regionShapes).sort()).toEqual(uzbekistan.map((unit) => unit.code).sort());
		for (const { x, y, d } of Object.values(regionShapes)) {
			expect(x > 0 && x < mapSize.width && y > 0 && y < mapSize.height).toBe(true);
			expect(d).toMatch(/^(M\d+ \d+l(-?\d+ -?\d+ ?)+z)+$/);
		}
	});
	it('draws the whole country of a known region and nothing for another', () => {
		expect(drawnCodes([region('UZ-JI')])).toHaveLength(14);
		expect(drawnCodes([region('KZ-ALA'), region(null)])).toEqual([]);
	});
	it('puts values into four classes, and nothing into none', () => {
		expect([0, 1, 25, 26, 50, 51, 75, 76, 100].map((value) => levelOf(value, 100))).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 4]);
		expect(levelOf(0, 0)).toBe(0);
	});
});
