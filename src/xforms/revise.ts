import { SaxesParser } from 'saxes';
import type { SubmissionShape } from './submissionShape.ts';

/** One answer to be changed. `repeatIndexes`: which instance of each repeat around it, from 1, outermost first. */
export type Revision = { readonly path: string; readonly repeatIndexes: readonly number[]; readonly text: string };

/** One instance of a repeat: which, of each repeat around it and of itself, from 1, outermost first. */
export type Instance = { readonly path: string; readonly repeatIndexes: readonly number[] };

type Node = { name: string; attributes: Record<string, string>; children: Node[]; text: string };

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };
const escaped = (text: string): string => text.replace(/[&<>\r]/g, (sign) => escapes[sign] ?? sign);
const attribute = (text: string): string => text.replace(/[&<>"\r\n\t]/g, (sign) => escapes[sign] ?? `&#${sign.charCodeAt(0)};`);

/**
 * A new version of a submission with some answers changed: everything else stays as it came, in its order. An answer whose question
 * was left out gets its element where the form has it; the instance after the last one of a repeat is added. The new version names the one it replaces (`deprecatedID`).
 * @param xml a submission that this form has read before
 * @param removals instances that are taken out with all that is in them, counted as they stand before
 * @throws Error when an instance of a repeat is named that neither is there nor comes next, or is taken out and not there
 */
export function reviseSubmission(xml: string, shape: SubmissionShape, instanceId: string, revisions: readonly Revision[], removals: readonly Instance[] = []): string {
	const root = parse(xml);
	const order = new Map([...shape.elements.keys()].map((path, i) => [path, i]));
	const gone = new Set(removals.map((removal) => find(root, shape, order, removal, false)));
	for (const revision of revisions) {
		const target = find(root, shape, order, revision);
		target.children = [];
		target.text = revision.text;
	}
	if (gone.size > 0) without(root, gone);
	const meta = child(root, `/${shape.root}`, 'meta', order);
	const own = child(meta, `/${shape.root}/meta`, 'instanceID', order);
	const before = own.text.trim();
	own.text = instanceId;
	child(meta, `/${shape.root}/meta`, 'deprecatedID', order).text = before;
	return `<?xml version='1.0' ?>${write(root)}`;
}

function parse(xml: string): Node {
	const parser = new SaxesParser({ xmlns: false, position: false });
	const open: Node[] = [];
	let root: Node | undefined;
	parser.on('error', (error) => {
		throw error;
	});
	parser.on('opentag', ({ name, attributes }) => {
		const node: Node = { name, attributes: { ...attributes }, children: [], text: '' };
		const parent = open.at(-1);
		if (parent) parent.children.push(node);
		else root = node;
		open.push(node);
	});
	const say = (text: string): void => {
		const top = open.at(-1);
		if (top) top.text += text;
	};
	parser.on('text', say);
	parser.on('cdata', say);
	parser.on('closetag', () => void open.pop());
	parser.write(xml).close();
	if (!root) throw new Error('an empty document');
	return root;
}

function without(node: Node, gone: ReadonlySet<Node>): void {
	node.children = node.children.filter((each) => !gone.has(each));
	for (const each of node.children) without(each, gone);
}

/** @param adds whether the instance after the last one is made */
function find(root: Node, shape: SubmissionShape, order: ReadonlyMap<string, number>, { path, repeatIndexes }: Instance, adds = true): Node {
	const known = shape.elements.get(path);
	if (!known) throw new Error(`the form has no ${path}`);
	let node = root;
	let here = `/${shape.root}`;
	let repeat = 0;
	for (const [depth, name] of path.split('/').slice(2).entries()) {
		if (known.repeats[depth] === true) {
			const there = node.children.filter((each) => local(each.name) === name);
			const index = (repeatIndexes[repeat] ?? 0) - 1;
			if (index < 0 || index >= there.length + (adds ? 1 : 0)) throw new Error(`the submission has no such instance of ${here}/${name}`);
			node = there[index] ?? added(node, here, name, order);
			repeat += 1;
		} else node = child(node, here, name, order);
		here += `/${name}`;
	}
	return node;
}

/** The child of that name; made where the form has it when the submission left it out. */
function child(parent: Node, path: string, name: string, order: ReadonlyMap<string, number>): Node {
	return parent.children.find((each) => local(each.name) === name) ?? added(parent, path, name, order);
}

/** One more child of that name, after those that are there and where the form has them. */
function added(parent: Node, path: string, name: string, order: ReadonlyMap<string, number>): Node {
	const prefix = parent.name.includes(':') ? parent.name.slice(0, parent.name.indexOf(':') + 1) : '';
	const made: Node = { name: prefix + name, attributes: {}, children: [], text: '' };
	const rank = order.get(`${path}/${name}`) ?? Infinity;
	const at = parent.children.findIndex((each) => (order.get(`${path}/${local(each.name)}`) ?? -1) > rank);
	parent.children.splice(at === -1 ? parent.children.length : at, 0, made);
	// What had no children before was an empty element: the blanks in it mean nothing.
	parent.text = '';
	return made;
}

function write({ name, attributes, children, text }: Node): string {
	const head = name + Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(value)}"`).join('');
	if (children.length > 0) return `<${head}>${children.map(write).join('')}</${name}>`;
	return text === '' ? `<${head}/>` : `<${head}>${escaped(text)}</${name}>`;
}
