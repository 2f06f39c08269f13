///<reference types="svelte" />
;
import type { Snippet } from 'svelte';
function $$render<Item extends { term: string; detail?: string | undefined; href?: string | undefined }>() {

	

	interface Props {
		items: readonly Item[];
		/** Draws the detail; without it, its text stands there. */
		detail?: Snippet<[Item]>;
	}
	const { items, detail }: Props = $props();
;
async () => {

 { svelteHTML.createElement("dl", {});
	   for(let item of __sveltets_2_ensureArray(items)){item.term;
		 { svelteHTML.createElement("div", {});
			 { svelteHTML.createElement("dt", {});item.term; }
			 { svelteHTML.createElement("dd", {});
				if(detail){;__sveltets_2_ensureSnippet(detail(item));} else if (item.href){ { svelteHTML.createElement("a", { "href":item.href,});item.detail; }}else{item.detail ??
						'–';}
			 }
		 }
	}
 }


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
class __sveltets_Render<Item extends { term: string; detail?: string | undefined; href?: string | undefined }> {
    props(): ReturnType<typeof $$render<Item>>['props'] { return null as any; }
    events(): ReturnType<typeof $$render<Item>>['events'] { return null as any; }
    slots(): ReturnType<typeof $$render<Item>>['slots'] { return null as any; }
    bindings() { return __sveltets_$$bindings(''); }
    exports() { return {}; }
}

interface $$IsomorphicComponent {
    new <Item extends { term: string; detail?: string | undefined; href?: string | undefined }>(options: import('svelte').ComponentConstructorOptions<ReturnType<__sveltets_Render<Item>['props']>>): import('svelte').SvelteComponent<ReturnType<__sveltets_Render<Item>['props']>, ReturnType<__sveltets_Render<Item>['events']>, ReturnType<__sveltets_Render<Item>['slots']>> & { $$bindings?: ReturnType<__sveltets_Render<Item>['bindings']> } & ReturnType<__sveltets_Render<Item>['exports']>;
    <Item extends { term: string; detail?: string | undefined; href?: string | undefined }>(internal: unknown, props: ReturnType<__sveltets_Render<Item>['props']> & {}): ReturnType<__sveltets_Render<Item>['exports']>;
    z_$$bindings?: ReturnType<__sveltets_Render<any>['bindings']>;
}
const DefinitionList__SvelteComponent_: $$IsomorphicComponent = null as any;
/*Ωignore_startΩ*/type DefinitionList__SvelteComponent_<Item extends { term: string; detail?: string | undefined; href?: string | undefined }> = InstanceType<typeof DefinitionList__SvelteComponent_<Item>>;
/*Ωignore_endΩ*/export default DefinitionList__SvelteComponent_;