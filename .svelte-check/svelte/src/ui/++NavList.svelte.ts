///<reference types="svelte" />
;
import type { NavItem } from './shell.ts';
;

	interface Props {
		items: readonly NavItem[];
		/** In one line under the name; as a list in the phone's menu; as the bar within reach of the thumb. */
		kind: 'line' | 'menu' | 'thumb';
	};function $$render() {

	

	const { items, kind }: Props = $props();
;
async () => {

 { svelteHTML.createElement("ul", { "class":kind,});
	   for(let item of __sveltets_2_ensureArray(items)){item.href;
		 { svelteHTML.createElement("li", {});
			 { svelteHTML.createElement("a", {   "href":item.href,"aria-current":item.current ? 'page' : undefined,});
				kind === 'thumb' ? (item.short ?? item.label) : item.label;
			 }
		 }
	}
 }


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const NavList__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type NavList__SvelteComponent_ = ReturnType<typeof NavList__SvelteComponent_>;
/*Ωignore_endΩ*/export default NavList__SvelteComponent_;