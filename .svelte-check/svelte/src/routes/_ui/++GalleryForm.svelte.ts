///<reference types="svelte" />
;
import Button from '#ui/Button.svelte';
import Field from '#ui/Field.svelte';
import Form from '#ui/Form.svelte';
import LocalTextField from '#ui/LocalTextField.svelte';
import { errorOf } from '#ui/field.ts';
function $$render() {

	
	
	
	
	

	const errors = [
		{ field: 'title', message: 'Write what is missing, in one sentence.' },
		{ field: 'people', message: 'Write a whole number, for example 600.' }
	];
	const barriers = [
		{ value: 'availability', label: 'Availability', hint: 'The service does not exist there' },
		{ value: 'access', label: 'Access', hint: 'It exists, but people cannot reach it' },
		{ value: 'quality', label: 'Quality' }
	];
	const languages = [
		{ locale: 'uz', label: 'Oʻzbekcha' },
		{ locale: 'uz-Cyrl', label: 'Ўзбекча' },
		{ locale: 'ru', label: 'Русский' },
		{ locale: 'kaa', label: 'Qaraqalpaqsha' },
		{ locale: 'en', label: 'English' }
	];
;
async () => {

 { const $$_mroF0C = __sveltets_2_ensureComponent(Form); new $$_mroF0C({ target: __sveltets_2_any(), props: {    children:() => { return __sveltets_2_any(0); },errors,"action":`#form`,"label":`Sample form`,}});
	 { const $$_dleiF1C = __sveltets_2_ensureComponent(Field); new $$_dleiF1C({ target: __sveltets_2_any(), props: {        "name":`title`,"label":`What is missing?`,"hint":`One sentence a neighbour would understand.`,"error":errorOf(errors, 'title'),}});}
	 { const $$_dleiF1C = __sveltets_2_ensureComponent(Field); new $$_dleiF1C({ target: __sveltets_2_any(), props: {          "name":`people`,"label":`People affected in a year`,"type":`number`,"value":`about six`,"error":errorOf(errors, 'people'),}});}
	  { const $$_dleiF1C = __sveltets_2_ensureComponent(Field); new $$_dleiF1C({ target: __sveltets_2_any(), props: {        "name":`since`,"label":`Since when`,"type":`date`,"value":`2026-09-01`,"optional":true,}});}
	 { const $$_dleiF1C = __sveltets_2_ensureComponent(Field); new $$_dleiF1C({ target: __sveltets_2_any(), props: {          "name":`place`,"label":`Region`,"type":`select`,"width":`medium`,"options":[{ value: 'UZ-JI', label: 'Jizzax' }, { value: 'UZ-SA', label: 'Samarqand' }],}});}
	  { const $$_dleiF1C = __sveltets_2_ensureComponent(Field); new $$_dleiF1C({ target: __sveltets_2_any(), props: {      "name":`about`,"label":`Tell more`,"type":`textarea`,"optional":true,}});}
	 { const $$_dleiF1C = __sveltets_2_ensureComponent(Field); new $$_dleiF1C({ target: __sveltets_2_any(), props: {            "name":`barriers`,"label":`Barriers`,"type":`checkboxes`,"options":barriers,"value":['access'],"hint":`All that apply.`,}});}
	 { const $$_dleiF1C = __sveltets_2_ensureComponent(Field); new $$_dleiF1C({ target: __sveltets_2_any(), props: {          "name":`severity`,"label":`How severe?`,"type":`radios`,"options":[{ value: '1', label: 'Bearable' }, { value: '2', label: 'Dangerous' }],"value":`2`,}});}
	 { const $$_dleiF1C = __sveltets_2_ensureComponent(Field); new $$_dleiF1C({ target: __sveltets_2_any(), props: {          "name":`file`,"label":`Spreadsheet`,"type":`file`,"accept":`.xlsx`,"hint":`XLSForm, up to 10 MB.`,}});}
	 { const $$_dleiFtxeTlacoL1C = __sveltets_2_ensureComponent(LocalTextField); new $$_dleiFtxeTlacoL1C({ target: __sveltets_2_any(), props: {          "name":`summary`,"label":`Summary`,"base":`uz`,languages,"values":{ uz: 'Xavfsiz joy yoʻq', ru: 'Нет безопасного места' },}});}
	 { svelteHTML.createElement("div", { "class":`row`,});
		 { const $$_nottuB2C = __sveltets_2_ensureComponent(Button); new $$_nottuB2C({ target: __sveltets_2_any(), props: {children:() => { return __sveltets_2_any(0); },}});  Button}
		 { const $$_nottuB2C = __sveltets_2_ensureComponent(Button); new $$_nottuB2C({ target: __sveltets_2_any(), props: {     children:() => { return __sveltets_2_any(0); },"kind":`quiet`,"formnovalidate":true,"name":`draft`,"value":`1`,}});   Button}
		 { const $$_nottuB2C = __sveltets_2_ensureComponent(Button); new $$_nottuB2C({ target: __sveltets_2_any(), props: {   children:() => { return __sveltets_2_any(0); },"kind":`danger`,"formaction":`#delete`,}});  Button}
		 { const $$_nottuB2C = __sveltets_2_ensureComponent(Button); new $$_nottuB2C({ target: __sveltets_2_any(), props: {children:() => { return __sveltets_2_any(0); },"disabled":true,}});  Button}
	 }
 Form}
};
return { props: {} as Record<string, never>, exports: {}, bindings: "", slots: {}, events: {} }}
const GalleryForm__SvelteComponent_ = __sveltets_2_isomorphic_component(__sveltets_2_with_any_event($$render()));
/*Ωignore_startΩ*/type GalleryForm__SvelteComponent_ = InstanceType<typeof GalleryForm__SvelteComponent_>;
/*Ωignore_endΩ*/export default GalleryForm__SvelteComponent_;