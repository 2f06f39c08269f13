import { describe, expect, it } from 'vitest';
import { pageLinks, readTableQuery, withQuery } from './table.ts';

const columns = [
	{ key: 'title', sortable: true, always: true },
	{ key: 'priority', sortable: true },
	{ key: 'code', hidden: true }
];
const at = (search: string): URL => new URL(`https://hamkor.test/uz/gaps${search}`);

describe('what the address says about a table', () => {
	it('is a search, an order, a page and columns', () => {
		const query = readTableQuery(at('?q=%20safe%20&sort=-priority&page=3&cols=code'), columns, { pageSize: 10 });
		expect(query).toMatchObject({ search: 'safe', sort: { key: 'priority', descending: true }, page: 3, offset: 20 });
		expect([...query.columns]).toEqual(['title', 'code']);
	});

	it('counts as not said where it makes no sense', () => {
		const query = readTableQuery(at('?sort=password&page=-1e9&cols=nothing'), columns, { sort: 'title' });
		expect(query).toMatchObject({ sort: { key: 'title', descending: false }, page: 1, offset: 0 });
		expect([...query.columns]).toEqual(['title']);
	});

	it('cuts a search that is too long', () => {
		expect(readTableQuery(at(`?q=${'a'.repeat(5000)}`), columns).search).toHaveLength(200);
	});

	it('keeps two tables of a page apart by their prefix', () => {
		expect(readTableQuery(at('?q=one&b-q=two'), columns, { prefix: 'b-' }).search).toBe('two');
	});

	it('stays the same where a link changes one thing', () => {
		expect(withQuery(at('?q=a&sort=title&page=4'), { sort: '-title', page: undefined })).toBe('?q=a&sort=-title');
		expect(withQuery(at('?page=2'), { page: undefined })).toBe('/uz/gaps');
	});
});

describe('the pages worth a link', () => {
	it('are the first, the last and those around this one', () => {
		expect(pageLinks(5, 9)).toEqual([1, undefined, 4, 5, 6, undefined, 9]);
		expect(pageLinks(1, 2)).toEqual([1, 2]);
		expect(pageLinks(1, 1)).toEqual([1]);
	});
});
