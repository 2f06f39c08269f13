///<reference types="svelte" />
;
import type { Snippet } from 'svelte';
import { page } from '$app/state';
import { m } from '#paraglide/messages.js';
import { getLocale, localizeHref } from '#paraglide/runtime.js';
import { localeFacts, locales } from '#platform/locales.ts';
import FunderEmblem from '#ui/FunderEmblem.svelte';
import Shell from '#ui/Shell.svelte';
import { programmeNav } from './navigation.ts';

;type $$ComponentProps =  { children: Snippet };function $$render() {
  const emblem/*Ωignore_positionΩ*/ = ()/*Ωignore_startΩ*/: ReturnType<import('svelte').Snippet>/*Ωignore_endΩ*/ => { async ()/*Ωignore_positionΩ*/ => {
	 { const $$_melbmErednuF0C = __sveltets_2_ensureComponent(FunderEmblem); new $$_melbmErednuF0C({ target: __sveltets_2_any(), props: {      "statement":programme?.statement ?? '',"disclaimer":programme?.disclaimer ?? '',"placeholder":programme?.demonstration ?? false,}});}
};return __sveltets_2_any(0)};
	
	
	
	
	
	
	
	

	const { children }:/*Ωignore_startΩ*/$$ComponentProps/*Ωignore_endΩ*/ = $props();

	const programme = $derived(page.data.programme);
	const nav = $derived(programme ? programmeNav(programme.id, page.url.pathname, page.data.me?.content ?? false) : []);
	const bare = $derived(page.url.pathname.replace(/^\/[^/]+/, '') || '/');
	const languages = $derived(
		locales.map((locale) => ({
			locale,
			label: localeFacts[locale].name,
			href: localizeHref(bare, { locale }) + page.url.search,
			current: locale === getLocale()
		}))
	);
	const home = $derived(localizeHref(programme ? `/p/${programme.id}` : '/'));
	const person = $derived(page.data.person ? { name: page.data.person.name, href: localizeHref('/account') } : undefined);
	const demo = $derived(programme?.demonstration ? m.platform_demo_banner() : undefined);
;
async () => {



if(page.route.id === '/_ui'){
	;__sveltets_2_ensureSnippet(children());
} else if (programme?.statement){
	 { const $$_llehS0C = __sveltets_2_ensureComponent(Shell); new $$_llehS0C({ target: __sveltets_2_any(), props: {        children:() => { return __sveltets_2_any(0); },"programme":programme.title,nav,languages,home,person,demo,"funder":emblem,}});;__sveltets_2_ensureSnippet(children()); Shell}
}else{
	 { const $$_llehS0C = __sveltets_2_ensureComponent(Shell); new $$_llehS0C({ target: __sveltets_2_any(), props: {      children:() => { return __sveltets_2_any(0); },"programme":programme?.title,nav,languages,home,person,demo,}});;__sveltets_2_ensureSnippet(children()); Shell}
}
};
return { props: {} as any as $$ComponentProps, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const Layout__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type Layout__SvelteComponent_ = ReturnType<typeof Layout__SvelteComponent_>;
/*Ωignore_endΩ*/export default Layout__SvelteComponent_;