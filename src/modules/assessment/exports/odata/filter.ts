import { problem, type Problem } from '#platform/problem.ts';
import type { EntitySet, Property } from './edm.ts';

/** A value that a condition compares with. */
export type Literal = string | number | null | { readonly moment: number } | { readonly day: string };
export const comparisons = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
export type Comparison = (typeof comparisons)[number];
const textTests = ['contains', 'startswith', 'endswith'] as const;
export type TextTest = (typeof textTests)[number];
const parts = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;
export type Part = (typeof parts)[number];

/** What a condition looks at: a property, or a part of its date. */
export type Operand = { readonly property: Property; readonly part: Part | null };
export type Condition =
	| { readonly is: 'compare'; readonly with: Comparison; readonly operand: Operand; readonly value: Literal }
	| { readonly is: 'text'; readonly test: TextTest; readonly property: Property; readonly value: string }
	| { readonly is: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
	| { readonly is: 'not'; readonly of: Condition };

export const malformed = (what: string): Problem => problem('odata.malformed', 400, { what: what.slice(0, 80) });
export const unsupported = (what: string): Problem => problem('odata.not-supported', 501, { what: what.slice(0, 80) });

/** Conditions inside each other at most, and letters of a filter: what people write stays far below. */
const deepest = 50;
const longest = 2000;

const token = /\s*(?:(\()|(\))|(,)|('(?:[^']|'')*')|(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))|(\d{4}-\d{2}-\d{2})(?![\d:T])|([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\p{L}_])|([\p{L}_][\p{L}\p{Nd}\p{Mn}\p{Mc}_]*(?:\/[\p{L}_][\p{L}\p{Nd}\p{Mn}\p{Mc}_]*)*))/uy;
type Token = { kind: 'open' | 'close' | 'comma' | 'text' | 'moment' | 'day' | 'number' | 'word'; text: string };
const kinds = ['open', 'close', 'comma', 'text', 'moment', 'day', 'number', 'word'] as const;

function tokensOf(source: string): Token[] {
	if (source.length > longest) throw malformed('$filter');
	const tokens: Token[] = [];
	const end = source.trimEnd().length;
	token.lastIndex = 0;
	while (token.lastIndex < end) {
		const at = token.lastIndex;
		const found = token.exec(source);
		const index = found?.slice(1).findIndex((each) => each !== undefined) ?? -1;
		const kind = kinds[index];
		if (!found || kind === undefined) throw malformed(source.slice(at, at + 20));
		tokens.push({ kind, text: found[index + 1] ?? '' });
	}
	return tokens;
}

/** Functions and operators of the specification that are none of ours. */
const known = new Set(['add', 'sub', 'mul', 'div', 'divby', 'mod', 'has', 'in', 'tolower', 'toupper', 'trim', 'concat', 'length', 'indexof', 'substring', 'date', 'time', 'now', 'round', 'floor', 'ceiling', 'cast', 'isof', 'any', 'all', 'mindatetime', 'maxdatetime', 'matchesPattern', 'geo']);

/**
 * Reads the useful part of `$filter`: comparisons of a property or a part of its date with a value, `contains`, `startswith`,
 * `endswith`, `and`, `or`, `not`, parentheses.
 * @throws Problem `odata.malformed` (400), `odata.not-supported` (501)
 */
export function parseFilter(source: string, set: EntitySet): Condition {
	return new FilterParser(tokensOf(source), set).whole();
}

class FilterParser {
	readonly #tokens: readonly Token[];
	readonly #set: EntitySet;
	#at = 0;
	#depth = 0;

	constructor(tokens: readonly Token[], set: EntitySet) {
		this.#tokens = tokens;
		this.#set = set;
	}

	whole(): Condition {
		const condition = this.#or();
		const rest = this.#tokens[this.#at];
		if (rest) throw known.has(rest.text) ? unsupported(rest.text) : malformed(rest.text);
		return condition;
	}

	#or(): Condition {
		if (++this.#depth > deepest) throw malformed('(');
		let left = this.#and();
		while (this.#word('or')) left = { is: 'or', left, right: this.#and() };
		this.#depth -= 1;
		return left;
	}

	#and(): Condition {
		let left = this.#one();
		while (this.#word('and')) left = { is: 'and', left, right: this.#one() };
		return left;
	}

	#one(): Condition {
		if (this.#word('not')) {
			if (++this.#depth > deepest) throw malformed('not');
			const of = this.#one();
			this.#depth -= 1;
			return { is: 'not', of };
		}
		if (this.#take('open')) {
			const inside = this.#or();
			this.#need('close');
			return inside;
		}
		const next = this.#tokens[this.#at];
		const test = textTests.find((name) => name === next?.text);
		if (test !== undefined && this.#tokens[this.#at + 1]?.kind === 'open') return this.#textTest(test);
		return this.#comparison();
	}

	#textTest(test: TextTest): Condition {
		this.#at += 2;
		const property = this.#property(this.#need('word'));
		if (property.type !== 'Edm.String') throw malformed(`${test}(${property.name}`);
		this.#need('comma');
		const value = unquoted(this.#need('text'));
		this.#need('close');
		return { is: 'text', test, property, value };
	}

	#comparison(): Condition {
		const word = this.#need('word');
		const part = parts.find((name) => name === word) ?? null;
		let operand: Operand;
		if (part !== null && this.#take('open')) {
			const property = this.#property(this.#need('word'));
			if (property.type !== 'Edm.Date' && property.type !== 'Edm.DateTimeOffset') throw malformed(`${part}(${property.name})`);
			if (property.type === 'Edm.Date' && (part === 'hour' || part === 'minute' || part === 'second')) throw malformed(`${part}(${property.name})`);
			this.#need('close');
			operand = { property, part };
		} else operand = { property: this.#property(word), part: null };
		const said = this.#need('word');
		const compared = comparisons.find((name) => name === said);
		if (compared === undefined) throw known.has(said) ? unsupported(said) : malformed(said);
		return { is: 'compare', with: compared, operand, value: this.#literal(operand) };
	}

	#literal({ property, part }: Operand): Literal {
		const next = this.#tokens[this.#at++];
		if (next?.kind === 'word' && next.text === 'null') return null;
		const type = part === null ? property.type : 'Edm.Int32';
		const wrong = (): Problem => (next?.kind === 'word' && (known.has(next.text) || this.#tokens[this.#at]?.kind === 'open') ? unsupported(next.text) : malformed(next?.text ?? '$filter'));
		switch (type) {
			case 'Edm.String':
				if (next?.kind === 'text') return unquoted(next.text);
				break;
			case 'Edm.Date':
				if (next?.kind === 'day') return { day: next.text };
				break;
			case 'Edm.DateTimeOffset': {
				const at = next?.kind === 'moment' ? Date.parse(next.text) : next?.kind === 'day' ? Date.parse(`${next.text}T00:00:00Z`) : Number.NaN;
				if (!Number.isNaN(at)) return { moment: at };
				break;
			}
			default:
				if (next?.kind === 'number') return Number(next.text);
		}
		throw wrong();
	}

	#property(name: string): Property {
		if (known.has(name) && this.#tokens[this.#at]?.kind === 'open') throw unsupported(name);
		const found = findProperty(this.#set, name);
		if (found === undefined) throw problem('odata.unknown-property', 400, { name: name.slice(0, 80) });
		return found;
	}

	#word(text: string): boolean {
		const next = this.#tokens[this.#at];
		if (next?.kind !== 'word' || next.text !== text) return false;
		this.#at += 1;
		return true;
	}

	#take(kind: Token['kind']): boolean {
		if (this.#tokens[this.#at]?.kind !== kind) return false;
		this.#at += 1;
		return true;
	}

	#need(kind: Token['kind']): string {
		const next = this.#tokens[this.#at];
		if (next?.kind !== kind) throw malformed(next?.text ?? '$filter');
		this.#at += 1;
		return next.text;
	}
}

const unquoted = (text: string): string => text.slice(1, -1).replaceAll("''", "'");

/** A property by its path: `age`, `__system/submissionDate`. */
export const findProperty = (set: EntitySet, path: string): Property | undefined =>
	path.startsWith('__system/') ? set.system.find((each) => `__system/${each.name}` === path) : set.properties.find((each) => each.name === path);
