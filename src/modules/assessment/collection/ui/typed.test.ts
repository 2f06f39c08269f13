import { describe, expect, it } from 'vitest';
import { decimalNumber, degrees, forControl, offset, readLine, spaced, wholeNumber, writtenLine } from './typed.ts';

const point = (latitude: number, longitude: number) => ({ latitude, longitude, altitude: 0, accuracy: 0 });

describe('what a person types', () => {
	it('is a whole number within what forms keep, or none', () => {
		expect(['7', ' 1 234\u00a0567 ', '-3', '0042', '2147483647'].map(wholeNumber)).toEqual(['7', '1234567', '-3', '42', '2147483647']);
		expect(['12x', '', '1.5', '2147483648', '1e3', '٣'].map(wholeNumber)).toEqual([null, null, null, null, null, null]);
	});

	it('is a decimal with the digits that were typed, or none', () => {
		expect(['12,50', '2', '-0.10', '1 000,5'].map(decimalNumber)).toEqual(['12.50', '2', '-0.10', '1000.5']);
		expect(['1,2,3', '.', '1.', 'NaN', 'Infinity'].map(decimalNumber)).toEqual([null, null, null, null, null]);
	});

	it('shows thousands apart and leaves the fraction whole', () => {
		expect(['1234567', '-1234.5678', '999'].map(spaced)).toEqual(['1\u00a0234\u00a0567', '-1\u00a0234.5678', '999']);
	});

	it('is a place only within the earth', () => {
		expect([degrees('39,5', 90), degrees('91', 90), degrees('-180', 180), degrees('north', 90)]).toEqual([39.5, null, -180, null]);
	});
});

describe('what a form keeps', () => {
	it('tells how far a clock is from Greenwich', () => {
		expect([-300, 0, 210, -345].map(offset)).toEqual(['+05:00', '+00:00', '-03:30', '+05:45']);
	});

	it('shows a kept time without fractions and distance', () => {
		expect(['14:30:00.000+05:00', '2026-03-08T09:05:00.000Z', ''].map(forControl)).toEqual(['14:30', '2026-03-08T09:05', '']);
	});

	it('closes a shape, reads it back open, and keeps nothing while points are missing', () => {
		const points = [point(39, 66), point(40, 67), point(39.5, 68)];
		expect(readLine(writtenLine(points, true), true)).toEqual(points);
		expect(readLine(writtenLine(points, false), false)).toEqual(points);
		expect([writtenLine(points.slice(0, 2), true), writtenLine(points.slice(0, 1), false)]).toEqual(['', '']);
	});
});
