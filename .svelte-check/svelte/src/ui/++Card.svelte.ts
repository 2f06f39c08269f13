///<reference types="svelte" />
;
import type { Snippet } from 'svelte';
;

	interface Props {
		children?: Snippet;
		title?: string | undefined;
		/** Where the title leads. */
		href?: string | undefined;
		/** The small line under the title: state, amount, date. */
		meta?: string | undefined;
		/** The rank of the title among the page's headings. */
		level?: 2 | 3 | 4;
	};function $$render() {

	

	const { children, title, href, meta, level = 3 }: Props = $props();
;
async () => {

 { svelteHTML.createElement("section", { "class":`card`,});
	if(title){
		 { svelteHTML.createElement(`h${level}`, {   "class":`title`,});
			if(href){ { svelteHTML.createElement("a", {href,});title; }}else{title;}
		 }
	}
	if(meta){ { svelteHTML.createElement("p", { "class":`meta`,});meta; }}
	;__sveltets_2_ensureSnippet(children?.());
 }


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const Card__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type Card__SvelteComponent_ = ReturnType<typeof Card__SvelteComponent_>;
/*Ωignore_endΩ*/export default Card__SvelteComponent_;