import { SaxesParser } from 'saxes';

/** An XML file as a tree, for holding it against rules: names without prefixes. */
export type XmlTree = { readonly name: string; readonly namespace: string; readonly attributes: Readonly<Record<string, string>>; readonly children: readonly XmlTree[]; readonly text: string };

type Growing = { name: string; namespace: string; attributes: Record<string, string>; children: Growing[]; text: string };

/** Reads a file with every name and attribute in it; throws where it is not well-formed. */
export function treeOf(xml: string): XmlTree {
	const parser = new SaxesParser({ xmlns: true });
	const top: Growing = { name: '', namespace: '', attributes: {}, children: [], text: '' };
	const open = [top];
	parser.on('error', (error) => {
		throw error;
	});
	parser.on('opentag', (tag) => {
		const attributes = Object.values(tag.attributes).filter(({ prefix, local }) => prefix !== 'xmlns' && local !== 'xmlns');
		const node: Growing = { name: tag.local, namespace: tag.uri, attributes: Object.fromEntries(attributes.map(({ local, value }) => [local, value])), children: [], text: '' };
		open.at(-1)?.children.push(node);
		open.push(node);
	});
	parser.on('closetag', () => void open.pop());
	parser.on('text', (text) => {
		const node = open.at(-1);
		if (node) node.text += text;
	});
	parser.write(xml).close();
	const [root] = top.children;
	if (!root) throw new Error('no element');
	return root;
}

/**
 * What the REFI-QDA standard (QDA-XML 1.0, Codebook.xsd and Project.xsd of 18 March 2019, taken up by 1.5) demands of the parts that
 * are written here, told as rules of our own: which elements stand in which, in which order and how often, with which attributes.
 * Whatever is not named here is not written, and counts as a fault.
 */

type Occurs = 'once' | 'perhaps' | 'some' | 'any';
type Kind = 'guid' | 'text' | 'boolean' | 'colour' | 'integer' | 'moment' | 'variable';
type Rule = { readonly attributes: Readonly<Record<string, readonly [Kind, 'must' | 'may']>>; readonly children: readonly (readonly [string, Occurs])[]; readonly text?: true };

const words: Rule = { attributes: {}, children: [], text: true };
const reference: Rule = { attributes: { targetGUID: ['guid', 'must'] }, children: [] };

const common: Readonly<Record<string, Rule>> = {
	Codes: { attributes: {}, children: [['Code', 'some']] },
	Code: { attributes: { guid: ['guid', 'must'], name: ['text', 'must'], isCodable: ['boolean', 'must'], color: ['colour', 'may'] }, children: [['Description', 'perhaps'], ['Code', 'any']] },
	Description: words
};

/** Rules of a codebook file (`.qdc`). */
export const codebookRules: Readonly<Record<string, Rule>> = { ...common, CodeBook: { attributes: { origin: ['text', 'may'] }, children: [['Codes', 'once']] } };

/** Rules of the `project.qde` of a project. */
export const projectRules: Readonly<Record<string, Rule>> = {
	...common,
	CodeBook: { attributes: {}, children: [['Codes', 'once']] },
	Project: {
		attributes: { name: ['text', 'must'], origin: ['text', 'may'], creationDateTime: ['moment', 'may'] },
		children: [['Users', 'perhaps'], ['CodeBook', 'perhaps'], ['Variables', 'perhaps'], ['Sources', 'perhaps']]
	},
	Users: { attributes: {}, children: [['User', 'some']] },
	User: { attributes: { guid: ['guid', 'must'], name: ['text', 'may'] }, children: [] },
	Variables: { attributes: {}, children: [['Variable', 'some']] },
	Variable: { attributes: { guid: ['guid', 'must'], name: ['text', 'must'], typeOfVariable: ['variable', 'must'] }, children: [] },
	Sources: { attributes: {}, children: [['TextSource', 'some']] },
	TextSource: {
		attributes: { guid: ['guid', 'must'], name: ['text', 'may'], plainTextPath: ['text', 'may'], creationDateTime: ['moment', 'may'] },
		children: [['Description', 'perhaps'], ['PlainTextSelection', 'any'], ['VariableValue', 'any']]
	},
	PlainTextSelection: {
		attributes: { guid: ['guid', 'must'], name: ['text', 'may'], startPosition: ['integer', 'must'], endPosition: ['integer', 'must'], creatingUser: ['guid', 'may'] },
		children: [['Description', 'perhaps'], ['Coding', 'any']]
	},
	Coding: { attributes: { guid: ['guid', 'must'], creatingUser: ['guid', 'may'] }, children: [['CodeRef', 'once']] },
	CodeRef: reference,
	VariableValue: { attributes: {}, children: [['VariableRef', 'once'], ['TextValue', 'perhaps']] },
	VariableRef: reference,
	TextValue: words
};

const kinds: Readonly<Record<Kind, RegExp>> = {
	guid: /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\})$/i,
	text: /^[^]*$/,
	boolean: /^(?:true|false|1|0)$/,
	colour: /^#(?:[0-9a-f]{6}|[0-9a-f]{3})$/i,
	integer: /^[+-]?\d+$/,
	moment: /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/,
	variable: /^(?:Text|Boolean|Integer|Float|Date|DateTime)$/
};

/** What in a written file the standard does not allow: one line for each fault, with the path to it. Empty: none. */
export function faultsIn(root: XmlTree, rules: Readonly<Record<string, Rule>>, path = ''): string[] {
	const here = `${path}/${root.name}`;
	const rule = rules[root.name];
	if (!rule) return [`${here}: no such element`];
	return [...attributeFaults(root, rule, here), ...orderFaults(root, rule, here), ...root.children.flatMap((child) => faultsIn(child, rules, here))];
}

function attributeFaults({ attributes }: XmlTree, rule: Rule, here: string): string[] {
	const must = Object.entries(rule.attributes).flatMap(([name, [, need]]) => (need === 'must' && attributes[name] === undefined ? [`${here}: ${name} is missing`] : []));
	const wrong = Object.entries(attributes).flatMap(([name, value]) => {
		const kind = rule.attributes[name]?.[0];
		if (!kind) return [`${here}: no attribute ${name}`];
		return kinds[kind].test(value) ? [] : [`${here}: ${name} is no ${kind}: ${value}`];
	});
	return [...must, ...wrong];
}

function orderFaults({ children, text }: XmlTree, rule: Rule, here: string): string[] {
	const faults: string[] = [];
	if (!rule.text && text.trim() !== '') faults.push(`${here}: words between elements`);
	const order = rule.children.map(([name]) => name);
	let at = 0;
	for (const { name } of children) {
		const place = order.indexOf(name);
		if (place < 0) faults.push(`${here}: ${name} does not stand here`);
		else if (place < at) faults.push(`${here}: ${name} stands too late`);
		else at = place;
	}
	for (const [name, occurs] of rule.children) {
		const count = children.filter((child) => child.name === name).length;
		if ((occurs === 'once' || occurs === 'some') && count === 0) faults.push(`${here}: ${name} is missing`);
		if ((occurs === 'once' || occurs === 'perhaps') && count > 1) faults.push(`${here}: ${name} more than once`);
	}
	return faults;
}
