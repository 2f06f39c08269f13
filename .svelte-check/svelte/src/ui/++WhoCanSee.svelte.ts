///<reference types="svelte" />
;
import { m } from '#paraglide/messages.js';
import Icon from './Icon.svelte';
;

	interface Props {
		/** Who, in plain words: "Analysts of this round", "Coordinators". */
		who: readonly string[];
		/** What would widen the circle: "Public after the next briefing." */
		note?: string | undefined;
	};function $$render() {

	
	

	const { who, note }: Props = $props();
;
async () => {

 { svelteHTML.createElement("section", {});
	 { svelteHTML.createElement("h3", {}); { const $$_nocI2C = __sveltets_2_ensureComponent(Icon); new $$_nocI2C({ target: __sveltets_2_any(), props: {  "name":`eye`,}});} m.ui_who_can_see(); }
	if(who.length === 0){
		 { svelteHTML.createElement("p", {});m.ui_who_can_see_nobody(); }
	}else{
		 { svelteHTML.createElement("ul", {});
			   for(let name of __sveltets_2_ensureArray(who)){name; { svelteHTML.createElement("li", {});name; }}
		 }
	}
	if(note){ { svelteHTML.createElement("p", { "class":`small`,});note; }}
 }


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const WhoCanSee__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type WhoCanSee__SvelteComponent_ = ReturnType<typeof WhoCanSee__SvelteComponent_>;
/*Ωignore_endΩ*/export default WhoCanSee__SvelteComponent_;