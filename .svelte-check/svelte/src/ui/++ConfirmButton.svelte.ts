///<reference types="svelte" />
;
import { m } from '#paraglide/messages.js';
import Button from './Button.svelte';
import Field from './Field.svelte';
;

	interface Props {
		/** The verb: "Withdraw the finding". */
		label: string;
		/** What will happen, in a sentence. */
		consequence: string;
		/** The verb of the second step. */
		confirmLabel?: string | undefined;
		/** Where it is sent; the form is a form of its own, so this must not stand inside another one. */
		action: string;
		/** Sent along. */
		hidden?: Readonly<Record<string, string>>;
		/** The thing's name, to be typed as `confirm_name`; the server compares. */
		typeName?: string | undefined;
		error?: string | undefined;
	};function $$render() {

	
	
	

	const { label, consequence, confirmLabel, action, hidden = {}, typeName, error }: Props = $props();
;
async () => {

 { svelteHTML.createElement("details", { "open":Boolean(error),});
	 { svelteHTML.createElement("summary", {});label; }
	 { svelteHTML.createElement("form", {  "method":`post`,action,});
		 { svelteHTML.createElement("p", {});consequence; }
		   for(let [name, value] of __sveltets_2_ensureArray(Object.entries(hidden))){name; { svelteHTML.createElement("input", {    "type":`hidden`,name,value,});}}
		if(typeName){
			 { const $$_dleiF2C = __sveltets_2_ensureComponent(Field); new $$_dleiF2C({ target: __sveltets_2_any(), props: {          "name":`confirm_name`,"label":m.ui_confirm_type_name({ name: typeName }),"autocomplete":`off`,"width":`medium`,error,}});}
		}
		 { const $$_nottuB2C = __sveltets_2_ensureComponent(Button); new $$_nottuB2C({ target: __sveltets_2_any(), props: { children:() => { return __sveltets_2_any(0); },"kind":`danger`,}});confirmLabel ?? m.ui_confirm_continue(); Button}
	 }
 }


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const ConfirmButton__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type ConfirmButton__SvelteComponent_ = ReturnType<typeof ConfirmButton__SvelteComponent_>;
/*Ωignore_endΩ*/export default ConfirmButton__SvelteComponent_;