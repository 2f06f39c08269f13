///<reference types="svelte" />
;
import { getLocale } from '#paraglide/runtime.js';
import { m } from '#paraglide/messages.js';
import { formatNumber } from './format.ts';
import type { ThreadState, ThreadStep, ThreadStepName } from './thread.ts';
;

	interface Props {
		steps: readonly ThreadStep[];
		/** In a table row: knots only; the words stay for screen readers. */
		mini?: boolean;
		/** `head` draws the words above the mini lines of a table. */
		head?: boolean;
		label?: string | undefined;
		/** The step of the record one is looking at. */
		here?: ThreadStepName | undefined;
	};function $$render() {

	
	
	
	

	const { steps, mini = false, head = false, label, here }: Props = $props();

	const names: Record<ThreadStepName, () => string> = {
		evidence: m.ui_thread_evidence,
		gap: m.ui_thread_gap,
		response: m.ui_thread_response,
		result: m.ui_thread_result,
		recommendation: m.ui_thread_recommendation,
		commitment: m.ui_thread_commitment,
		change: m.ui_thread_change
	};
	const states: Record<ThreadState, () => string> = {
		ok: m.ui_thread_state_ok,
		none: m.ui_thread_state_none,
		late: m.ui_thread_state_late,
		broken: m.ui_thread_state_broken
	};
	const number = (n: number): string => formatNumber(n, getLocale());
;
async () => {

 { svelteHTML.createElement("ol", {    "class":`thread`,"aria-label":label ?? m.ui_thread(),});mini;head;
	    for(let { step, state, count, href, note } of __sveltets_2_ensureArray(steps)){let i = 1;step;
		 { svelteHTML.createElement("li", {    "class":`${state} to-${steps[i + 1]?.state ?? 'end'}`,"aria-current":here === step ? 'step' : undefined,});here === step;
			if(!head){
				 { svelteHTML.createElement("svg", {           "class":`knot`,"viewBox":`0 0 16 16`,"width":`16`,"height":`16`,"aria-hidden":`true`,"focusable":`false`,});
					 { svelteHTML.createElement("circle", {      "cx":`8`,"cy":`8`,"r":`6.5`,});}
					if(state === 'late'){ { svelteHTML.createElement("path", {  "d":`M8 4.6V8l2.2 1.6`,});}}
					if(state === 'broken'){ { svelteHTML.createElement("path", {  "d":`M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8`,});}}
				 }
			}
			 { svelteHTML.createElement("span", {  "class":`words`,});mini;
				if(href && !mini && !head){ { svelteHTML.createElement("a", {  "class":`name`,href,});names[step](); }}else{ { svelteHTML.createElement("span", { "class":`name`,});names[step](); }}
				if(!head){
					if(count !== undefined && count > 0){ { svelteHTML.createElement("b", { "class":`count`,});number(count); }}
					if(note){ { svelteHTML.createElement("span", { "class":`note`,});note; }}
					if(!note || state !== 'broken'){ { svelteHTML.createElement("span", { "class":state === 'ok' || mini ? 'unseen' : 'state',});states[state](); }}
				}
			 }
		 }
	}
 }


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const ThreadLine__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type ThreadLine__SvelteComponent_ = ReturnType<typeof ThreadLine__SvelteComponent_>;
/*Ωignore_endΩ*/export default ThreadLine__SvelteComponent_;