///<reference types="svelte" />
;
import { m } from '#paraglide/messages.js';
import Icon from './Icon.svelte';
import type { LanguageLink } from './shell.ts';
;

	interface Props {
		languages: readonly LanguageLink[];
	};function $$render() {

	
	
	

	const { languages }: Props = $props();
	const current = $derived(languages.find((language) => language.current));
;
async () => {

 { svelteHTML.createElement("details", {});
	 { svelteHTML.createElement("summary", {});
		 { const $$_nocI2C = __sveltets_2_ensureComponent(Icon); new $$_nocI2C({ target: __sveltets_2_any(), props: {  "name":`language`,}});} { svelteHTML.createElement("span", { "class":`unseen`,});m.ui_language();  }
		 { svelteHTML.createElement("span", { "lang":current?.locale,});current?.label ?? m.ui_language(); }
		 { const $$_nocI2C = __sveltets_2_ensureComponent(Icon); new $$_nocI2C({ target: __sveltets_2_any(), props: {  "name":`open`,}});}
	 }
	 { svelteHTML.createElement("ul", {});
		   for(let language of __sveltets_2_ensureArray(languages)){language.locale;
			 { svelteHTML.createElement("li", {});
				 { svelteHTML.createElement("a", {        "href":language.href,"lang":language.locale,"hreflang":language.locale,"aria-current":language.current ? 'true' : undefined,});language.label; }
			 }
		}
	 }
 }


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const LanguageMenu__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type LanguageMenu__SvelteComponent_ = ReturnType<typeof LanguageMenu__SvelteComponent_>;
/*Ωignore_endΩ*/export default LanguageMenu__SvelteComponent_;