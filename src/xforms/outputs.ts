import { references } from './expression.ts';
import type { FormNode } from './form.ts';
import type { PathOptions, Paths } from './paths.ts';
import { instanceExpressions } from './regions.ts';
import { element, type XmlElement } from './xml.ts';

/**
 * A text that people read, with what is computed in it (`${name}`, `instance('list')/…`) as `<output>` elements.
 */
export function withOutputs(text: string, context: FormNode, paths: Paths, options: PathOptions = {}): (XmlElement | string)[] {
	const regions = instanceExpressions(text);
	const inside = (at: number): boolean => regions.some((region) => region.start <= at && at < region.end);
	const pieces = [
		...regions.map((region) => ({ at: region.start, text: text.slice(region.start, region.end) })),
		...references(text).filter((reference) => !inside(reference.at))
	].sort((a, b) => a.at - b.at);
	const children: (XmlElement | string)[] = [];
	let at = 0;
	for (const piece of pieces) {
		if (piece.at > at) children.push(text.slice(at, piece.at));
		children.push(element('output', { value: paths.resolve(piece.text, context, options) }));
		at = piece.at + piece.text.length;
	}
	if (at < text.length) children.push(text.slice(at));
	return children;
}
