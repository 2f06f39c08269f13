///<reference types="svelte" />
;
import type { Snippet } from 'svelte';
;

	interface Props {
		children: Snippet;
		tone?: 'plain' | 'accent' | 'ok' | 'late' | 'broken';
	};function $$render() {

	

	const { children, tone = 'plain' }: Props = $props();
;
async () => {

 { svelteHTML.createElement("span", { "class":`tag ${tone}`,});;__sveltets_2_ensureSnippet(children()); }


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const Tag__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type Tag__SvelteComponent_ = ReturnType<typeof Tag__SvelteComponent_>;
/*Ωignore_endΩ*/export default Tag__SvelteComponent_;