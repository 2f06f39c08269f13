/** A column of a data table. */
export interface Column<Row> {
	/** Stands in the address; letters, digits and hyphens. */
	key: string;
	label: string;
	/** What the cell says in plain text; a `cell` snippet may draw it more richly. */
	text: (row: Row) => string;
	sortable?: boolean;
	/** Set to the right, with figures of one width. */
	numeric?: boolean;
	/** Out of sight until chosen. */
	hidden?: boolean;
	/** Cannot be taken away: the column that names the row. */
	always?: boolean;
}

/** What the address says about a table. */
export interface TableQuery {
	/** What was typed into the search box; empty when nothing. */
	search: string;
	sort: { key: string; descending: boolean } | undefined;
	/** From 1. */
	page: number;
	pageSize: number;
	offset: number;
	/** Keys of the columns shown. */
	columns: ReadonlySet<string>;
}

/** The part of an address a table looks at; `page.url` and a request's URL both will do. */
export interface PageAddress {
	readonly pathname: string;
	readonly search: string;
}

type ColumnFacts = Pick<Column<never>, 'key' | 'sortable' | 'hidden' | 'always'>;

const longestSearch = 200;

/**
 * Reads `q`, `sort` (a key, with `-` before it descending), `page` and `cols` from the address; whatever makes no sense
 * there counts as not said. A second table on the same page takes a `prefix`.
 */
export function readTableQuery(
	url: PageAddress,
	columns: readonly ColumnFacts[],
	{ pageSize = 25, sort: usual = '', prefix = '' }: { pageSize?: number; sort?: string; prefix?: string } = {}
): TableQuery {
	const params = new URLSearchParams(url.search);
	const get = (name: string): string | null => params.get(prefix + name);
	const parseSort = (said: string): TableQuery['sort'] => {
		const key = said.replace(/^-/, '');
		const known = columns.some((column) => column.key === key && column.sortable);
		return known ? { key, descending: said.startsWith('-') } : undefined;
	};
	const page = /^[1-9]\d{0,6}$/.test(get('page') ?? '') ? Number(get('page')) : 1;
	const asked = new Set(params.getAll(`${prefix}cols`).flatMap((list) => list.split(',')));
	const shown = columns.filter((column) => column.always || (asked.size > 0 ? asked.has(column.key) : !column.hidden));
	return {
		search: (get('q') ?? '').trim().slice(0, longestSearch),
		sort: parseSort(get('sort') ?? '') ?? parseSort(usual),
		page,
		pageSize,
		offset: (page - 1) * pageSize,
		columns: new Set((shown.length > 0 ? shown : columns).map((column) => column.key))
	};
}

/** The same address with some of its parameters changed (`undefined` or empty removes one); relative, keeps the path. */
export function withQuery(url: PageAddress, changes: Record<string, string | undefined>): string {
	const params = new URLSearchParams(url.search);
	for (const [name, value] of Object.entries(changes)) {
		params.delete(name);
		if (value) params.set(name, value);
	}
	const query = params.toString();
	return query ? `?${query}` : url.pathname;
}

/** The pages worth a link: first, last, and those around the present one; `undefined` stands for what is left out. */
export function pageLinks(page: number, pages: number): (number | undefined)[] {
	const near = [1, page - 1, page, page + 1, pages].filter((n) => n >= 1 && n <= pages);
	const sorted = [...new Set(near)].sort((a, b) => a - b);
	return sorted.flatMap((n, i) => {
		const before = sorted[i - 1];
		return before !== undefined && n - before > 1 ? [undefined, n] : [n];
	});
}
