///<reference types="svelte" />
;
import { m } from '#paraglide/messages.js';
import Field from './Field.svelte';
;

	interface Props {
		/** Sent as `name.uz`, `name.ru`, … */
		name: string;
		label: string;
		/** The languages of the programme, each by its own name; the base first or anywhere. */
		languages: readonly { locale: string; label: string }[];
		/** The language shown where a translation is missing. */
		base: string;
		values?: Readonly<Record<string, string | undefined>>;
		/** By locale. */
		errors?: Readonly<Record<string, string | undefined>>;
		hint?: string | undefined;
		long?: boolean;
		rows?: number;
		optional?: boolean;
		maxlength?: number | undefined;
	};function $$render() {

	
	

	const {
		name,
		label,
		languages,
		base,
		values = {},
		errors = {},
		hint,
		long = false,
		rows = 3,
		optional = false,
		maxlength
	}: Props = $props();
	const others = $derived(languages.filter((language) => language.locale !== base));
	const baseLabel = $derived(languages.find((language) => language.locale === base)?.label ?? base);
	const filled = $derived(others.filter((language) => values[language.locale]).length);
	const wrong = $derived(others.some((language) => errors[language.locale]));
	const type = $derived(long ? ('textarea' as const) : ('text' as const));
;
async () => {

 { svelteHTML.createElement("div", {     "class":`local`,"role":`group`,"aria-label":label,});
	 { const $$_dleiF1C = __sveltets_2_ensureComponent(Field); new $$_dleiF1C({ target: __sveltets_2_any(), props: {                 "name":`${name}.${base}`,"label":`${label} · ${baseLabel}`,"hint":[hint, m.ui_base_language()].filter(Boolean).join(' · '),"lang":base,"value":values[base],"error":errors[base],type,rows,optional,maxlength,}});}
	 { svelteHTML.createElement("details", { "open":wrong,});
		 { svelteHTML.createElement("summary", {});m.ui_other_languages({ filled: String(filled), total: String(others.length) }); }
		 { svelteHTML.createElement("div", { "class":`others`,});
			   for(let { locale, label: language } of __sveltets_2_ensureArray(others)){locale;
				 { const $$_dleiF3C = __sveltets_2_ensureComponent(Field); new $$_dleiF3C({ target: __sveltets_2_any(), props: {               "name":`${name}.${locale}`,"label":`${label} · ${language}`,"lang":locale,"value":values[locale],"error":errors[locale],"optional":true,type,rows,maxlength,}});}
			}
		 }
	 }
 }


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const LocalTextField__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type LocalTextField__SvelteComponent_ = ReturnType<typeof LocalTextField__SvelteComponent_>;
/*Ωignore_endΩ*/export default LocalTextField__SvelteComponent_;