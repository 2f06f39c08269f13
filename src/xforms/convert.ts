import { bodyOf } from './body.ts';
import { isName } from './expression.ts';
import { descendants, type FormNode, type XForm } from './form.ts';
import { modelOf } from './model.ts';
import { pathsOf } from './paths.ts';
import { readForm, type FormOptions } from './readForm.ts';
import { attempt, refuse, type Warning, type XlsFormError } from './refusal.ts';
import { fileExtension } from './selects.ts';
import type { Workbook } from './workbook.ts';
import { element, serialize, type XmlElement } from './xml.ts';

export type Conversion =
	| { readonly ok: true; readonly form: XForm; readonly xml: string; readonly warnings: readonly Warning[] }
	| { readonly ok: false; readonly errors: readonly XlsFormError[] };

/**
 * Converts an XLSForm into an ODK XForm.
 *
 * Behaviour follows pyxform 4.5 and the ODK XForms specification (https://getodk.github.io/xforms-spec/); what is
 * refused names its sheet, row and reason.
 *
 * @param workbook the sheets as text (`readXlsx`, `readMarkdown`, `readSheetsJson`)
 * @param options names for the form where its settings sheet gives none
 */
export function convert(workbook: Workbook, options: FormOptions = {}): Conversion {
	const result = attempt(() => {
		const form = readForm(workbook, options);
		return { form, xml: writeForm(form) };
	});
	return result.ok ? { ok: true, ...result.value, warnings: result.value.form.warnings } : result;
}

const NAMESPACES = {
	xmlns: 'http://www.w3.org/2002/xforms',
	'xmlns:h': 'http://www.w3.org/1999/xhtml',
	'xmlns:ev': 'http://www.w3.org/2001/xml-events',
	'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
	'xmlns:jr': 'http://openrosa.org/javarosa',
	'xmlns:orx': 'http://openrosa.org/xforms',
	'xmlns:odk': 'http://www.opendatakit.org/xforms'
};

/** @throws Refusal where a reference leads nowhere or a question cannot be shown */
function writeForm(form: XForm): string {
	const paths = pathsOf(form.root);
	const searched = searchedLists(form);
	const namespaces = {
		...NAMESPACES,
		...(form.entitiesVersion === undefined ? {} : { 'xmlns:entities': 'http://www.opendatakit.org/xforms/entities' }),
		...customNamespaces(form.settings['namespaces'])
	};
	const html = element('h:html', namespaces, [
		element('h:head', {}, [element('h:title', {}, [form.title]), modelOf(form, paths, searched)]),
		bodyOf({ form, paths, searched })
	]);
	checkNames(html, new Set(['xml', 'xmlns', ...Object.keys(namespaces).map((name) => name.replace('xmlns:', ''))]));
	return serialize(html);
}

/**
 * Columns such as `bind::esri:fieldType` become attributes as they are: their names must be names, and their
 * prefixes declared (settings, `namespaces`).
 * @throws Refusal `headers.unknown`
 */
function checkNames(node: XmlElement, prefixes: ReadonlySet<string>): void {
	for (const name of [node.name, ...Object.keys(node.attributes)]) {
		const prefix = name.includes(':') ? name.slice(0, name.indexOf(':')) : undefined;
		if (!isName(name) || (prefix !== undefined && !prefixes.has(prefix))) refuse('headers.unknown', { sheet: 'survey', row: 1 }, { columns: name });
	}
	for (const child of node.children) if (typeof child !== 'string') checkNames(child, prefixes);
}

/** `esri="http://esri.com/xforms" other="…"` on the settings sheet. */
function customNamespaces(setting: string | undefined): Record<string, string> {
	const namespaces: Record<string, string> = {};
	for (const match of (setting ?? '').matchAll(/([A-Za-z_][\w.-]*)=("[^"]*"|'[^']*'|\S+)/g)) {
		const prefix = `xmlns:${match[1] ?? ''}`;
		const uri = (match[2] ?? '').replace(/["']/g, '');
		if (uri !== '' && !/^xmlns:xml/i.test(prefix) && !Object.hasOwn(NAMESPACES, prefix)) namespaces[prefix] = uri;
	}
	return namespaces;
}

/**
 * Choice lists looked up with `search()`: their choices are written into the question itself, so no other question
 * can use the list. Attached files have their own way of being looked up.
 * @throws Refusal `select.search-mixed`, `select.search-file`
 */
function searchedLists(form: XForm): Set<string> {
	const all = [...descendants(form.root)].filter((node) => node.itemset !== undefined);
	const file = all.find((node) => isSearch(node) && fileExtension(node.itemset ?? '') !== undefined);
	if (file !== undefined) refuse('select.search-file', { sheet: 'survey', row: file.row, column: 'appearance' }, { name: file.name });
	const selects = all.filter((node) => form.choices.has(node.itemset ?? ''));
	const searches = selects.filter(isSearch);
	for (const node of searches) {
		const other = selects.find((each) => each.itemset === node.itemset && !searches.includes(each));
		if (other !== undefined) {
			const facts = { list: node.itemset ?? '', name: node.name, other: other.name };
			refuse('select.search-mixed', { sheet: 'survey', row: other.row, column: 'type' }, facts);
		}
	}
	return new Set(searches.map((node) => node.itemset ?? ''));
}

function isSearch(node: FormNode): boolean {
	return /\bsearch\(.*\)/.test(node.control['appearance'] ?? '');
}
