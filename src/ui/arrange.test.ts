import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrangedTable, arrangeRows } from './arrange.ts';
import { readTableQuery, type Column } from './table.ts';

type Row = { code: number; name: string };
const columns: Column<Row>[] = [
	{ key: 'code', label: 'Code', text: (row) => `D-${row.code}`, sortable: true, always: true },
	{ key: 'name', label: 'Name', text: (row) => row.name, sortable: true }
];
const ask = (search: string, pageSize = 25) => readTableQuery({ pathname: '/', search }, columns, { pageSize, sort: 'code' });
const rows: Row[] = [{ code: 10, name: 'Qarshi shahri' }, { code: 9, name: 'Хўжаобод' }, { code: 2, name: 'Жиззах' }];

describe('a list that is at hand', () => {
	it('is found in either script, by all words of the search', () => {
		const codes = (search: string) => arrangeRows(rows, columns, ask(search), 'uz').rows.map((row) => row.code);
		expect(codes('?q=jizzax')).toEqual([2]);
		expect(codes('?q=qarshi+D-10')).toEqual([10]);
		expect(codes('?q=qarshi+D-9')).toEqual([]);
	});
	it('puts D-9 before D-10, and turns round', () => {
		expect(arrangeRows(rows, columns, ask('?sort=code'), 'uz').rows.map((row) => row.code)).toEqual([2, 9, 10]);
		expect(arrangeRows(rows, columns, ask('?sort=-code'), 'uz').rows.map((row) => row.code)).toEqual([10, 9, 2]);
	});
	it('shows every row on exactly one page, and exports them all', () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.nat(500), { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (numbers, size) => {
				const all = numbers.map((code) => ({ code, name: 'a' }));
				const pages = Math.max(1, Math.ceil(all.length / size));
				const shown = Array.from({ length: pages }, (_, page) => arrangeRows(all, columns, ask(`?page=${page + 1}`, size), 'uz').rows).flat();
				const sorted = numbers.toSorted((a, b) => a - b);
				expect(shown.map((row) => row.code)).toEqual(sorted);
				expect(arrangedTable('t', all, columns, ask('?page=2', size), 'uz').rows.map(([code]) => code)).toEqual(sorted.map((code) => `D-${code}`));
			})
		);
	});
});
