///<reference types="svelte" />
;
import type { Snippet } from 'svelte';
import Icon, { type IconName } from './Icon.svelte';
;

	interface Props {
		children: Snippet;
		/** With an address the button is a link. */
		href?: string | undefined;
		/** One primary action to a page; the others quiet; what destroys is danger. */
		kind?: 'primary' | 'quiet' | 'danger';
		type?: 'submit' | 'button';
		name?: string | undefined;
		value?: string | undefined;
		/** Sends the surrounding form somewhere else (`?/archive`). */
		formaction?: string | undefined;
		/** Sends the form without the browser's own checks (`Save draft`). */
		formnovalidate?: boolean;
		icon?: IconName | undefined;
		/** The link hands over a file. */
		download?: boolean;
		disabled?: boolean;
	};function $$render() {

	
	

	const {
		children,
		href,
		kind = 'primary',
		type = 'submit',
		name,
		value,
		formaction,
		formnovalidate = false,
		icon,
		download = false,
		disabled = false
	}: Props = $props();
;
async () => {

if(href){
	 { svelteHTML.createElement("a", {    "class":`button ${kind}`,href,"download":download ? '' : undefined,});
		if(icon){ { const $$_nocI1C = __sveltets_2_ensureComponent(Icon); new $$_nocI1C({ target: __sveltets_2_any(), props: {  "name":icon,}});}} { svelteHTML.createElement("span", {});;__sveltets_2_ensureSnippet(children()); }
	 }
}else{
	 { svelteHTML.createElement("button", {       "class":`button ${kind}`,type,name,value,formaction,formnovalidate,disabled,});
		if(icon){ { const $$_nocI1C = __sveltets_2_ensureComponent(Icon); new $$_nocI1C({ target: __sveltets_2_any(), props: {  "name":icon,}});}} { svelteHTML.createElement("span", {});;__sveltets_2_ensureSnippet(children()); }
	 }
}


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const Button__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type Button__SvelteComponent_ = ReturnType<typeof Button__SvelteComponent_>;
/*Ωignore_endΩ*/export default Button__SvelteComponent_;