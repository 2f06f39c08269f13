import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gathering } from './gather.ts';

const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('what is asked for at the same time', () => {
	it('goes at once when nothing is under way, and together when something is', async () => {
		const carried: number[][] = [];
		const ask = gathering<number, number>(async (items) => {
			carried.push([...items]);
			await later();
			return items.map((item) => item * 2);
		}, { together: 3, atOnce: 1 });
		expect(await Promise.all([1, 2, 3, 4, 5, 6].map((n) => ask('a', n)))).toEqual([2, 4, 6, 8, 10, 12]);
		expect(carried).toEqual([[1], [2, 3, 4], [5, 6]]);
		expect(await ask('a', 7)).toBe(14);
		expect(carried.at(-1)).toEqual([7]);
	});

	it('goes in as many errands at once as may be, and then waits for the first that ends', async () => {
		const ends: (() => void)[] = [];
		const carried: number[][] = [];
		const ask = gathering<number, number>(async (items) => {
			carried.push([...items]);
			await new Promise<void>((resolve) => ends.push(resolve));
			return items;
		}, { together: 3, atOnce: 2 });
		const answers = [1, 2, 3, 4].map((n) => ask('a', n));
		const other = ask('b', 5);
		expect(carried).toEqual([[1], [2], [5]]);
		ends[1]?.();
		expect(await answers[1]).toBe(2);
		await later();
		expect(carried.at(-1)).toEqual([3, 4]);
		for (const end of ends) end();
		expect(await Promise.all([...answers, other])).toEqual([1, 2, 3, 4, 5]);
	});

	it('has each its own answer or error, whatever comes when and whoever fails, and never goes with another kind', async () => {
		await fc.assert(fc.asyncProperty(
			fc.array(fc.record({ kind: fc.constantFrom('a', 'b'), bad: fc.boolean(), wait: fc.nat(2) }), { maxLength: 40 }),
			fc.integer({ min: 1, max: 5 }),
			fc.integer({ min: 1, max: 3 }),
			async (asked, together, atOnce) => {
				const done: number[] = [];
				let under = 0;
				let most = 0;
				const ask = gathering<number, string>(async (items) => {
					most = Math.max(most, ++under);
					expect(items.length).toBeLessThanOrEqual(together);
					expect(new Set(items.map((n) => asked[n]?.kind)).size).toBe(1);
					await later();
					under--;
					if (items.some((n) => asked[n]?.bad)) throw new Error(`refused ${items.join()}`);
					done.push(...items);
					return items.map((n) => `done ${n}`);
				}, { together, atOnce });
				const answers: Promise<string>[] = [];
				for (const [n, { kind, wait }] of asked.entries()) {
					for (let turn = 0; turn < wait; turn++) await later();
					answers.push(ask(kind, n).catch((error: Error) => error.message));
				}
				expect(await Promise.all(answers)).toEqual(asked.map(({ bad }, n) => (bad ? `refused ${n}` : `done ${n}`)));
				// What fails is carried out for nobody; what does not, once.
				expect(done.toSorted((a, b) => a - b)).toEqual(asked.flatMap(({ bad }, n) => (bad ? [] : [n])));
				expect(most, 'errands of two kinds').toBeLessThanOrEqual(2 * atOnce);
			}
		));
	});
});
