import { references } from './expression.ts';
import type { FormNode } from './form.ts';
import type { PathOptions, Paths } from './paths.ts';
import { instanceExpressions } from './regions.ts';
import { element, type XmlElement } from './xml.ts';

/**
 * Comparison signs inside `instance(…)` in a label come out escaped once more than XPath wants. pyxform 4.5 writes
 * them so, and its output is the measure here; whoever uses it is warned (`escapedComparisons`).
 */
function escapeOnce(expression: string): string {
	return expression.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Does a text contain an expression over other data whose comparison signs will not survive? */
export function escapedComparisons(text: string): boolean {
	return instanceExpressions(text).some((region) => /[<>&]/.test(text.slice(region.start, region.end)));
}

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
		const value = paths.resolve(piece.text, context, options);
		children.push(element('output', { value: inside(piece.at) ? escapeOnce(value) : value }));
		at = piece.at + piece.text.length;
	}
	if (at < text.length) children.push(text.slice(at));
	return children;
}
