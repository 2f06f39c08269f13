import { references, tokens } from './expression.ts';
import { descendants, type Choice, type FormNode, type XForm } from './form.ts';
import { listNeedsItext } from './itext.ts';
import { refuse } from './refusal.ts';
import { fileExtension } from './selects.ts';
import { element, type XmlElement } from './xml.ts';

/** A source of data beside the answers: a choice list, an attached file, the submission before. */
type Source = {
	readonly name: string;
	readonly kind: 'external' | 'pulldata' | 'file' | 'last-saved' | 'choices';
	readonly uri: string | undefined;
	readonly row: number | undefined;
	readonly instance: XmlElement;
};

/** Expressions that may call `pulldata()` or look at the last saved submission. */
const EXPRESSIONS = ['calculate', 'constraint', 'readonly', 'required', 'relevant'];

/**
 * The secondary instances of a form. One name may be asked for in several places, as long as it means one source.
 * @throws Refusal `instance.duplicate`, `instance.clash`
 */
export function instancesOf(form: XForm, searched: ReadonlySet<string>): XmlElement[] {
	const nodes = [...descendants(form.root)];
	const sources = nodes.flatMap((node) => [...external(node), ...pulledData(node), ...attachedFile(node)]);
	if (nodes.some(asksLastSaved)) sources.push(source('last-saved', '__last-saved', 'jr://instance/last-saved', undefined));
	for (const [list, choices] of form.choices) if (!searched.has(list)) sources.push(choiceSource(list, choices));
	checkDuplicates(sources);
	const seen = new Map<string, Source>();
	for (const each of sources) {
		const first = seen.get(each.name);
		if (first === undefined) seen.set(each.name, each);
		else if (first.uri !== each.uri) {
			const facts = { name: each.name, first: first.uri ?? first.kind, second: each.uri ?? each.kind };
			refuse('instance.clash', { sheet: 'survey', row: each.row ?? first.row }, facts);
		}
	}
	return [...seen.values()].map((each) => each.instance);
}

function checkDuplicates(sources: readonly Source[]): void {
	const names = new Set<string>();
	for (const each of sources) {
		if (each.kind !== 'external') continue;
		if (names.has(each.name)) refuse('instance.duplicate', { sheet: 'survey', row: each.row }, { name: each.name });
		names.add(each.name);
	}
}

function source(kind: Source['kind'], name: string, uri: string, row: number | undefined): Source {
	return { kind, name, uri, row, instance: element('instance', { id: name, src: uri }) };
}

function external(node: FormNode): Source[] {
	if (node.kind !== 'external') return [];
	const uri = node.type === 'csv-external' ? `jr://file-csv/${node.name}.csv` : `jr://file/${node.name}.xml`;
	return [source('external', node.name, uri, node.row)];
}

function expressionsOf(node: FormNode): string[] {
	const bound = EXPRESSIONS.map((name) => node.bind[name]).filter((text) => typeof text === 'string');
	return [...bound, ...[node.choiceFilter, node.default].filter((text) => text !== undefined)];
}

/** `pulldata('prices', …)` reads prices.csv. */
function pulledData(node: FormNode): Source[] {
	return expressionsOf(node).flatMap((expression) => {
		if (!expression.includes('pulldata')) return [];
		const found = tokens(expression).filter((token) => token.kind !== 'space');
		return found.flatMap((token, index) => {
			const file = found[index + 1];
			if (token.kind !== 'call' || token.text !== 'pulldata(' || file?.kind !== 'literal') return [];
			const name = file.text.slice(1, -1).trim();
			return [source('pulldata', name, `jr://file-csv/${name}.csv`, node.row)];
		});
	});
}

function attachedFile(node: FormNode): Source[] {
	const extension = fileExtension(node.itemset ?? '');
	if (node.itemset === undefined || extension === undefined) return [];
	const name = node.itemset.slice(0, -extension.length);
	return [source('file', name, `jr://file${extension === '.csv' ? '-csv' : ''}/${node.itemset}`, node.row)];
}

function asksLastSaved(node: FormNode): boolean {
	return expressionsOf(node).some((expression) => references(expression).some((reference) => reference.lastSaved));
}

function choiceSource(list: string, choices: readonly Choice[]): Source {
	const itext = listNeedsItext(choices);
	const items = choices.map((choice, index) => {
		const children = itext ? [element('itextId', {}, [`${list}-${index}`])] : [];
		children.push(element('name', {}, [choice.name]));
		if (!itext && typeof choice.label === 'string') children.push(element('label', {}, [choice.label]));
		for (const [column, value] of Object.entries(choice.extra)) children.push(element(column, {}, [value]));
		if (choice.smsOption !== undefined) children.push(element('sms_option', {}, [choice.smsOption]));
		return element('item', {}, children);
	});
	const instance = element('instance', { id: list }, [element('root', {}, items)]);
	return { kind: 'choices', name: list, uri: undefined, row: undefined, instance };
}
