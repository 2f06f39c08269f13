import { isReference, references } from './expression.ts';
import { repeatAround, type FormNode, type XForm } from './form.ts';
import { listNeedsItext } from './itext.ts';
import type { Paths } from './paths.ts';
import { fileExtension } from './selects.ts';
import { element, type XmlElement } from './xml.ts';

/** Where a question's choices come from, written as an `<itemset>`. */
export function itemsetOf(node: FormNode, itemset: string, context: { form: XForm; paths: Paths }): XmlElement {
	const source = isReference(itemset) ? fromRepeat(node, itemset, context.paths) : fromInstance(node, itemset, context);
	const nodeset = randomized(source.nodeset, node, context.paths);
	return element('itemset', { nodeset }, [element('value', { ref: source.value }), element('label', { ref: source.label })]);
}

type Source = { readonly nodeset: string; readonly value: string; readonly label: string };

function filterOf(node: FormNode, paths: Paths, acrossRepeat?: FormNode): string | undefined {
	if (node.choiceFilter === undefined) return undefined;
	const place = { sheet: 'survey', row: node.row, column: 'choice_filter' };
	return paths.resolve(node.choiceFilter, node, { current: true, acrossRepeat, place });
}

/** A choice list, an attached file or an entity list. */
function fromInstance(node: FormNode, itemset: string, { form, paths }: { form: XForm; paths: Paths }): Source {
	const extension = fileExtension(itemset);
	const name = extension === undefined ? itemset : itemset.slice(0, -extension.length);
	const filter = filterOf(node, paths);
	const itext = listNeedsItext(form.choices.get(itemset) ?? []);
	const geojson = extension === '.geojson';
	return {
		nodeset: `instance('${name}')/root/item${filter === undefined ? '' : `[${filter}]`}`,
		value: node.parameters['value'] ?? (geojson ? 'id' : 'name'),
		label: node.parameters['label'] ?? (geojson ? 'title' : itext ? 'jr:itext(itextId)' : 'label')
	};
}

/** Answers given in a repeat, offered as choices: `select_one ${child_name}`. Empty answers are left out. */
function fromRepeat(node: FormNode, itemset: string, paths: Paths): Source {
	const place = { sheet: 'survey', row: node.row, column: 'type' };
	const named = paths.find(references(itemset)[0]?.name ?? '', place);
	const whole = paths.resolve(itemset.trim(), node, { acrossRepeat: true, place }).trim();
	// A reference to a repeat (as in reference-geometry) means the geometries in it.
	const path = (named?.kind === 'repeat' ? `${whole}/geometry` : whole).split('/');
	const name = path.at(-1) ?? references(itemset)[0]?.name ?? '';
	const repeat = path.slice(0, -1).join('/');
	const source = named?.kind === 'repeat' || named === undefined ? named : repeatAround(named);
	const filter = filterOf(node, paths, source)?.replaceAll(`current()/${repeat}`, '.').replaceAll(repeat, '.');
	return { nodeset: `${repeat}[${filter ?? `./${name} != ''`}]`, value: name, label: name };
}

function randomized(nodeset: string, node: FormNode, paths: Paths): string {
	if (node.parameters['randomize'] !== 'true') return nodeset;
	const seed = node.parameters['seed'];
	if (seed === undefined) return `randomize(${nodeset})`;
	const place = { sheet: 'survey', row: node.row, column: 'parameters' };
	return `randomize(${nodeset}, ${paths.resolve(seed, node, { place }).trim()})`;
}
