///<reference types="svelte" />
;
import { getLocale } from '#paraglide/runtime.js';
import { formatDate, formatDay, type DateLike } from './format.ts';
;

	interface Props {
		value: DateLike;
		/** The programme's time zone, IANA name. */
		tz: string;
		/** Without the distance in brackets: in tables, where space is dear. */
		short?: boolean;
	};function $$render() {

	
	

	const { value, tz, short = false }: Props = $props();
	const locale = getLocale();
	const machine = $derived(value instanceof Date ? value.toISOString() : value);
;
async () => {

 { svelteHTML.createElement("time", { "datetime":machine,});short ? formatDay(value, locale, tz) : formatDate(value, locale, tz); }
};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const DateText__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type DateText__SvelteComponent_ = ReturnType<typeof DateText__SvelteComponent_>;
/*Ωignore_endΩ*/export default DateText__SvelteComponent_;