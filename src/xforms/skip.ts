import { tokens, type Token } from './expression.ts';

/** How an answer is compared. */
export const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/**
 * When a question is asked, as far as it can be told in words. `chosen`: the choice is among several that were marked. `other`:
 * what is too much for words; the author's expression stands there as it is.
 */
export type Skip =
	| { readonly kind: 'compared'; readonly question: string; readonly by: Comparison; readonly value: string }
	| { readonly kind: 'chosen'; readonly question: string; readonly choice: string }
	| { readonly kind: 'not'; readonly part: Skip }
	| { readonly kind: 'all' | 'any'; readonly parts: readonly Skip[] }
	| { readonly kind: 'other'; readonly expression: string };

/** Deeper conditions than this are given as they are written. */
const deepest = 40;

/** Reads when a question is asked (`relevant`). What it does not understand it hands back whole. */
export function skipOf(expression: string): Skip {
	const reader = new Reader(tokens(expression).filter(({ kind }) => kind !== 'space'));
	return reader.whole() ?? { kind: 'other', expression: expression.trim() };
}

const flipped: Readonly<Record<Comparison, Comparison>> = { '=': '=', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** One side of a comparison. */
type Side = { readonly question: string } | { readonly value: string };

class Reader {
	readonly #tokens: readonly Token[];
	#at = 0;
	#depth = 0;

	constructor(all: readonly Token[]) {
		this.#tokens = all;
	}

	whole(): Skip | undefined {
		const found = this.#joined('or', 'any', () => this.#joined('and', 'all', () => this.#one()));
		return this.#at === this.#tokens.length ? found : undefined;
	}

	#joined(word: string, kind: 'all' | 'any', part: () => Skip | undefined): Skip | undefined {
		const first = part();
		if (!first) return undefined;
		const parts = [first];
		while (this.#takes(word)) {
			const next = part();
			if (!next) return undefined;
			parts.push(next);
		}
		return parts.length === 1 ? first : { kind, parts };
	}

	#one(): Skip | undefined {
		this.#depth += 1;
		if (this.#depth > deepest) return undefined;
		const found = this.#takes('(') ? this.#closed(this.#expression()) : this.#takes('not(') ? this.#negated() : this.#takes('selected(') ? this.#selected() : this.#compared();
		this.#depth -= 1;
		return found;
	}

	#expression(): Skip | undefined {
		return this.#joined('or', 'any', () => this.#joined('and', 'all', () => this.#one()));
	}

	#negated(): Skip | undefined {
		const part = this.#closed(this.#expression());
		return part && { kind: 'not', part };
	}

	#selected(): Skip | undefined {
		const question = this.#side();
		if (!question || !('question' in question) || !this.#takes(',')) return undefined;
		const choice = this.#side();
		return this.#closed(choice && 'value' in choice ? { kind: 'chosen', question: question.question, choice: choice.value } : undefined);
	}

	#compared(): Skip | undefined {
		const left = this.#side();
		const by = this.#comparison();
		const right = by && this.#side();
		if (!left || !by || !right) return undefined;
		if ('question' in left && 'value' in right) return { kind: 'compared', question: left.question, by, value: right.value };
		if ('value' in left && 'question' in right) return { kind: 'compared', question: right.question, by: flipped[by], value: left.value };
		return undefined;
	}

	#closed(inside: Skip | undefined): Skip | undefined {
		return inside && this.#takes(')') ? inside : undefined;
	}

	#side(): Side | undefined {
		const token = this.#tokens[this.#at];
		if (!token) return undefined;
		if (token.kind === 'reference' && !token.text.includes('last-saved')) {
			this.#at += 1;
			return { question: token.text.slice(2, -1) };
		}
		if (token.kind === 'literal' || token.kind === 'number') {
			this.#at += 1;
			return { value: token.kind === 'literal' ? token.text.slice(1, -1) : token.text };
		}
		return undefined;
	}

	#comparison(): Comparison | undefined {
		const [first, second] = [this.#tokens[this.#at]?.text ?? '', this.#tokens[this.#at + 1]?.text ?? ''];
		const found = COMPARISONS.find((each) => each === `${first}${second}` && each.length === 2) ?? COMPARISONS.find((each) => each === first);
		if (found) this.#at += found.length;
		return found;
	}

	#takes(text: string): boolean {
		// A space may stand between a function's name and its bracket.
		const token = this.#tokens[this.#at];
		if (token?.text !== text) return false;
		this.#at += 1;
		return true;
	}
}
