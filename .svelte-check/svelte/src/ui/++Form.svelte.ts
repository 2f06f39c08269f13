///<reference types="svelte" />
;
import type { Snippet } from 'svelte';
import ErrorSummary, { type FieldError } from './ErrorSummary.svelte';
;

	interface Props {
		children: Snippet;
		/** Where it goes: `?/create`; without it, this very page. */
		action?: string | undefined;
		method?: 'post' | 'get';
		/** Set when the form holds a file. */
		files?: boolean;
		errors?: readonly FieldError[] | undefined;
		/** Named for screen readers where a page has more than one form. */
		label?: string | undefined;
	};function $$render() {

	
	

	const { children, action, method = 'post', files = false, errors = [], label }: Props = $props();
;
async () => {

 { const $$_yrammuSrorrE0C = __sveltets_2_ensureComponent(ErrorSummary); new $$_yrammuSrorrE0C({ target: __sveltets_2_any(), props: { errors,}});}

 { svelteHTML.createElement("form", {     method,action,"enctype":files ? 'multipart/form-data' : undefined,"novalidate":true,"aria-label":label,});
	;__sveltets_2_ensureSnippet(children());
 }
};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const Form__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type Form__SvelteComponent_ = ReturnType<typeof Form__SvelteComponent_>;
/*Ωignore_endΩ*/export default Form__SvelteComponent_;