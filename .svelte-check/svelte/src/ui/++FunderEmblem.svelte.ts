///<reference types="svelte" />
;
import { m } from '#paraglide/messages.js';
;

	interface Props {
		/** "Funded by …", in the reader's language. */
		statement: string;
		/** The contract's disclaimer. */
		disclaimer?: string;
		/** A drawn frame in place of an emblem, where the funder is only a demonstration. */
		placeholder?: boolean;
	};function $$render() {

	

	const { statement, disclaimer = '', placeholder = false }: Props = $props();
;
async () => {

 { svelteHTML.createElement("div", { "class":`funder`,});
	if(placeholder){
		 { svelteHTML.createElement("svg", {         "viewBox":`0 0 60 40`,"width":`60`,"height":`40`,"role":`img`,"aria-label":m.ui_emblem_placeholder(),});
			 { svelteHTML.createElement("rect", {                "x":`1`,"y":`1`,"width":`58`,"height":`38`,"rx":`3`,"fill":`none`,"stroke":`currentColor`,"stroke-dasharray":`4 3`,});}
			 { svelteHTML.createElement("path", {      "d":`M12 28 L24 16 L34 26 L42 18 L50 28`,"fill":`none`,"stroke":`currentColor`,});}
		 }
	}
	 { svelteHTML.createElement("p", {});statement;if(disclaimer){ { svelteHTML.createElement("br", {});} { svelteHTML.createElement("small", {});disclaimer; }} }
 }


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const FunderEmblem__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type FunderEmblem__SvelteComponent_ = ReturnType<typeof FunderEmblem__SvelteComponent_>;
/*Ωignore_endΩ*/export default FunderEmblem__SvelteComponent_;