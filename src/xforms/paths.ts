import { references, tokens, type Reference } from './expression.ts';
import { descendants, lineage, repeatAround, xpath, type FormNode } from './form.ts';
import { refuse, type Place } from './refusal.ts';
import { indexedRepeatArguments, predicateRegions } from './regions.ts';

/** How references are written out. */
export type PathOptions = {
	/** Inside a predicate over other data, the question itself is `current()`. */
	readonly current?: boolean;
	/**
	 * A select over a repeat's own answers looks at all its instances, so paths go through the repeat's parent: for
	 * any repeat, or for the given one.
	 */
	readonly acrossRepeat?: boolean | FormNode | undefined;
	readonly place?: Place | undefined;
};

/** Replaces `${name}` by the XPath of what is named. */
export type Paths = {
	/** @throws Refusal `reference.unknown`, `reference.ambiguous` */
	resolve(expression: string, context: FormNode, options?: PathOptions): string;
	/** The node of that name; undefined when there is none. @throws Refusal `reference.ambiguous` */
	find(name: string, place?: Place): FormNode | undefined;
	all(name: string): readonly FormNode[];
};

export function pathsOf(root: FormNode): Paths {
	const named = new Map<string, FormNode[]>();
	for (const node of descendants(root)) {
		if (node.kind === 'external' || node.kind === 'attribute' || node.kind === 'element') continue;
		named.set(node.name, [...(named.get(node.name) ?? []), node]);
	}
	const find = (name: string, place: Place = {}): FormNode | undefined => {
		const found = named.get(name) ?? [];
		if (found.length > 1) refuse('reference.ambiguous', place, { name });
		return found[0];
	};
	const resolve = (expression: string, context: FormNode, options: PathOptions = {}): string => {
		const found = references(expression);
		if (found.length === 0) return expression;
		const absolute = indexedRepeatArguments(expression);
		const predicates = predicateRegions(expression);
		let out = '';
		let at = 0;
		for (const reference of found) {
			const target = find(reference.name, options.place) ?? refuse('reference.unknown', options.place ?? {}, { name: reference.name });
			const inPredicate = predicates.some(([start, end]) => start <= reference.at && reference.at < end);
			const path = absolute.has(reference.at)
				? absolutePath(target, reference)
				: pathTo(target, context, reference, { ...options, current: options.current === true || inPredicate });
			out += `${expression.slice(at, reference.at)} ${path} `;
			at = reference.at + reference.text.length;
		}
		return out + expression.slice(at);
	};
	return { resolve, find, all: (name) => named.get(name) ?? [] };
}

function absolutePath(target: FormNode, reference: Reference): string {
	return `${reference.lastSaved ? "instance('__last-saved')" : ''}${xpath(target)}`;
}

/**
 * Inside a repeat, a question means the answer of the same instance: the path goes up to what both share and down
 * again. Where they share no repeat, the path begins at the form.
 */
function pathTo(target: FormNode, context: FormNode, reference: Reference, options: PathOptions): string {
	if (reference.lastSaved) return absolutePath(target, reference);
	const above = lineage(context).slice(0, -1);
	const targetPath = lineage(target);
	let shared = 0;
	while (shared < above.length && shared < targetPath.length - 1 && above[shared] === targetPath[shared]) shared += 1;
	if (!above.slice(0, shared).some((node) => node.kind === 'repeat')) return absolutePath(target, reference);
	const repeat = repeatAround(target);
	if (options.acrossRepeat === true || (repeat !== undefined && options.acrossRepeat === repeat)) {
		const depth = repeat === undefined ? -1 : targetPath.indexOf(repeat);
		if (depth !== -1 && depth < shared) shared = depth;
	}
	const up = Array.from({ length: above.length - shared + 1 }, () => '..').join('/');
	const down = targetPath.slice(shared).map((node) => node.name).join('/');
	return `${options.current === true ? 'current()/' : ''}${up}/${down}`;
}

/** Does an expression call the function? Words inside quotes do not count. */
export function calls(expression: string, name: string): boolean {
	return tokens(expression).some((token) => token.kind === 'call' && token.text === `${name}(`);
}
