///<reference types="svelte" />
;
import { page } from '$app/state';
import { m } from '#paraglide/messages.js';
import { localizeHref } from '#paraglide/runtime.js';
import Button from '#ui/Button.svelte';
import PageTitle from '#ui/PageTitle.svelte';
function $$render() {

	
	
	
	
	
;
async () => {

 { const $$_eltiTegaP0C = __sveltets_2_ensureComponent(PageTitle); new $$_eltiTegaP0C({ target: __sveltets_2_any(), props: {      "heading":m.platform_error_heading(),"tab":m.platform_error_tab(),"lede":page.error?.message,}});}
 { svelteHTML.createElement("p", {}); { const $$_nottuB1C = __sveltets_2_ensureComponent(Button); new $$_nottuB1C({ target: __sveltets_2_any(), props: { children:() => { return __sveltets_2_any(0); },"href":localizeHref('/'),}});m.platform_error_home(); Button} }
if(page.status >= 500 && page.error?.requestId){
	 { svelteHTML.createElement("p", { "class":`small`,});m.platform_error_reference({ id: page.error.requestId }); }
}
};
return { props: {} as Record<string, never>, exports: {}, bindings: "", slots: {}, events: {} }}
const Error__SvelteComponent_ = __sveltets_2_isomorphic_component(__sveltets_2_with_any_event($$render()));
/*Ωignore_startΩ*/type Error__SvelteComponent_ = InstanceType<typeof Error__SvelteComponent_>;
/*Ωignore_endΩ*/export default Error__SvelteComponent_;