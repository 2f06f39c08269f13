///<reference types="svelte" />
;
	/** Outlines on a 16-unit grid, drawn with the colour of the text beside them. */
	const shapes = {
		search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM10.5 10.5 14 14',
		up: 'M8 13V3M4 7l4-4 4 4',
		down: 'M8 3v10M4 9l4 4 4-4',
		open: 'M4 6l4 4 4-4',
		sort: 'M5 6.5 8 3.5l3 3M5 9.5l3 3 3-3',
		left: 'M10 3 5 8l5 5',
		right: 'M6 3l5 5-5 5',
		close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
		check: 'M3 8.5 6.5 12 13 4.5',
		warning: 'M8 2.5 14.5 13.5h-13ZM8 6.5v3.5M8 11.8v.2',
		info: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8ZM8 7.2V11M8 4.8V5',
		clock: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8ZM8 4.5V8l2.5 1.8',
		download: 'M8 2.5v8M4.5 7.5 8 11l3.5-3.5M2.5 13.5h11',
		menu: 'M2 4h12M2 8h12M2 12h12',
		eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6Z',
		person: 'M8 2.5a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4ZM2.8 13.8c.5-2.6 2.6-4 5.2-4s4.7 1.4 5.2 4',
		language: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8ZM2 8h12M8 1.8c-4 4-4 8.4 0 12.4M8 1.8c4 4 4 8.4 0 12.4'
	} as const;

	export type IconName = keyof typeof shapes;
;;;
	interface Props {
		name: IconName;
	};function $$render() {


	const { name }: Props = $props();
;
async () => {



 { svelteHTML.createElement("svg", {           "class":`icon`,"viewBox":`0 0 16 16`,"width":`16`,"height":`16`,"aria-hidden":`true`,"focusable":`false`,});
	 { svelteHTML.createElement("path", {  "d":shapes[name],});}
 }


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const Icon__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type Icon__SvelteComponent_ = ReturnType<typeof Icon__SvelteComponent_>;
/*Ωignore_endΩ*/export default Icon__SvelteComponent_;