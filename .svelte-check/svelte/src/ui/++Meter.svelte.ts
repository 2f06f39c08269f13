///<reference types="svelte" />
;
import { getLocale } from '#paraglide/runtime.js';
import { m } from '#paraglide/messages.js';
import { formatNumber } from './format.ts';
;

	interface Props {
		value: number;
		max?: number;
		/** What is measured, for screen readers: "Priority". */
		label: string;
		/** Writes the number beside the bar. */
		number?: boolean;
	};function $$render() {

	
	
	

	const { value, max = 100, label, number = true }: Props = $props();
	const width = $derived(max > 0 ? Math.min(100, Math.max(0, (value / max) * 100)) : 0);
	const locale = getLocale();
	const said = $derived(m.ui_meter_of({ value: formatNumber(value, locale), max: formatNumber(max, locale) }));
;
async () => {

 { svelteHTML.createElement("span", { "class":`meter`,});
	 { svelteHTML.createElement("svg", {       "viewBox":`0 0 100 10`,"preserveAspectRatio":`none`,"role":`img`,"aria-label":`${label}: ${said}`,});
		 { svelteHTML.createElement("rect", {        "class":`ground`,"width":`100`,"height":`10`,"rx":`2`,});}
		 { svelteHTML.createElement("rect", {       "class":`bar`,width,"height":`10`,"rx":`2`,});}
	 }
	if(number){ { svelteHTML.createElement("span", { "aria-hidden":`true`,});formatNumber(value, locale); }}
 }


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const Meter__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type Meter__SvelteComponent_ = ReturnType<typeof Meter__SvelteComponent_>;
/*Ωignore_endΩ*/export default Meter__SvelteComponent_;