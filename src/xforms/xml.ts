/** A small XML tree, just enough to write a form. */
export type XmlElement = {
	readonly name: string;
	readonly attributes: Record<string, string>;
	readonly children: (XmlElement | string)[];
};

/** Builds an element; attributes that are undefined are left out. */
export function element(
	name: string,
	attributes: Readonly<Record<string, string | undefined>> = {},
	children: readonly (XmlElement | string)[] = []
): XmlElement {
	const kept: Record<string, string> = {};
	for (const [key, value] of Object.entries(attributes)) if (value !== undefined) kept[key] = value;
	return { name, attributes: kept, children: [...children] };
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Line ends and tabs in an attribute would otherwise be read back as spaces. */
function escapeAttribute(value: string): string {
	return value.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign).replace(/[\r\n\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function escapeText(value: string): string {
	return value.replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign).replace(/\r/g, '&#13;');
}

/**
 * Writes the tree as an indented document. Where an element holds text, nothing is indented, so that no white space
 * is added to what people read.
 */
export function serialize(root: XmlElement): string {
	const out: string[] = ['<?xml version="1.0"?>\n'];
	write(root, '', out);
	return out.join('');
}

function write(node: XmlElement, indent: string, out: string[]): void {
	out.push(indent, openTag(node));
	if (node.children.length === 0) {
		out.push('/>\n');
	} else if (node.children.some((child) => typeof child === 'string')) {
		out.push('>', ...node.children.map(inline), `</${node.name}>\n`);
	} else {
		out.push('>\n');
		for (const child of node.children) if (typeof child !== 'string') write(child, `${indent}  `, out);
		out.push(indent, `</${node.name}>\n`);
	}
}

function inline(node: XmlElement | string): string {
	if (typeof node === 'string') return escapeText(node);
	if (node.children.length === 0) return `${openTag(node)}/>`;
	return `${openTag(node)}>${node.children.map(inline).join('')}</${node.name}>`;
}

function openTag(node: XmlElement): string {
	const attributes = Object.entries(node.attributes).map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`);
	return `<${node.name}${attributes.join('')}`;
}
