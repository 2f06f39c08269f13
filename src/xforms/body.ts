import { hasReference } from './expression.ts';
import { descendants, xpath, type FormNode, type XForm } from './form.ts';
import { hintNeedsItext, itextRef, labelNeedsItext, listNeedsItext } from './itext.ts';
import { itemsetOf } from './itemset.ts';
import { actionElement } from './actions.ts';
import { withOutputs } from './outputs.ts';
import type { Paths } from './paths.ts';
import { QUESTION_TYPES } from './questionTypes.ts';
import { refuse } from './refusal.ts';
import { element, type XmlElement } from './xml.ts';

/** What the writing of the body needs to know. */
export type BodyContext = {
	readonly form: XForm;
	readonly paths: Paths;
	/** Choice lists whose choices are looked up with `search()`. */
	readonly searched: ReadonlySet<string>;
};

/** Name of a question -> questions that its change computes. */
type Triggered = ReadonlyMap<string, readonly FormNode[]>;

/** @throws Refusal `survey.no-label`, `trigger.hidden`, `reference.*` */
export function bodyOf(context: BodyContext): XmlElement {
	const triggered = new Map<string, FormNode[]>();
	for (const node of descendants(context.form.root)) {
		for (const name of node.triggers) triggered.set(name, [...(triggered.get(name) ?? []), node]);
	}
	const style = context.form.settings['style'];
	return element('h:body', { class: style }, controls(context.form.root, context, triggered));
}

function controls(node: FormNode, context: BodyContext, triggered: Triggered): XmlElement[] {
	return node.children.flatMap((child) => {
		const control = controlOf(child, context, triggered);
		return control === undefined ? [] : [control];
	});
}

function controlOf(node: FormNode, context: BodyContext, triggered: Triggered): XmlElement | undefined {
	if (node.kind === 'group') return groupOf(node, context, triggered);
	if (node.kind === 'repeat') return repeatOf(node, context, triggered);
	if (node.kind !== 'question') return undefined;
	const nested = triggered.get(node.name) ?? [];
	const located = nested.filter((target) => target.type === 'background-geopoint');
	const computed = nested.filter((target) => !located.includes(target));
	if (!isShown(node)) return refuseHiddenTrigger(node, computed);
	const control = questionOf(node, context);
	control?.children.push(...[...computed, ...located].map((target) => valueChanged(target, node, context)));
	return control;
}

/** What is only computed never changes under anybody's hands. */
function refuseHiddenTrigger(node: FormNode, [first]: readonly FormNode[]): undefined {
	if (first === undefined) return;
	refuse('trigger.hidden', { sheet: 'survey', row: first.row, column: 'trigger' }, { name: node.name, target: first.name });
}

function isShown(node: FormNode): boolean {
	if (node.type === 'calculate') return false;
	const computed = node.bind['calculate'] !== undefined || node.triggers.length > 0;
	return !computed || node.label !== undefined || node.hint !== undefined;
}

function groupOf(node: FormNode, context: BodyContext, triggered: Triggered): XmlElement | undefined {
	if (node.name === 'meta' && node.type === 'meta') return undefined;
	const label = node.label === undefined ? [] : [labelOf(node, context)];
	return element('group', { ...resolved(node.control, node, context), ref: xpath(node) }, [...label, ...controls(node, context, triggered)]);
}

function repeatOf(node: FormNode, context: BodyContext, triggered: Triggered): XmlElement {
	const path = xpath(node);
	const repeat = element('repeat', { nodeset: path, ...resolved(node.control, node, context) }, controls(node, context, triggered));
	for (const inner of ownDescendants(node)) {
		for (const action of inner.actions) {
			if (action.event === 'odk-new-repeat') repeat.children.push(actionElement(action, inner, context.paths));
		}
	}
	return element('group', { ref: path }, [labelOf(node, context), repeat]);
}

/** What lies in a repeat but not in a repeat inside it. */
function* ownDescendants(repeat: FormNode): Generator<FormNode> {
	for (const child of repeat.children) {
		if (child.kind === 'repeat') continue;
		yield child;
		yield* ownDescendants(child);
	}
}

