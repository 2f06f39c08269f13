///<reference types="svelte" />
;
import type { Snippet } from 'svelte';
;

	interface Props {
		/** What the page is about; shown on the page only. */
		heading: string;
		/**
		 * What the browser's tab, history and task bar say: the name of the section, never of the record. Someone else may
		 * look at this screen.
		 */
		tab: string;
		/** One or two sentences under the heading. */
		lede?: string | undefined;
		/** Buttons: what one can do here. */
		actions?: Snippet;
	};function $$render() {

	

	const { heading, tab, lede, actions }: Props = $props();
;
async () => {

 { svelteHTML.createElement("svelte:head", {});
	 { svelteHTML.createElement("title", {});tab;   }
 }

 { svelteHTML.createElement("h1", {});heading; }
if(lede){ { svelteHTML.createElement("p", { "class":`lede`,});lede; }}
if(actions){ { svelteHTML.createElement("div", { "class":`row`,});;__sveltets_2_ensureSnippet(actions()); }}


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const PageTitle__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type PageTitle__SvelteComponent_ = ReturnType<typeof PageTitle__SvelteComponent_>;
/*Ωignore_endΩ*/export default PageTitle__SvelteComponent_;