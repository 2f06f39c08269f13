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
		}, 3);
		expect(await Promise.all([1, 2, 3, 4, 5, 6].map((n) => ask('a', n)))).toEqual([2, 4, 6, 8, 10, 12]);
		expect(carried).toEqual([[1], [2, 3, 4], [5, 6]]);
		expect(await ask('a', 7)).toBe(14);
		expect(carried.at(-1)).toEqual([7]);
	});

	it('has each its own answer or error, whatever comes when and whoever fails, and never goes with another kind', async () => {
		await fc.assert(fc.asyncProperty(
			fc.array(fc.record({ kind: fc.constantFrom('a', 'b'), bad: fc.boolean(), wait: fc.nat(2) }), { maxLength: 40 }),
			fc.integer({ min: 1, max: 5 }),
			async (asked, items) => {
				const done: number[] = [];
				let under = 0;
				let most = 0;
				const ask = gathering<number, string>(async (together) => {
					most = Math.max(most, ++under);
					expect(together.length).toBeLessThanOrEqual(items);
					expect(new Set(together.map((n) => asked[n]?.kind)).size).toBe(1);
					await later();
					under--;
					if (together.some((n) => asked[n]?.bad)) throw new Error(`refused ${together.join()}`);
					done.push(...together);
					return together.map((n) => `done ${n}`);
				}, items);
				const answers: Promise<string>[] = [];
				for (const [n, { kind, wait }] of asked.entries()) {
					for (let turn = 0; turn < wait; turn++) await later();
					answers.push(ask(kind, n).catch((error: Error) => error.message));
				}
				expect(await Promise.all(answers)).toEqual(asked.map(({ bad }, n) => (bad ? `refused ${n}` : `done ${n}`)));
				// What fails is carried out for nobody; what does not, once.
				expect(done.toSorted((a, b) => a - b)).toEqual(asked.flatMap(({ bad }, n) => (bad ? [] : [n])));
				expect(most, 'one errand of each kind at a time').toBeLessThanOrEqual(2);
			}
		));
	});
});
