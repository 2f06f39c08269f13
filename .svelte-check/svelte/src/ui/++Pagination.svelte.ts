///<reference types="svelte" />
;
import { getLocale } from '#paraglide/runtime.js';
import { m } from '#paraglide/messages.js';
import { formatNumber } from './format.ts';
import Icon from './Icon.svelte';
import { pageLinks, withQuery, type PageAddress } from './table.ts';
;

	interface Props {
		url: PageAddress;
		page: number;
		pages: number;
		/** The parameter in the address. */
		param?: string;
	};function $$render() {

	
	
	
	
	

	const { url, page, pages, param = 'page' }: Props = $props();
	const to = (n: number): string => withQuery(url, { [param]: n > 1 ? String(n) : undefined });
	const number = (n: number): string => formatNumber(n, getLocale());
;
async () => {

if(pages > 1){
	 { svelteHTML.createElement("nav", { "aria-label":m.ui_pages(),});
		if(page > 1){ { svelteHTML.createElement("a", {     "class":`step`,"rel":`prev`,"href":to(page - 1),}); { const $$_nocI2C = __sveltets_2_ensureComponent(Icon); new $$_nocI2C({ target: __sveltets_2_any(), props: {  "name":`left`,}});}m.ui_previous(); }}
		 { svelteHTML.createElement("ol", {});
			    for(let n of __sveltets_2_ensureArray((pageLinks(page, pages)))){let i = 1;i;
				 { svelteHTML.createElement("li", {});
					if(n === undefined){ { svelteHTML.createElement("span", { "aria-hidden":`true`,});  }}else{
						 { svelteHTML.createElement("a", {      "href":to(n),"aria-current":n === page ? 'page' : undefined,"aria-label":m.ui_page_of({ page: number(n), pages: number(pages) }),});number(n); }
					}
				 }
			}
		 }
		if(page < pages){ { svelteHTML.createElement("a", {     "class":`step`,"rel":`next`,"href":to(page + 1),});m.ui_next(); { const $$_nocI2C = __sveltets_2_ensureComponent(Icon); new $$_nocI2C({ target: __sveltets_2_any(), props: {  "name":`right`,}});} }}
	 }
}


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const Pagination__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type Pagination__SvelteComponent_ = ReturnType<typeof Pagination__SvelteComponent_>;
/*Ωignore_endΩ*/export default Pagination__SvelteComponent_;