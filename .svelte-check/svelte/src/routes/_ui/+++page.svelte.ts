///<reference types="svelte" />
;
import { page } from '$app/state';
import { getLocale, locales, localizeHref } from '#paraglide/runtime.js';
import Breadcrumbs from '#ui/Breadcrumbs.svelte';
import Button from '#ui/Button.svelte';
import Card from '#ui/Card.svelte';
import Chart from '#ui/Chart.svelte';
import ConfirmButton from '#ui/ConfirmButton.svelte';
import DataTable from '#ui/DataTable.svelte';
import DateText from '#ui/DateText.svelte';
import DefinitionList from '#ui/DefinitionList.svelte';
import Meter from '#ui/Meter.svelte';
import Notice from '#ui/Notice.svelte';
import PageTitle from '#ui/PageTitle.svelte';
import Progress from '#ui/Progress.svelte';
import Quote from '#ui/Quote.svelte';
import Shell from '#ui/Shell.svelte';
import Tabs from '#ui/Tabs.svelte';
import Tag from '#ui/Tag.svelte';
import ThreadLine from '#ui/ThreadLine.svelte';
import WhoCanSee from '#ui/WhoCanSee.svelte';
import { formatMoney } from '#ui/format.ts';
import GalleryForm from './GalleryForm.svelte';
import { galleryColumns, sampleGaps, sampleThread } from './samples.ts';
function $$render() {
  const funder/*Ωignore_positionΩ*/ = ()/*Ωignore_startΩ*/: ReturnType<import('svelte').Snippet>/*Ωignore_endΩ*/ => { async ()/*Ωignore_positionΩ*/ => {
	 { svelteHTML.createElement("p", { "class":`small`,});            }
};return __sveltets_2_any(0)};
	
	
	
	
	
	
	
	
	
	
	
	
	
	
	
	
	
	
	
	
	
	
	/*Ωignore_startΩ*/;type $$ComponentProps = { data: import('./$types.js').PageData };/*Ωignore_endΩ*/

	const { data }: $$ComponentProps = $props();
	const locale = getLocale();
	const names: Record<(typeof locales)[number], string> = {
		uz: 'Oʻzbekcha',
		'uz-Cyrl': 'Ўзбекча',
		ru: 'Русский',
		kaa: 'Qaraqalpaqsha',
		en: 'English'
	};
	const languages = locales.map((one) => ({
		locale: one,
		label: names[one],
		href: localizeHref('/_ui', { locale: one }),
		current: one === locale
	}));
	const sections = ['My work', 'Cockpit', 'Assessment', 'Gaps', 'Trainings', 'Action plans', 'Results', 'Policy', 'Services', 'Network'];
	const nav = sections.map((label) => ({
		href: `#${label.toLowerCase().replace(' ', '-')}`,
		label,
		current: label === 'Gaps',
		quick: ['My work', 'Cockpit', 'Assessment', 'Gaps', 'Action plans'].includes(label),
		short: label === 'Assessment' ? 'Answers' : undefined
	}));
	const gap = sampleGaps(locale)[1];
	const tz = 'Asia/Tashkent';
;
async () => {



  { const $$_llehS0C = __sveltets_2_ensureComponent(Shell); new $$_llehS0C({ target: __sveltets_2_any(), props: {          children:() => { return __sveltets_2_any(0); },"programme":`Gallery of components`,nav,languages,funder,"home":localizeHref('/'),"person":{ name: 'Demonstration: coordinator', href: '#me' },"demo":`Demonstration programme: every answer, plan and person here is made up.`,}});
	 { const $$_sbmurcdaerB1C = __sveltets_2_ensureComponent(Breadcrumbs); new $$_sbmurcdaerB1C({ target: __sveltets_2_any(), props: {  "trail":[{ label: 'Gaps', href: '#gaps' }, { label: 'G-02' }],}});}
	 { const $$_eltiTegaP1C = __sveltets_2_ensureComponent(PageTitle); const $$_eltiTegaP1 = new $$_eltiTegaP1C({ target: __sveltets_2_any(), props: {     "heading":gap?.title ?? '',"tab":`Gaps`,"lede":gap?.place,actions:() => { async ()/*Ωignore_positionΩ*/ => {
			 { const $$_nottuB0C = __sveltets_2_ensureComponent(Button); new $$_nottuB0C({ target: __sveltets_2_any(), props: { children:() => { return __sveltets_2_any(0); },"href":`#next`,}});   Button}
			 { const $$_nottuB0C = __sveltets_2_ensureComponent(Button); new $$_nottuB0C({ target: __sveltets_2_any(), props: {   children:() => { return __sveltets_2_any(0); },"href":`#remind`,"kind":`quiet`,}});  Button}
			 { const $$_nottuB0C = __sveltets_2_ensureComponent(Button); new $$_nottuB0C({ target: __sveltets_2_any(), props: {      children:() => { return __sveltets_2_any(0); },"href":`#print`,"kind":`quiet`,"icon":`download`,"download":true,}});  Button}
		};return __sveltets_2_any(0)},}});/*Ωignore_startΩ*/const {actions} = $$_eltiTegaP1.$$prop_def;/*Ωignore_endΩ*/
		
	 PageTitle}
	 { const $$_sbaT1C = __sveltets_2_ensureComponent(Tabs); new $$_sbaT1C({ target: __sveltets_2_any(), props: {     "label":`Parts of the gap`,"tabs":[
			{ href: '#overview', label: 'Overview', current: true },
			{ href: '#whole', label: 'Whole thread' },
			{ href: '#history', label: 'History', count: '12' }
		],}});}
	 { const $$_draC1C = __sveltets_2_ensureComponent(Card); new $$_draC1C({ target: __sveltets_2_any(), props: {children:() => { return __sveltets_2_any(0); },}}); { const $$_eniLdaerhT2C = __sveltets_2_ensureComponent(ThreadLine); new $$_eniLdaerhT2C({ target: __sveltets_2_any(), props: {    "steps":sampleThread(locale),"here":`gap`,}});} Card}

	 { svelteHTML.createElement("div", { "class":`beside`,});
		 { svelteHTML.createElement("div", {});
			 { svelteHTML.createElement("h2", {});  }
			 { const $$_etouQ3C = __sveltets_2_ensureComponent(Quote); new $$_etouQ3C({ target: __sveltets_2_any(), props: {   children:() => { return __sveltets_2_any(0); },"source":`Figure F-12 · baseline 2023, n = 143 referrals, Samarkand`,"href":`#f12`,}});
				                  
			 Quote}
			 { const $$_etouQ3C = __sveltets_2_ensureComponent(Quote); new $$_etouQ3C({ target: __sveltets_2_any(), props: {     children:() => { return __sveltets_2_any(0); },"source":`Quotation Q-31 · centre staff, consent level: anonymous`,"href":`#q31`,"lang":`en`,}});
				             
			 Quote}
			 { svelteHTML.createElement("h2", {});  }
			 { const $$_draC3C = __sveltets_2_ensureComponent(Card); new $$_draC3C({ target: __sveltets_2_any(), props: {       children:() => { return __sveltets_2_any(0); },"title":`Joint duty roster, centre and district police`,"href":`#p04`,"meta":`Action plan P-04 · funded, ${formatMoney(3_850_000_000, 'UZS', locale)}`,}});
				 { svelteHTML.createElement("p", { "class":`row`,});
					 { const $$_gaT5C = __sveltets_2_ensureComponent(Tag); new $$_gaT5C({ target: __sveltets_2_any(), props: {children:() => { return __sveltets_2_any(0); },}});   Tag}  { const $$_gaT5C = __sveltets_2_ensureComponent(Tag); new $$_gaT5C({ target: __sveltets_2_any(), props: { children:() => { return __sveltets_2_any(0); },"tone":`accent`,}});  Tag}  { const $$_gaT5C = __sveltets_2_ensureComponent(Tag); new $$_gaT5C({ target: __sveltets_2_any(), props: { children:() => { return __sveltets_2_any(0); },"tone":`ok`,}});  Tag}
					 { const $$_gaT5C = __sveltets_2_ensureComponent(Tag); new $$_gaT5C({ target: __sveltets_2_any(), props: { children:() => { return __sveltets_2_any(0); },"tone":`late`,}});     Tag}  { const $$_gaT5C = __sveltets_2_ensureComponent(Tag); new $$_gaT5C({ target: __sveltets_2_any(), props: { children:() => { return __sveltets_2_any(0); },"tone":`broken`,}});    Tag}
				 }
			 Card}
			 { svelteHTML.createElement("h2", {});  }
			 { const $$_ecitoN3C = __sveltets_2_ensureComponent(Notice); new $$_ecitoN3C({ target: __sveltets_2_any(), props: {  children:() => { return __sveltets_2_any(0); },"tone":`ok`,"live":true,}});  Notice}
			 { const $$_ecitoN3C = __sveltets_2_ensureComponent(Notice); new $$_ecitoN3C({ target: __sveltets_2_any(), props: { children:() => { return __sveltets_2_any(0); },"title":`You are offline`,}});           Notice}
			 { const $$_ecitoN3C = __sveltets_2_ensureComponent(Notice); new $$_ecitoN3C({ target: __sveltets_2_any(), props: { children:() => { return __sveltets_2_any(0); },"tone":`late`,}});      Notice}
			 { const $$_ecitoN3C = __sveltets_2_ensureComponent(Notice); new $$_ecitoN3C({ target: __sveltets_2_any(), props: {   children:() => { return __sveltets_2_any(0); },"tone":`error`,"title":`This was not saved`,}});            Notice}
		 }
		 { svelteHTML.createElement("aside", {});
			 { const $$_draC3C = __sveltets_2_ensureComponent(Card); new $$_draC3C({ target: __sveltets_2_any(), props: { children:() => { return __sveltets_2_any(0); },"title":`Priority`,}});
				 { svelteHTML.createElement("p", {}); { const $$_reteM5C = __sveltets_2_ensureComponent(Meter); new $$_reteM5C({ target: __sveltets_2_any(), props: {    "value":88,"label":`Priority`,}});} }
				 { const $$_tsiLnoitinifeD4C = __sveltets_2_ensureComponent(DefinitionList); new $$_tsiLnoitinifeD4C({ target: __sveltets_2_any(), props: {   "items":[
						{ term: 'Severity', detail: '4.5 of 5' },
						{ term: 'People', detail: 'about 600 a year' },
						{ term: 'Paid', detail: formatMoney(123_450, 'EUR', locale) }
					],}});}
			 Card}
			 { const $$_draC3C = __sveltets_2_ensureComponent(Card); new $$_draC3C({ target: __sveltets_2_any(), props: { children:() => { return __sveltets_2_any(0); },"title":`Dates`,}});
				 { svelteHTML.createElement("p", {}); { const $$_txeTetaD5C = __sveltets_2_ensureComponent(DateText); new $$_txeTetaD5C({ target: __sveltets_2_any(), props: {   "value":`2026-11-24`,tz,}});} }
				 { svelteHTML.createElement("p", {}); { const $$_txeTetaD5C = __sveltets_2_ensureComponent(DateText); new $$_txeTetaD5C({ target: __sveltets_2_any(), props: {   "value":new Date(),tz,}});} }
			 Card}
			 { const $$_eeSnaCohW3C = __sveltets_2_ensureComponent(WhoCanSee); new $$_eeSnaCohW3C({ target: __sveltets_2_any(), props: {     "who":['Members of the programme in Samarkand', 'Analysts', 'Coordinators'],"note":`Public after the next briefing.`,}});}
		 }
	 }

	 { svelteHTML.createElement("h2", { "id":`table`,});  }
	 { const $$_elbaTataD1C = __sveltets_2_ensureComponent(DataTable); const $$_elbaTataD1 = new $$_elbaTataD1C({ target: __sveltets_2_any(), props: {                   "caption":`Gaps`,"columns":galleryColumns,"rows":data.rows,"rowKey":(row) => row.id,"matching":data.matching,"total":data.total,"url":page.url,"query":data.query,"exports":{ xlsx: '/_ui/gaps.xlsx', csv: '/_ui/gaps.csv' },heading:(column) => { async ()/*Ωignore_positionΩ*/ => {
			if(column.key === 'thread'){
				 { const $$_eniLdaerhT0C = __sveltets_2_ensureComponent(ThreadLine); new $$_eniLdaerhT0C({ target: __sveltets_2_any(), props: {    "head":true,"steps":sampleThread(locale),"label":column.label,}});}
			}else{column.label;}
		};return __sveltets_2_any(0)},cell:(row, column) => { async ()/*Ωignore_positionΩ*/ => {
			if(column.key === 'title'){ { svelteHTML.createElement("a", { "href":`#${row.id}`,});row.title; } { svelteHTML.createElement("br", {});} { svelteHTML.createElement("small", {});row.place; }
			} else if (column.key === 'priority'){ { const $$_reteM0C = __sveltets_2_ensureComponent(Meter); new $$_reteM0C({ target: __sveltets_2_any(), props: {    "value":row.priority,"label":`Priority`,}});}
			} else if (column.key === 'thread'){ { const $$_eniLdaerhT0C = __sveltets_2_ensureComponent(ThreadLine); new $$_eniLdaerhT0C({ target: __sveltets_2_any(), props: {  "mini":true,"steps":row.steps,}});}
			} else if (column.key === 'since'){ { const $$_gaT0C = __sveltets_2_ensureComponent(Tag); new $$_gaT0C({ target: __sveltets_2_any(), props: { children:() => { return __sveltets_2_any(0); },"tone":row.tone,}});row.since; Tag}
			}else{column.text(row);}
		};return __sveltets_2_any(0)},}});/*Ωignore_startΩ*/const {heading, cell} = $$_elbaTataD1.$$prop_def;/*Ωignore_endΩ*/
		
		
	 DataTable}

	 { svelteHTML.createElement("h2", { "id":`empty`,});  }
	 { const $$_elbaTataD1C = __sveltets_2_ensureComponent(DataTable); const $$_elbaTataD1 = new $$_elbaTataD1C({ target: __sveltets_2_any(), props: {                 "caption":`Trainings`,"columns":galleryColumns,"rows":[],"rowKey":(row) => row.id,"matching":0,"total":0,"url":page.url,"query":data.query,empty:() => { async ()/*Ωignore_positionΩ*/ => {
			 { svelteHTML.createElement("p", {});                   }
			 { const $$_nottuB0C = __sveltets_2_ensureComponent(Button); new $$_nottuB0C({ target: __sveltets_2_any(), props: {   children:() => { return __sveltets_2_any(0); },"href":`#gaps`,"kind":`quiet`,}});   Button}
		};return __sveltets_2_any(0)},}});/*Ωignore_startΩ*/const {empty} = $$_elbaTataD1.$$prop_def;/*Ωignore_endΩ*/
		
	 DataTable}

	 { svelteHTML.createElement("h2", { "id":`charts`,});  }
	   for(let { chart, drawing } of __sveltets_2_ensureArray(data.charts)){chart.id;
		 { const $$_trahC1C = __sveltets_2_ensureComponent(Chart); new $$_trahC1C({ target: __sveltets_2_any(), props: {    chart,drawing,"csv":`/_ui/${chart.id}.csv`,}});}
	}

	 { svelteHTML.createElement("h2", { "id":`form`,});  }
	 { const $$_mroFyrellaG1C = __sveltets_2_ensureComponent(GalleryForm); new $$_mroFyrellaG1C({ target: __sveltets_2_any(), props: {}});}

	 { svelteHTML.createElement("h2", {});  }
	 { const $$_ssergorP1C = __sveltets_2_ensureComponent(Progress); new $$_ssergorP1C({ target: __sveltets_2_any(), props: {     children:() => { return __sveltets_2_any(0); },"label":`Import of places`,"share":0.42,"left":`2 min`,}});
		 { const $$_nottuB2C = __sveltets_2_ensureComponent(Button); new $$_nottuB2C({ target: __sveltets_2_any(), props: {   children:() => { return __sveltets_2_any(0); },"kind":`quiet`,"type":`button`,}});  Button}
	 Progress}
	 { const $$_ssergorP1C = __sveltets_2_ensureComponent(Progress); new $$_ssergorP1C({ target: __sveltets_2_any(), props: {  "label":`Counting`,}});}

	 { svelteHTML.createElement("h2", {});  }
	 { const $$_nottuBmrifnoC1C = __sveltets_2_ensureComponent(ConfirmButton); new $$_nottuBmrifnoC1C({ target: __sveltets_2_any(), props: {         "label":`Withdraw the finding`,"consequence":`Two gaps rest on this finding. They stay, and are shown as standing on nothing.`,"action":`#withdraw`,"typeName":`F-12`,}});}
 Shell}
};
return { props: {} as any as $$ComponentProps, exports: {}, bindings: __sveltets_$$bindings(''), slots: {}, events: {} }}
const Page__SvelteComponent_ = __sveltets_2_fn_component($$render());
/*Ωignore_startΩ*/type Page__SvelteComponent_ = ReturnType<typeof Page__SvelteComponent_>;
/*Ωignore_endΩ*/export default Page__SvelteComponent_;