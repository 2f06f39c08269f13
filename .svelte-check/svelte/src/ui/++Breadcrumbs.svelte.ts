///<reference types="svelte" />
;
import { m } from '#paraglide/messages.js';
;

	interface Props {
		/** From the section down; the last one is this page and needs no address. */
		trail: readonly { label: string; href?: string | undefined }[];
	};function $$render() {

	

	const { trail }: Props = $props();
;
async () => {

 { svelteHTML.createElement("nav", { "aria-label":m.ui_breadcrumbs(),});
	 { svelteHTML.createElement("ol", {});
		    for(let step of __sveltets_2_ensureArray(trail)){let i = 1;i;
			 { svelteHTML.createElement("li", {});
				if(step.href && i < trail.length - 1){ { svelteHTML.createElement("a", { "href":step.href,});step.label; }}else{
					 { svelteHTML.createElement("span", { "aria-current":i === trail.length - 1 ? 'page' : undefined,});step.label; }
				}
			 }
		}
	 }
 }


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const Breadcrumbs__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type Breadcrumbs__SvelteComponent_ = ReturnType<typeof Breadcrumbs__SvelteComponent_>;
/*Ωignore_endΩ*/export default Breadcrumbs__SvelteComponent_;