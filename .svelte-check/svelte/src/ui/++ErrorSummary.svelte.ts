///<reference types="svelte" />
;
	/** One answer that needs another look: the field's name, and what to do in the person's language. */
	export interface FieldError {
		field: string;
		message: string;
	}
;;

import { m } from '#paraglide/messages.js';
import { fieldId } from './field.ts';
;

	interface Props {
		errors: readonly FieldError[];
	};function $$render() {

	
	

	const { errors }: Props = $props();
;
async () => {



if(errors.length > 0){
	
	
	 { svelteHTML.createElement("div", {       "class":`errors`,"role":`alert`,"tabindex":-1,"autofocus":true,"id":`errors`,});
		 { svelteHTML.createElement("h2", {});m.ui_errors_title(); }
		 { svelteHTML.createElement("ul", {});
			   for(let error of __sveltets_2_ensureArray(errors)){error.field + error.message;
				 { svelteHTML.createElement("li", {}); { svelteHTML.createElement("a", { "href":`#${fieldId(error.field)}`,});error.message; } }
			}
		 }
	 }
}


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const ErrorSummary__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type ErrorSummary__SvelteComponent_ = ReturnType<typeof ErrorSummary__SvelteComponent_>;
/*Ωignore_endΩ*/export default ErrorSummary__SvelteComponent_;