function questionOf(node: FormNode, context: BodyContext): XmlElement | undefined {
	const tag = QUESTION_TYPES.get(node.type)?.control;
	if (tag === undefined || tag === 'action') return undefined;
	if (node.label === undefined && node.hint === undefined && Object.keys(node.media).length === 0) {
		refuse('survey.no-label', { sheet: 'survey', row: node.row, column: 'label' }, { name: node.name });
	}
	const attributes: Record<string, string> = { ref: xpath(node), ...resolved(node.control, node, context) };
	if (node.query !== undefined) {
		const filter = node.choiceFilter ?? '';
		const place = { sheet: 'survey', row: node.row, column: 'choice_filter' };
		attributes['query'] = `instance('${node.query}')/root/item[${context.paths.resolve(filter, node, { current: true, place })}]`;
	}
	return element(tag, attributes, [labelOf(node, context), ...hintOf(node, context), ...choicesOf(node, context), ...tagsOf(node, context)]);
}

/** Attributes of the control, with references resolved. */
function resolved(control: Readonly<Record<string, string>>, node: FormNode, context: BodyContext): Record<string, string> {
	return Object.fromEntries(
		Object.entries(control).map(([key, value]) => {
			const place = { sheet: 'survey', row: node.row, column: key };
			const path = context.paths.resolve(value, node, { place });
			return [key, key === 'jr:count' ? path.trim() : path];
		})
	);
}

export function labelOf(node: FormNode, { paths }: Pick<BodyContext, 'paths'>): XmlElement {
	if (labelNeedsItext(node)) return element('label', { ref: itextRef(`${xpath(node)}:label`) });
	if (typeof node.label !== 'string') return element('label');
	return element('label', {}, withOutputs(node.label, node, paths, { place: { sheet: 'survey', row: node.row, column: 'label' } }));
}

function hintOf(node: FormNode, { paths }: BodyContext): XmlElement[] {
	if (hintNeedsItext(node)) return [element('hint', { ref: itextRef(`${xpath(node)}:hint`) })];
	if (typeof node.hint !== 'string') return [];
	return [element('hint', {}, withOutputs(node.hint, node, paths, { place: { sheet: 'survey', row: node.row, column: 'hint' } }))];
}

function choicesOf(node: FormNode, context: BodyContext): XmlElement[] {
	const { itemset } = node;
	if (itemset === undefined) return [];
	const choices = context.form.choices.get(itemset);
	if (choices === undefined || !context.searched.has(itemset)) return [itemsetOf(node, itemset, context)];
	const itext = listNeedsItext(choices);
	return choices.map((choice, index) => {
		const label = itext
			? element('label', { ref: itextRef(`${itemset}-${index}`) })
			: element('label', {}, typeof choice.label === 'string' ? [choice.label] : []);
		return element('item', {}, [label, element('value', {}, [choice.name])]);
	});
}

/** Tags of an OpenStreetMap upload. */
function tagsOf(node: FormNode, context: BodyContext): XmlElement[] {
	return node.tags.map((tag) => {
		const text = (label: string): XmlElement => element('label', {}, hasReference(label) ? withOutputs(label, node, context.paths) : [label]);
		const choices = (tag.choices ?? []).map((choice) =>
			element('item', {}, [text(typeof choice.label === 'string' ? choice.label : ''), element('value', {}, [choice.name])])
		);
		return element('tag', { key: tag.name }, [text(typeof tag.label === 'string' ? tag.label : ''), ...choices]);
	});
}

/** What happens when the trigger's answer changes: the target is computed, or located. */
function valueChanged(target: FormNode, trigger: FormNode, { paths }: BodyContext): XmlElement {
	const event = 'xforms-value-changed';
	if (target.type === 'background-geopoint') return element('odk:setgeopoint', { ref: xpath(target), event });
	const calculation = target.bind['calculate'];
	const place = { sheet: 'survey', row: target.row, column: 'calculation' };
	const value = typeof calculation === 'string' ? paths.resolve(calculation, trigger, { place }) : undefined;
	return element('setvalue', { ref: xpath(target), event, value });
}
