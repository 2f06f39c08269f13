///<reference types="svelte" />
;;
	interface Props {
		/** Each tab is a page of its own, with an address. */
		tabs: readonly { href: string; label: string; count?: string | undefined; current?: boolean }[];
		label: string;
	};function $$render() {


	const { tabs, label }: Props = $props();
;
async () => {

 { svelteHTML.createElement("nav", { "aria-label":label,});
	 { svelteHTML.createElement("ul", {});
		   for(let tab of __sveltets_2_ensureArray(tabs)){tab.href;
			 { svelteHTML.createElement("li", {});
				 { svelteHTML.createElement("a", {   "href":tab.href,"aria-current":tab.current ? 'page' : undefined,});
					tab.label;if(tab.count !== undefined){ { svelteHTML.createElement("span", {});tab.count; }}
				 }
			 }
		}
	 }
 }


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const Tabs__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type Tabs__SvelteComponent_ = ReturnType<typeof Tabs__SvelteComponent_>;
/*Ωignore_endΩ*/export default Tabs__SvelteComponent_;