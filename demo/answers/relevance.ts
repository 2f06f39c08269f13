/** Answers by the name of their question; what was not asked is missing. */
export type Known = ReadonlyMap<string, string>;

/**
 * Whether a question of the baseline instrument is asked. Knows what the instrument uses and nothing more: comparisons
 * `${name} = 'value'`, `and`, `or` and brackets; anything else is a mistake in the instrument and said so.
 */
export function isAsked(expression: string | undefined, known: Known): boolean {
	if (expression === undefined || expression === '') return true;
	const parts = expression.match(/\$\{\w+\} = '\w+'|\(|\)|\band\b|\bor\b|\S+/g) ?? [];
	const at = { next: 0 };
	const answer = anyOf(parts, at, known);
	if (at.next < parts.length) throw new Error(`not understood: ${expression}`);
	return answer;
}

type Place = { next: number };

function anyOf(parts: readonly string[], at: Place, known: Known): boolean {
	let answer = allOf(parts, at, known);
	while (parts[at.next] === 'or') {
		at.next += 1;
		const right = allOf(parts, at, known);
		answer ||= right;
	}
	return answer;
}

function allOf(parts: readonly string[], at: Place, known: Known): boolean {
	let answer = one(parts, at, known);
	while (parts[at.next] === 'and') {
		at.next += 1;
		const right = one(parts, at, known);
		answer &&= right;
	}
	return answer;
}

function one(parts: readonly string[], at: Place, known: Known): boolean {
	const part = parts[at.next] ?? '';
	at.next += 1;
	if (part === '(') {
		const inside = anyOf(parts, at, known);
		if (parts[at.next] !== ')') throw new Error(`a bracket is missing: ${parts.join(' ')}`);
		at.next += 1;
		return inside;
	}
	const [, name, value] = /^\$\{(\w+)\} = '(\w+)'$/.exec(part) ?? [];
	if (name === undefined) throw new Error(`not understood: ${part}`);
	return known.get(name) === value;
}
