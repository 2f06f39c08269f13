import { tokens, type Token } from './expression.ts';

/** `instance('list')/root/item[name = ${q}]/label` inside an expression or a label. */
export type InstanceExpression = {
	readonly start: number;
	readonly end: number;
};

/** All expressions over secondary instances in a text, the outermost ones. */
export function instanceExpressions(text: string): InstanceExpression[] {
	if (!text.includes('instance(')) return [];
	const all = tokens(text);
	const found: InstanceExpression[] = [];
	for (let index = 0; index < all.length; index += 1) {
		const token = all[index];
		if (token?.kind !== 'call' || token.text !== 'instance(') continue;
		const region = readInstance(all, index);
		if (region === undefined) continue;
		found.push(region.expression);
		index = region.last;
	}
	return found;
}

function readInstance(all: readonly Token[], first: number): { expression: InstanceExpression; last: number } | undefined {
	const close = closing(all, first);
	if (close === undefined || all[close + 1]?.text !== '/') return undefined;
	let last = close;
	for (let index = close + 1; index < all.length; index += 1) {
		const token = all[index];
		if (token === undefined) break;
		if (token.kind === 'predicate' || token.text === '[') {
			const end = closing(all, index);
			if (end === undefined) break;
			index = end;
		} else if (token.kind !== 'name' && token.text !== '/') {
			break;
		}
		last = index;
	}
	const start = all[first]?.at ?? 0;
	return { expression: { start, end: endOf(all[last]) }, last };
}

function endOf(token: Token | undefined): number {
	return token === undefined ? 0 : token.at + token.text.length;
}

/** Index of the token that closes the bracket opened by the given one. */
function closing(all: readonly Token[], open: number): number | undefined {
	let depth = 0;
	for (let index = open; index < all.length; index += 1) {
		const token = all[index];
		if (token === undefined || token.kind === 'literal') continue;
		if (opens(token)) depth += 1;
		if (token.text === ')' || token.text === ']') {
			depth -= 1;
			if (depth === 0) return index;
		}
	}
	return undefined;
}

function opens(token: Token): boolean {
	return token.kind === 'call' || token.kind === 'predicate' || token.text === '(' || token.text === '[';
}

/**
 * Positions of all predicates in an expression that also looks at other data, the outermost ones, bracket to bracket:
 * inside any of them a path no longer begins at the question itself. Without other data, pyxform 4.5 leaves them be.
 */
export function predicateRegions(text: string): (readonly [number, number])[] {
	if (!text.includes('instance(')) return [];
	const all = tokens(text);
	const found: [number, number][] = [];
	for (let index = 0; index < all.length; index += 1) {
		const token = all[index];
		if (token === undefined || (token.kind !== 'predicate' && token.text !== '[')) continue;
		const end = closing(all, index);
		if (end === undefined) break;
		found.push([token.at, endOf(all[end])]);
		index = end;
	}
	return found;
}

/** `indexed-repeat(value, repeat, index, repeat, index, …)`: these arguments name nodes, not answers. */
const NODE_ARGUMENTS = new Set([0, 1, 3, 5]);

/** Positions of the references in an expression that stand for nodes in `indexed-repeat`. */
export function indexedRepeatArguments(text: string): Set<number> {
	const positions = new Set<number>();
	if (!text.includes('indexed-repeat(')) return positions;
	const stack: { indexed: boolean; argument: number }[] = [];
	for (const token of tokens(text)) {
		const innermost = stack.findLast((each) => each.indexed);
		if (token.kind === 'literal') continue;
		if (token.kind === 'reference' && innermost !== undefined && NODE_ARGUMENTS.has(innermost.argument)) positions.add(token.at);
		const top = stack.at(-1);
		if (opens(token)) stack.push({ indexed: token.text === 'indexed-repeat(', argument: 0 });
		else if (token.text === ')' || token.text === ']') stack.pop();
		else if (token.text === ',' && top !== undefined) top.argument += 1;
	}
	return positions;
}
