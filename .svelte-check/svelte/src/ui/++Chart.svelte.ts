///<reference types="svelte" />
;
import type { ChartDrawing } from './chart.server.ts';
import { getLocale } from '#paraglide/runtime.js';
import { m } from '#paraglide/messages.js';
import { pattern, type BarChart, type ChartCell } from './chart.ts';
import { formatNumber, formatShare } from './format.ts';
;

	interface Props {
		chart: BarChart;
		/** From `drawChart` in the page's load. */
		drawing: ChartDrawing;
		/** The table stands open, where the figures matter more than the picture. */
		open?: boolean;
		/** Where the figures can be had as a file. */
		csv?: string | undefined;
		/** The rank of the title among the page's headings. */
		level?: 2 | 3 | 4;
	};function $$render() {
 const swatch/*Ωignore_positionΩ*/ = (i: number)/*Ωignore_startΩ*/: ReturnType<import('svelte').Snippet>/*Ωignore_endΩ*/ => { async ()/*Ωignore_positionΩ*/ => {
	 { svelteHTML.createElement("svg", {           "class":`swatch`,"viewBox":`0 0 24 16`,"width":`24`,"height":`16`,"aria-hidden":`true`,"focusable":`false`,});
		
		 { svelteHTML.createElement("defs", {}); pattern(`${chart.id}-k${i + 1}`, i + 1); }
		 { svelteHTML.createElement("g", { "class":`chart-bar-${i + 1}`,}); { svelteHTML.createElement("rect", {          "x":`0.5`,"y":`0.5`,"width":`23`,"height":`15`,"fill":`url(#${chart.id}-k${i + 1})`,});} }
	 }
};return __sveltets_2_any(0)};
	
	
	
	
	

	const { chart, drawing, open = false, csv, level = 3 }: Props = $props();
	const locale = getLocale();
	const shares = $derived(
		chart.categories.some((category) => category.cells.some((cell) => typeof cell !== 'string' && cell.share !== undefined))
	);
	const split = $derived(chart.series.length > 1);

	function written(cell: ChartCell | undefined, part: 'count' | 'share'): string {
		if (cell === 'fewer') return m.ui_fewer_than({ n: chart.threshold });
		if (cell === undefined || cell === 'withheld') return m.ui_withheld();
		if (part === 'count') return formatNumber(cell.count, locale);
		return cell.share === undefined ? '–' : formatShare(cell.share, locale);
	}
;
async () => {



 { svelteHTML.createElement("figure", { "class":`chart`,});
	 { svelteHTML.createElement(`h${level}`, {   "class":`title`,});chart.title; }
	if(split){
		 { svelteHTML.createElement("ul", { "class":`legend`,});
			    for(let series of __sveltets_2_ensureArray(chart.series)){let i = 1;series.key; { svelteHTML.createElement("li", {});;__sveltets_2_ensureSnippet(swatch(i));series.label; }}
		 }
	}
	
	
	 { svelteHTML.createElement("div", { "class":`wide`,}); drawing.wide; }
	
	 { svelteHTML.createElement("div", { "class":`narrow`,}); drawing.narrow; }
	 { svelteHTML.createElement("p", { "class":`source`,});
		m.ui_chart_source({ source: chart.source });chart.n === undefined
			? ''
			: ` · ${m.ui_chart_n({ n: formatNumber(chart.n, locale) })}`;
		if(chart.note){ { svelteHTML.createElement("br", {});}chart.note;}
	 }
	 { svelteHTML.createElement("details", {open,});
		 { svelteHTML.createElement("summary", {});m.ui_chart_table(); }
		
		 { svelteHTML.createElement("div", {       "class":`scroll`,"tabindex":0,"role":`region`,"aria-label":`${m.ui_chart_table()}: ${chart.title}`,});
			 { svelteHTML.createElement("table", {});
				 { svelteHTML.createElement("caption", { "class":`unseen`,});chart.title; }
				 { svelteHTML.createElement("thead", {});
					if(split){
						 { svelteHTML.createElement("tr", {});
							 { svelteHTML.createElement("td", {}); }
							   for(let series of __sveltets_2_ensureArray(chart.series)){series.key;
								 { svelteHTML.createElement("th", {   "scope":`colgroup`,"colspan":shares ? 2 : 1,});series.label; }
							}
						 }
					}
					 { svelteHTML.createElement("tr", {});
						 { svelteHTML.createElement("th", { "scope":`col`,});m.ui_chart_category(); }
						   for(let series of __sveltets_2_ensureArray(chart.series)){series.key;
							 { svelteHTML.createElement("th", {   "scope":`col`,"class":`number`,});m.ui_chart_count(); }
							if(shares){ { svelteHTML.createElement("th", {   "scope":`col`,"class":`number`,});m.ui_chart_share(); }}
						}
					 }
				 }
				 { svelteHTML.createElement("tbody", {});
					   for(let category of __sveltets_2_ensureArray(chart.categories)){category.key;
						 { svelteHTML.createElement("tr", {});
							 { svelteHTML.createElement("th", { "scope":`row`,});category.label; }
							    for(let series of __sveltets_2_ensureArray(chart.series)){let i = 1;series.key;
								 { svelteHTML.createElement("td", { "class":`number`,});written(category.cells[i], 'count'); }
								if(shares){ { svelteHTML.createElement("td", { "class":`number`,});written(category.cells[i], 'share'); }}
							}
						 }
					}
				 }
			 }
		 }
		if(csv){ { svelteHTML.createElement("p", {}); { svelteHTML.createElement("a", {  "href":csv,"download":true,});  } }}
	 }
 }


};
return { props: {} as any as Props, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const Chart__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type Chart__SvelteComponent_ = ReturnType<typeof Chart__SvelteComponent_>;
/*Ωignore_endΩ*/export default Chart__SvelteComponent_;