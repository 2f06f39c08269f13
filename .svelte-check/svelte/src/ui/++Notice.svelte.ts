///<reference types="svelte" />
;
import type { Snippet } from 'svelte';
import Icon, { type IconName } from './Icon.svelte';
;

	interface Props {
		children: Snippet;
		tone?: 'info' | 'ok' | 'late' | 'error';
		title?: string | undefined;
		/** Spoken when it appears: politely, or at once for an error. Leave it off for text that always stands there. */
		live?: boolean;
	};function $$render() {

	
	

	const { children, tone = 'info', title, live = false }: Props = $props();
	const icons: Record<'info' | 'ok' | 'late' | 'error', IconName> = {
		info: 'info',
		ok: 'check',
		late: 'clock',
		error: 'warning'
	};
	const role = $derived(live ? (tone === 'error' ? 'alert' : 'status') : undefined);
;
async () => {

 { svelteHTML.createElement("div", {  "class":`notice ${tone}`,role,});
	 { const $$_nocI1C = __sveltets_2_ensureComponent(Icon); new $$_nocI1C({ target: __sveltets_2_any(), props: {  "name":icons[tone],}});}
	 { svelteHTML.createElement("div", { "class":`text`,});
		if(title){ { svelteHTML.createElement("p", { "class":`title`,});title; }}
		;__sveltets_2_ensureSnippet(children());
	 }
 }


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const Notice__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type Notice__SvelteComponent_ = ReturnType<typeof Notice__SvelteComponent_>;
/*Ωignore_endΩ*/export default Notice__SvelteComponent_;