///<reference types="svelte" />
;
import type { Snippet } from 'svelte';
;

	interface Props {
		/** A quotation, or a sentence that a figure says. */
		children: Snippet;
		/** Where it comes from: code, round, n, place. */
		source?: string | undefined;
		href?: string | undefined;
		/** The language of the quotation, where it differs from the page's. */
		lang?: string | undefined;
	};function $$render() {

	

	const { children, source, href, lang }: Props = $props();
;
async () => {

 { svelteHTML.createElement("figure", {});
	 { svelteHTML.createElement("blockquote", {lang,});;__sveltets_2_ensureSnippet(children()); }
	if(source){
		 { svelteHTML.createElement("figcaption", {});if(href){ { svelteHTML.createElement("a", {href,});source; }}else{source;} }
	}
 }


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const Quote__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type Quote__SvelteComponent_ = ReturnType<typeof Quote__SvelteComponent_>;
/*Ωignore_endΩ*/export default Quote__SvelteComponent_;