import { SaxesParser } from 'saxes';

/** An XML file was refused: ill-formed, too deep, too large, or with a document type. */
export class XmlRefused extends Error {}

const limits = { depth: 120, elements: 500_000, attributes: 64 };

export type XmlHandlers = {
	/** @param name without its prefix. @param attribute by name, prefix left out too; undefined when it is not there */
	open(name: string, attribute: (name: string) => string | undefined, namespace: string): void;
	close(name: string): void;
	text(text: string): void;
};

/**
 * Reads XML by events. No document type, so no entities beyond XML's own five; limits on depth and number of elements.
 * @throws XmlRefused
 */
export function readXml(bytes: Uint8Array, handlers: XmlHandlers): void {
	const parser = new SaxesParser({ xmlns: true });
	let depth = 0;
	let elements = 0;
	const refuse = (): never => {
		throw new XmlRefused('refused');
	};
	parser.on('error', refuse);
	parser.on('doctype', refuse);
	parser.on('opentag', (tag) => {
		if (++depth > limits.depth || ++elements > limits.elements) refuse();
		const attributes = Object.values(tag.attributes);
		if (attributes.length > limits.attributes) refuse();
		handlers.open(tag.local, (name) => attributes.find((each) => each.local === name)?.value, tag.uri);
	});
	parser.on('closetag', (tag) => {
		depth--;
		handlers.close(tag.local);
	});
	parser.on('text', (text) => handlers.text(text));
	parser.on('cdata', (text) => handlers.text(text));
	try {
		parser.write(decodeXml(bytes)).close();
	} catch (cause) {
		// What our own handlers throw is not about the file.
		if (cause instanceof XmlRefused || cause instanceof TypeError) throw new XmlRefused('refused');
		throw cause;
	}
}

function decodeXml(bytes: Uint8Array): string {
	const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
	const label = wide ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
	return new TextDecoder(label, { fatal: true }).decode(bytes);
}
