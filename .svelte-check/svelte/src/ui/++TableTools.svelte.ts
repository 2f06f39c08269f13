///<reference types="svelte" />
;
import type { Snippet } from 'svelte';
import { m } from '#paraglide/messages.js';
import Button from './Button.svelte';
import Icon from './Icon.svelte';
import type { Column, PageAddress, TableQuery } from './table.ts';
function $$render<Row>() {

	
	
	
	
	

	interface Props {
		columns: readonly Column<Row>[];
		url: PageAddress;
		query: TableQuery;
		filters?: Snippet | undefined;
		exports?: { xlsx?: string; csv?: string } | undefined;
		plain: boolean;
		prefix: string;
		label: string;
	}
	const { columns, url, query, filters, exports, plain, prefix, label }: Props = $props();
	const id = $derived(`table-${prefix}search`);
	const choosable = $derived(columns.some((column) => column.hidden));

	/** An export hands over what the person sees: same search, same order, same columns. */
	const withSameQuery = (address: string): string => {
		const joint = address.includes('?') ? '&' : '?';
		return url.search.length > 1 ? address + joint + url.search.slice(1) : address;
	};
;
async () => {

 { svelteHTML.createElement("div", { "class":`tools no-print`,});
	if(!plain || filters || choosable){
		 { svelteHTML.createElement("form", {     "method":`get`,"role":`search`,"aria-label":`${m.ui_search()}: ${label}`,});
			if(query.sort){
				 { svelteHTML.createElement("input", {      "type":`hidden`,"name":`${prefix}sort`,"value":`${query.sort.descending ? '-' : ''}${query.sort.key}`,});}
			}
			if(!plain){
				 { svelteHTML.createElement("div", { "class":`search`,});
					 { svelteHTML.createElement("label", {   "class":`unseen`,"for":id,});m.ui_search(); }
					 { svelteHTML.createElement("input", {         id,"type":`search`,"name":`${prefix}q`,"value":query.search,"maxlength":200,});}
				 }
			}
			;__sveltets_2_ensureSnippet(filters?.());
			if(choosable){
				 { svelteHTML.createElement("details", {});
					 { svelteHTML.createElement("summary", {});m.ui_columns(); { const $$_nocI4C = __sveltets_2_ensureComponent(Icon); new $$_nocI4C({ target: __sveltets_2_any(), props: {  "name":`open`,}});} }
					 { svelteHTML.createElement("fieldset", {});
						 { svelteHTML.createElement("legend", { "class":`unseen`,});m.ui_columns(); }
						   for(let column of __sveltets_2_ensureArray(columns)){column.key;
							if(!column.always){
								 { svelteHTML.createElement("label", {});
									 { svelteHTML.createElement("input", {         "type":`checkbox`,"name":`${prefix}cols`,"value":column.key,"checked":query.columns.has(column.key),});}column.label;
								 }
							}
						}
					 }
				 }
			}
			 { const $$_nottuB2C = __sveltets_2_ensureComponent(Button); new $$_nottuB2C({ target: __sveltets_2_any(), props: {   children:() => { return __sveltets_2_any(0); },"kind":`quiet`,"icon":plain ? undefined : 'search',}});plain ? m.ui_filter_apply() : m.ui_search(); Button}
		 }
	}
	if(exports){
		 { svelteHTML.createElement("div", { "class":`exports`,});
			 { svelteHTML.createElement("span", {});m.ui_export();  }
			if(exports.xlsx){ { svelteHTML.createElement("a", {  "href":withSameQuery(exports.xlsx),"download":true,});  }}
			if(exports.csv){ { svelteHTML.createElement("a", {  "href":withSameQuery(exports.csv),"download":true,});  }}
		 }
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
const TableTools__SvelteComponent_: $$IsomorphicComponent = null as any;
/*Ωignore_startΩ*/type TableTools__SvelteComponent_<Row> = InstanceType<typeof TableTools__SvelteComponent_<Row>>;
/*Ωignore_endΩ*/export default TableTools__SvelteComponent_;