///<reference types="svelte" />
;
import { m } from '#paraglide/messages.js';
import type { HTMLInputAttributes } from 'svelte/elements';
import { fieldId, type Choice } from './field.ts';
;

	interface Props {
		name: string;
		label: string;
		type?:
			| 'text'
			| 'email'
			| 'tel'
			| 'url'
			| 'password'
			| 'search'
			| 'textarea'
			| 'number'
			| 'date'
			| 'time'
			| 'select'
			| 'checkboxes'
			| 'radios'
			| 'file';
		/** What the person typed before, or what is stored. Checkboxes take a list. */
		value?: string | number | readonly string[] | null | undefined;
		/** One sentence under the label that helps to answer. */
		hint?: string | undefined;
		/** What is wrong and what to do; from the server, in the person's language. */
		error?: string | undefined;
		/** Fields are required unless they say otherwise; only the optional ones are marked. */
		optional?: boolean;
		options?: readonly Choice[];
		/** The empty first choice of a select; `false` leaves it out. */
		placeholder?: string | false;
		inputmode?: HTMLInputAttributes['inputmode'];
		autocomplete?: HTMLInputAttributes['autocomplete'];
		min?: string | number | undefined;
		max?: string | number | undefined;
		step?: string | number | undefined;
		maxlength?: number | undefined;
		rows?: number;
		accept?: string | undefined;
		multiple?: boolean;
		/** The language of what is typed, where it differs from the page's. */
		lang?: string | undefined;
		readonly?: boolean;
		/** Short answers get a short box. */
		width?: 'short' | 'medium' | 'full';
	};function $$render() {
  const about/*Ωignore_positionΩ*/ = ()/*Ωignore_startΩ*/: ReturnType<import('svelte').Snippet>/*Ωignore_endΩ*/ => { async ()/*Ωignore_positionΩ*/ => {
	if(hint){ { svelteHTML.createElement("p", {   "class":`hint`,"id":`${id}-hint`,});hint; }}
	if(error){ { svelteHTML.createElement("p", {   "class":`error`,"id":`${id}-error`,}); { svelteHTML.createElement("span", { "class":`unseen`,});m.ui_error_prefix(); } error; }}
};return __sveltets_2_any(0)};  const title/*Ωignore_positionΩ*/ = ()/*Ωignore_startΩ*/: ReturnType<import('svelte').Snippet>/*Ωignore_endΩ*/ => { async ()/*Ωignore_positionΩ*/ => {label;if(optional){ { svelteHTML.createElement("span", { "class":`optional`,}); m.ui_optional();  }}};return __sveltets_2_any(0)};
	
	
	

	const {
		name,
		label,
		type = 'text',
		value = '',
		hint,
		error,
		optional = false,
		options = [],
		placeholder,
		inputmode,
		autocomplete,
		min,
		max,
		step,
		maxlength,
		rows = 4,
		accept,
		multiple = false,
		lang,
		readonly = false,
		width = 'full'
	}: Props = $props();

	const id = $derived(fieldId(name));
	const group = $derived(type === 'checkboxes' || type === 'radios');
	const text = $derived(typeof value === 'string' || typeof value === 'number' ? String(value) : '');
	const chosen = $derived(
		new Set(typeof value === 'object' && value !== null ? value.map(String) : text === '' ? [] : [text])
	);
	const describedby = $derived(
		[hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
	);
	const invalid = $derived(error ? ('true' as const) : undefined);
	const required = $derived(!optional);
	// Phones show digits; a decimal sign only where the step allows one.
	const keyboard = $derived(
		inputmode ?? (type === 'number' ? (step === undefined || Number(step) % 1 === 0 ? 'numeric' : 'decimal') : undefined)
	);
;
async () => {





if(group){
	 { svelteHTML.createElement("fieldset", {    "class":`field`,"aria-describedby":describedby,});error;
		 { svelteHTML.createElement("legend", {});;__sveltets_2_ensureSnippet(title()); }
		;__sveltets_2_ensureSnippet(about());
		    for(let option of __sveltets_2_ensureArray(options)){let i = 1;option.value;
			 { svelteHTML.createElement("div", { "class":`choice`,});
				 { svelteHTML.createElement("input", {              "type":type === 'radios' ? 'radio' : 'checkbox',"id":i === 0 ? id : `${id}-${i}`,name,"value":option.value,"checked":chosen.has(option.value),"disabled":option.disabled,"required":type === 'radios' && required,});}
				 { svelteHTML.createElement("label", { "for":i === 0 ? id : `${id}-${i}`,});
					option.label;if(option.hint){ { svelteHTML.createElement("span", { "class":`hint`,});option.hint; }}
				 }
			 }
		}
	 }
}else{
	 { svelteHTML.createElement("div", {  "class":`field`,});error;
		 { svelteHTML.createElement("label", { "for":id,});;__sveltets_2_ensureSnippet(title()); }
		;__sveltets_2_ensureSnippet(about());
		if(type === 'textarea'){
			 { svelteHTML.createElement("textarea", {              id,name,rows,lang,maxlength,readonly,required,"aria-describedby":describedby,"aria-invalid":invalid,"value":text,}); }
		} else if (type === 'select'){
			 { svelteHTML.createElement("select", {         id,name,multiple,required,"class":width,"aria-describedby":describedby,"aria-invalid":invalid,});
				if(!multiple && placeholder !== false){ { svelteHTML.createElement("option", {"value":"",});placeholder ?? m.ui_choose(); }}
				   for(let option of __sveltets_2_ensureArray(options)){option.value;
					 { svelteHTML.createElement("option", {     "value":option.value,"selected":chosen.has(option.value),"disabled":option.disabled,});
						option.label;
					 }
				}
			 }
		} else if (type === 'file'){
			 { svelteHTML.createElement("input", {            id,name,accept,multiple,required,"type":`file`,"aria-describedby":describedby,"aria-invalid":invalid,});}
		}else{
			 { svelteHTML.createElement("input", {                      id,name,lang,min,max,maxlength,readonly,required,autocomplete,"type":type === 'number' ? 'text' : type,"inputmode":keyboard,"class":type === 'date' || type === 'time' || type === 'number' ? 'short' : width,"aria-describedby":describedby,"aria-invalid":invalid,"value":text,});}
		}
	 }
}


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const Field__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type Field__SvelteComponent_ = ReturnType<typeof Field__SvelteComponent_>;
/*Ωignore_endΩ*/export default Field__SvelteComponent_;