import { describe, expect, it } from 'vitest';
import { pause } from './outbox.ts';

describe('the outbox', () => {
	it('tries soon at first, then less and less often, and never waits longer than five minutes', () => {
		const pauses = Array.from({ length: 40 }, (_, tries) => pause(tries));
		expect(pauses[0]).toBe(5_000);
		expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
		expect(Math.max(...pauses)).toBe(300_000);
	});
});
