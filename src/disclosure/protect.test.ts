import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toldCells } from './attack.ts';
import { protectMultiple, protectTable, withMargins } from './protect.ts';

/** Every table of counts that looks the same from outside: found by trying all, knowing nothing of graphs. */
function lookAlikes(counts: number[][], published: readonly (readonly boolean[])[]): number[][][] {
	const rows = counts.length - 1;
	const columns = (counts[0]?.length ?? 0) - 1;
	const n = counts[rows]?.[columns] ?? 0;
	const found: number[][][] = [];
	const fill = (cells: number[], left: number): void => {
		if (cells.length === rows * columns) {
			const table = withMargins(Array.from({ length: rows }, (_, i) => cells.slice(i * columns, (i + 1) * columns)));
			if (table.every((row, i) => row.every((count, j) => !published[i]?.[j] || count === counts[i]?.[j]))) found.push(table);
			return;
		}
		for (let count = 0; count <= left; count += 1) fill([...cells, count], left - count);
	};
	fill([], n);
	return found;
}

const smallTable = fc
	.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 }))
	.chain(([rows, columns]) => fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }))
	.filter((table) => table.flat().reduce((sum, count) => sum + count, 0) <= 11);

describe('a protected table', () => {
	it('shows no count below the threshold but nobody and n, and no small count that trying all tables could tell', () => {
		fc.assert(
			fc.property(smallTable, fc.integer({ min: 2, max: 4 }), (cells, threshold) => {
				const counts = withMargins(cells);
				const n = counts.at(-1)?.at(-1) ?? 0;
				fc.pre(n >= threshold);
				const { published } = protectTable(counts, threshold);
				const alike = lookAlikes(counts, published);
				counts.forEach((row, i) =>
					row.forEach((count, j) => {
						if (published[i]?.[j]) expect(count === 0 || count >= threshold).toBe(true);
						else if (count > 0 && count < threshold) expect(new Set(alike.map((table) => table[i]?.[j])).size, JSON.stringify({ cells, threshold, i, j })).toBeGreaterThan(1);
					})
				);
			}),
			{ numRuns: 400 }
		);
	});
	it('is told apart exactly as trying all tables tells it, for any choice of hidden cells', () => {
		const withHidden = smallTable.chain((cells) => {
			const counts = withMargins(cells);
			const size = counts.length * (counts[0]?.length ?? 0);
			return fc.array(fc.boolean(), { minLength: size, maxLength: size }).map((flags) => ({ counts, flags }));
		});
		fc.assert(
			fc.property(withHidden, ({ counts, flags }) => {
				const width = counts[0]?.length ?? 0;
				const corner = counts.length * width - 1;
				const published = counts.map((row, i) => row.map((_, j) => i * width + j === corner || (flags[i * width + j] ?? true)));
				const told = new Set(toldCells({ counts, published }).map(String));
				const alike = lookAlikes(counts, published);
				counts.forEach((row, i) =>
					row.forEach((_, j) => {
						if (published[i]?.[j]) return;
						expect(told.has(String([i, j]))).toBe(new Set(alike.map((table) => table[i]?.[j])).size === 1);
					})
				);
			}),
			{ numRuns: 400 }
		);
	});
	it('keeps large tables quickly, and twice the same', () => {
		fc.assert(
			fc.property(fc.array(fc.array(fc.nat(40), { minLength: 4, maxLength: 4 }), { minLength: 2, maxLength: 12 }), (cells) => {
				const counts = withMargins(cells);
				fc.pre((counts.at(-1)?.at(-1) ?? 0) >= 10);
				const first = protectTable(counts, 10);
				expect(toldCells(first).filter(([i, j]) => (counts[i]?.[j] ?? 0) > 0 && (counts[i]?.[j] ?? 0) < 10)).toEqual([]);
				expect(protectTable(counts, 10).published).toEqual(first.published);
			}),
			{ numRuns: 60 }
		);
	});
	it('leaves a table alone that has nothing to hide', () => {
		expect(protectTable(withMargins([[12, 0], [30, 17]]), 5).published.flat().every(Boolean)).toBe(true);
	});
});

describe('a question with several answers', () => {
	it('hides few who gave an answer and few who did not', () => {
		const { published, asked } = protectMultiple([[3], [10], [19]], [20], 5);
		expect(published.map(([shown]) => shown)).toEqual([false, true, false]);
		expect(asked).toEqual([true]);
	});
	it('never shows a small count, an answer whose opposite is small, or the size of a small group', () => {
		const question = fc
			.array(fc.nat(30), { minLength: 1, maxLength: 4 })
			.chain((asked) => fc.tuple(fc.constant(asked), fc.array(fc.tuple(...asked.map((size) => fc.nat(size))), { minLength: 1, maxLength: 6 })));
		fc.assert(
			fc.property(question, ([asked, counts]) => {
				fc.pre(asked.reduce((sum, size) => sum + size, 0) >= 5);
				const result = protectMultiple(counts, asked, 5);
				asked.forEach((size, j) => {
					if (result.asked[j]) expect(size === 0 || size >= 5).toBe(true);
					counts.forEach((row, i) => {
						if (!result.published[i]?.[j]) return;
						const count = row[j] ?? 0;
						expect(count === 0 || count >= 5).toBe(true);
						if (result.asked[j]) expect(size - count === 0 || size - count >= 5).toBe(true);
					});
				});
			}),
			{ numRuns: 300 }
		);
	});
});
