import { yesNo } from './vocabulary.ts';
import type { Text } from './cells.ts';
import { descendants, xpath, type FormNode, type XForm } from './form.ts';
import { actionElement } from './actions.ts';
import { instancesOf } from './instances.ts';
import { itextOf, itextRef, MESSAGES, messageNeedsItext } from './itext.ts';
import type { Paths } from './paths.ts';
import { element, type XmlElement } from './xml.ts';

/** The model of a form: translations, the blank form, other data, bindings and actions. */
export function modelOf(form: XForm, paths: Paths, searched: ReadonlySet<string>): XmlElement {
	const itext = itextOf(form, paths);
	const nodes = [...descendants(form.root)];
	const attributes = { 'odk:xforms-version': '1.0.0', 'entities:entities-version': form.entitiesVersion };
	return element('model', attributes, [
		...submissionOf(form),
		...(itext === undefined ? [] : [itext]),
		element('instance', {}, [blankForm(form, paths)]),
		...instancesOf(form, searched),
		...nodes.flatMap((node) => [...bindOf(node, paths), ...modelActions(node, paths)])
	]);
}

function submissionOf({ settings }: XForm): XmlElement[] {
	const url = settings['submission_url'];
	const attributes = {
		action: url,
		method: url === undefined ? undefined : 'post',
		base64RsaPublicKey: settings['public_key'],
		'orx:auto-send': settings['auto_send'],
		'orx:auto-delete': settings['auto_delete'],
		'odk:client-editable': yesNo(settings['client_editable']) === true ? 'true' : undefined
	};
	return Object.values(attributes).some((value) => value !== undefined) ? [element('submission', attributes)] : [];
}

function blankForm(form: XForm, paths: Paths): XmlElement {
	const root = blankNode(form.root, paths, false);
	Object.assign(root.attributes, form.attributes, { id: form.id });
	const optional: Record<string, string | undefined> = {
		xmlns: form.settings['instance_xmlns'],
		version: form.version,
		'odk:prefix': form.settings['prefix'],
		'odk:delimiter': form.settings['delimiter']
	};
	for (const [key, value] of Object.entries(optional)) if (value !== undefined) root.attributes[key] = value;
	return root;
}

/** A node of the blank form. Outside other repeats, a repeat is preceded by the template of its instances. */
function blankNode(node: FormNode, paths: Paths, insideRepeat: boolean): XmlElement {
	const blank = emptyNode(node, paths);
	for (const child of node.children) {
		if (child.kind === 'external') continue;
		if (child.kind === 'attribute') {
			blank.attributes[child.name] = child.default ?? '';
			continue;
		}
		if (child.kind === 'repeat' && !insideRepeat) blank.children.push(template(child, paths));
		blank.children.push(blankNode(child, paths, insideRepeat || child.kind === 'repeat'));
	}
	return blank;
}

function emptyNode(node: FormNode, paths: Paths): XmlElement {
	const attributes = Object.fromEntries(
		Object.entries(node.attributes).map(([key, value]) => {
			return [key, paths.resolve(value, node, { place: { sheet: node.sheet, row: node.row, column: `instance::${key}` } })];
		})
	);
	return element(node.name, attributes, node.default === undefined || node.dynamicDefault ? [] : [node.default]);
}

function template(repeat: FormNode, paths: Paths): XmlElement {
	const inside = repeat.children
		.filter((child) => child.kind !== 'external')
		.map((child) => (child.kind === 'repeat' ? template(child, paths) : blankNode(child, paths, false)));
	return element(repeat.name, { 'jr:template': '' }, inside);
}

/** Columns in which yes and no may be written for true() and false(). */
const CONVERTIBLE = new Set(['readonly', 'required', 'relevant', 'constraint', 'calculate']);

const COLUMNS: Readonly<Record<string, string>> = {
	calculate: 'calculation',
	'jr:constraintMsg': 'constraint_message',
	'jr:requiredMsg': 'required_message'
};

const ENTITY_COLUMNS: Readonly<Record<string, string>> = { label: 'label', create: 'create_if', update: 'update_if' };

function bindOf(node: FormNode, paths: Paths): XmlElement[] {
	const attributes: Record<string, string> = {};
	for (const [key, text] of Object.entries(node.bind)) {
		// What a trigger computes is set by an event, not bound.
		if (key === 'calculate' && node.triggers.length > 0) continue;
		const value = bindValue(node, key, text, paths);
		if (value !== undefined) attributes[key] = value;
	}
	return Object.keys(attributes).length === 0 ? [] : [element('bind', { nodeset: xpath(node), ...attributes })];
}

function bindValue(node: FormNode, key: string, text: Text, paths: Paths): string | undefined {
	const isMessage = MESSAGES.some((message) => message === key);
	if (isMessage && messageNeedsItext(text)) return itextRef(`${xpath(node)}:${key}`);
	if (typeof text !== 'string') return undefined;
	if (isMessage) return text;
	const answer = CONVERTIBLE.has(key) && !text.endsWith(')') ? yesNo(text) : undefined;
	if (answer !== undefined) return answer ? 'true()' : 'false()';
	return paths.resolve(text, node, { place: { sheet: node.sheet, row: node.row, column: columnOf(node, key) } });
}

/** The column in which the author wrote an expression. */
function columnOf(node: FormNode, key: string): string {
	if (node.sheet === 'settings') return 'instance_name';
	if (node.sheet === 'entities') return ENTITY_COLUMNS[node.name] ?? 'entity_id';
	return COLUMNS[key] ?? key;
}

function modelActions(node: FormNode, paths: Paths): XmlElement[] {
	return node.actions.filter((action) => action.event !== 'odk-new-repeat').map((action) => actionElement(action, node, paths));
}
