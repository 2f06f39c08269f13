///<reference types="svelte" />
;
import './app.css';
import type { Snippet } from 'svelte';
import { m } from '#paraglide/messages.js';
import Icon from './Icon.svelte';
import LanguageMenu from './LanguageMenu.svelte';
import NavList from './NavList.svelte';
import type { LanguageLink, NavItem } from './shell.ts';
;

	interface Props {
		children: Snippet;
		/** The product's or installation's short name, and where it leads. */
		brand?: string;
		home?: string;
		/** The name of the programme; printed on top of every record. */
		programme?: string | undefined;
		nav?: readonly NavItem[];
		languages?: readonly LanguageLink[];
		/** Who is signed in, and the page about that. */
		person?: { name: string; href: string } | undefined;
		/** Says on every page that the data is made up. */
		demo?: string | undefined;
		/** The funder's emblem with its statement: in the footer, and on paper. */
		funder?: Snippet;
		footer?: Snippet;
	};function $$render() {

	
	
	
	
	
	
	

	const {
		children,
		brand = 'Hamkor',
		home = '/',
		programme,
		nav = [],
		languages = [],
		person,
		demo,
		funder,
		footer
	}: Props = $props();
	const quick = $derived(nav.filter((item) => item.quick).slice(0, 5));
;
async () => {

 { svelteHTML.createElement("a", {   "class":`skip`,"href":`#content`,});m.ui_skip_to_content(); }
 { svelteHTML.createElement("header", {});
	if(demo){ { svelteHTML.createElement("p", { "class":`demo`,});demo; }}
	 { svelteHTML.createElement("div", { "class":`bar`,});
		 { svelteHTML.createElement("p", { "class":`brand`,});
			 { svelteHTML.createElement("a", { "href":home,});brand; }if(programme){ { svelteHTML.createElement("span", { "class":`programme`,});programme; }}
		 }
		 { svelteHTML.createElement("div", { "class":`tools`,});
			if(languages.length > 1){ { const $$_uneMegaugnaL3C = __sveltets_2_ensureComponent(LanguageMenu); new $$_uneMegaugnaL3C({ target: __sveltets_2_any(), props: { languages,}});}}
			if(person){
				 { svelteHTML.createElement("a", {     "class":`person`,"href":person.href,"aria-label":m.ui_signed_in_as({ name: person.name }),});
					 { const $$_nocI4C = __sveltets_2_ensureComponent(Icon); new $$_nocI4C({ target: __sveltets_2_any(), props: {  "name":`person`,}});} { svelteHTML.createElement("span", {});person.name; }
				 }
			}
		 }
		if(nav.length > 0){
			 { svelteHTML.createElement("details", { "class":`menu`,});
				 { svelteHTML.createElement("summary", {}); { const $$_nocI4C = __sveltets_2_ensureComponent(Icon); new $$_nocI4C({ target: __sveltets_2_any(), props: {  "name":`menu`,}});}m.ui_menu(); }
				 { svelteHTML.createElement("nav", { "aria-label":m.ui_main_nav(),}); { const $$_tsiLvaN4C = __sveltets_2_ensureComponent(NavList); new $$_tsiLvaN4C({ target: __sveltets_2_any(), props: {    "items":nav,"kind":`menu`,}});} }
			 }
			 { svelteHTML.createElement("nav", {   "class":`wide`,"aria-label":m.ui_main_nav(),}); { const $$_tsiLvaN3C = __sveltets_2_ensureComponent(NavList); new $$_tsiLvaN3C({ target: __sveltets_2_any(), props: {    "items":nav,"kind":`line`,}});} }
		}
	 }
 }
 { svelteHTML.createElement("main", {   "id":`content`,"tabindex":-1,});
	;__sveltets_2_ensureSnippet(children());
 }
 { svelteHTML.createElement("footer", {});
	 { svelteHTML.createElement("div", { "class":`foot`,});
		if(programme){ { svelteHTML.createElement("p", { "class":`small`,});programme; }}
		if(funder){ { svelteHTML.createElement("div", { "class":`funder`,});;__sveltets_2_ensureSnippet(funder()); }}
		;__sveltets_2_ensureSnippet(footer?.());
	 }
 }
if(quick.length > 0){
	 { svelteHTML.createElement("nav", {   "class":`thumb`,"aria-label":m.ui_quick_nav(),}); { const $$_tsiLvaN1C = __sveltets_2_ensureComponent(NavList); new $$_tsiLvaN1C({ target: __sveltets_2_any(), props: {    "items":quick,"kind":`thumb`,}});} }
}


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const Shell__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type Shell__SvelteComponent_ = ReturnType<typeof Shell__SvelteComponent_>;
/*Ωignore_endΩ*/export default Shell__SvelteComponent_;