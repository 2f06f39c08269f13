///<reference types="svelte" />
;
import type { Snippet } from 'svelte';
import { getLocale } from '#paraglide/runtime.js';
import { m } from '#paraglide/messages.js';
import { formatShare } from './format.ts';
import { fieldId } from './field.ts';
;

	interface Props {
		/** What is going on: "Import of places". */
		label: string;
		/** From 0 to 1; without it, nobody knows yet. */
		share?: number | undefined;
		/** How long it may still take, in words. */
		left?: string | undefined;
		/** A form or button that cancels it. */
		children?: Snippet;
	};function $$render() {

	
	
	
	
	

	const { label, share, left, children }: Props = $props();
	const percent = $derived(share === undefined ? undefined : formatShare(share, getLocale()));
	const said = $derived(
		[percent && m.ui_progress_done({ percent }), left && m.ui_progress_left({ time: left })]
			.filter(Boolean)
			.join(' · ')
	);
	const id = $derived(`${fieldId(label)}-progress`);
;
async () => {

 { svelteHTML.createElement("div", { "class":`progress`,});
	 { svelteHTML.createElement("label", { "for":id,});label; }
	 { svelteHTML.createElement("progress", {    id,"value":share,"max":`1`,});percent; }
	if(said){ { svelteHTML.createElement("p", { "class":`small`,});said; }}
	;__sveltets_2_ensureSnippet(children?.());
 }


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const Progress__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type Progress__SvelteComponent_ = ReturnType<typeof Progress__SvelteComponent_>;
/*Ωignore_endΩ*/export default Progress__SvelteComponent_;