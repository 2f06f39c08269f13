///<reference types="svelte" />
;
import type { Snippet } from 'svelte';
import { getLocale } from '#paraglide/runtime.js';
import { m } from '#paraglide/messages.js';
import { formatNumber } from './format.ts';
import Icon from './Icon.svelte';
import Pagination from './Pagination.svelte';
import { withQuery, type Column, type PageAddress, type TableQuery } from './table.ts';
import TableTools from './TableTools.svelte';
function $$render<Row>() {

	
	
	
	
	
	
	
	

	interface Props {
		/** Says what the rows are; read out first. */
		caption: string;
		/** Shows the caption above the table (a heading near it may say the same). */
		showCaption?: boolean;
		columns: readonly Column<Row>[];
		/** The rows of this page only, already searched, sorted and cut on the server. */
		rows: readonly Row[];
		rowKey: (row: Row) => string;
		/** How many rows match the search. */
		matching: number;
		/** How many there are in all. */
		total: number;
		url: PageAddress;
		query: TableQuery;
		/** Draws a cell; without it the column's own text stands there. */
		cell?: Snippet<[Row, Column<Row>]>;
		/** Draws a column's heading (the words over thread lines). */
		heading?: Snippet<[Column<Row>]>;
		/** What to say, and offer, when there is nothing at all: how the first one comes in. */
		empty?: Snippet;
		/** More filters, inside the search form: selects named as they stand in the address. */
		filters?: Snippet;
		/** Addresses that hand over these rows as files; the present query is appended. */
		exports?: { xlsx?: string; csv?: string } | undefined;
		/** Without a search box. */
		plain?: boolean;
		/** The prefix this table's parameters bear in the address. */
		prefix?: string;
	}
	const {
		caption,
		showCaption = false,
		columns,
		rows,
		rowKey,
		matching,
		total,
		url,
		query,
		cell,
		heading,
		empty,
		filters,
		exports,
		plain = false,
		prefix = ''
	}: Props = $props();

	const shown = $derived(columns.filter((column) => query.columns.has(column.key)));
	const pages = $derived(Math.max(1, Math.ceil(matching / query.pageSize)));
	const number = (n: number): string => formatNumber(n, getLocale());
	/** The direction `aria-sort` speaks of; nothing for columns that are not in use for sorting. */
	const sorted = (key: string): 'ascending' | 'descending' | undefined =>
		query.sort?.key === key ? (query.sort.descending ? 'descending' : 'ascending') : undefined;
	const sortLink = (key: string): string =>
		withQuery(url, {
			[`${prefix}sort`]: sorted(key) === 'ascending' ? `-${key}` : key,
			[`${prefix}page`]: undefined
		});
;
async () => {

if(total === 0){
	 { svelteHTML.createElement("div", { "class":`empty`,});if(empty){;__sveltets_2_ensureSnippet(empty());}else{ { svelteHTML.createElement("p", {});m.ui_nothing_yet(); }} }
}else{
	 { const $$_slooTelbaT0C = __sveltets_2_ensureComponent(TableTools); new $$_slooTelbaT0C({ target: __sveltets_2_any(), props: {         columns,url,query,filters,exports,plain,prefix,"label":caption,}});}
	 { svelteHTML.createElement("p", {   "class":`count`,"role":`status`,});
		if(matching > rows.length && rows.length > 0){
			m.ui_row_range({
				from: number(query.offset + 1),
				to: number(query.offset + rows.length),
				total: number(matching)
			});
		}else{
			m.ui_row_count({ shown: number(matching), total: number(total) });
		}
	 }
	if(rows.length === 0){
		 { svelteHTML.createElement("div", { "class":`empty`,});
			 { svelteHTML.createElement("p", {});m.ui_nothing_found();  { svelteHTML.createElement("a", { "href":url.pathname,});m.ui_search_clear(); } }
		 }
	}else{
		
		
		 { svelteHTML.createElement("div", {       "class":`scroll`,"tabindex":0,"role":`region`,"aria-label":caption,});
			 { svelteHTML.createElement("table", { "role":`table`,});
				 { svelteHTML.createElement("caption", { });!showCaption;caption; }
				 { svelteHTML.createElement("thead", { "role":`rowgroup`,});
					 { svelteHTML.createElement("tr", { "role":`row`,});
						   for(let column of __sveltets_2_ensureArray(shown)){column.key;
							const direction = sorted(column.key);
							 { svelteHTML.createElement("th", {      "scope":`col`,"role":`columnheader`,"aria-sort":direction,});column.numeric;
								if(heading && !column.sortable){;__sveltets_2_ensureSnippet(heading(column));
								} else if (column.sortable){
									 { svelteHTML.createElement("a", { "href":sortLink(column.key),});
										column.label; { const $$_nocI6C = __sveltets_2_ensureComponent(Icon); new $$_nocI6C({ target: __sveltets_2_any(), props: {   "name":direction === 'ascending' ? 'up' : direction === 'descending' ? 'down' : 'sort',}});}
										if(direction){ { svelteHTML.createElement("span", {  "class":`unseen`,});direction === 'ascending' ? m.ui_sort_up() : m.ui_sort_down(); }}
									 }
								}else{column.label;}
							 }
						}
					 }
				 }
				 { svelteHTML.createElement("tbody", { "role":`rowgroup`,});
					   for(let row of __sveltets_2_ensureArray(rows)){rowKey(row);
						 { svelteHTML.createElement("tr", { "role":`row`,});
							   for(let column of __sveltets_2_ensureArray(shown)){column.key;
								 { svelteHTML.createElement("td", {    "role":`cell`,...__sveltets_2_empty({"data-label":column.label}),});column.numeric;
									 { svelteHTML.createElement("div", {});if(cell){;__sveltets_2_ensureSnippet(cell(row, column));}else{column.text(row);} }
								 }
							}
						 }
					}
				 }
			 }
		 }
		 { const $$_noitanigaP0C = __sveltets_2_ensureComponent(Pagination); new $$_noitanigaP0C({ target: __sveltets_2_any(), props: {      url,"page":Math.min(query.page, pages),pages,"param":`${prefix}page`,}});}
	}
}


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
class __sveltets_Render<Row> {
    props(): ReturnType<typeof $$render<Row>>['props'] { return null as any; }
    events(): ReturnType<typeof $$render<Row>>['events'] { return null as any; }
    slots(): ReturnType<typeof $$render<Row>>['slots'] { return null as any; }
    bindings() { return __sveltets_$$bindings(''); }
    exports() { return {}; }
}

interface $$IsomorphicComponent {
    new <Row>(options: import('svelte').ComponentConstructorOptions<ReturnType<__sveltets_Render<Row>['props']>>): import('svelte').SvelteComponent<ReturnType<__sveltets_Render<Row>['props']>, ReturnType<__sveltets_Render<Row>['events']>, ReturnType<__sveltets_Render<Row>['slots']>> & { $$bindings?: ReturnType<__sveltets_Render<Row>['bindings']> } & ReturnType<__sveltets_Render<Row>['exports']>;
    <Row>(internal: unknown, props: ReturnType<__sveltets_Render<Row>['props']> & {}): ReturnType<__sveltets_Render<Row>['exports']>;
    z_$$bindings?: ReturnType<__sveltets_Render<any>['bindings']>;
}
const DataTable__SvelteComponent_: $$IsomorphicComponent = null as any;
/*Ωignore_startΩ*/type DataTable__SvelteComponent_<Row> = InstanceType<typeof DataTable__SvelteComponent_<Row>>;
/*Ωignore_endΩ*/export default DataTable__SvelteComponent_;