import { refuse, type Place } from './refusal.ts';

/** What a piece of an expression is, as far as XLSForm needs to tell. */
export type TokenKind =
	| 'date-time'
	| 'date'
	| 'time'
	| 'number'
	| 'math'
	| 'union'
	| 'literal'
	| 'reference'
	| 'call'
	| 'predicate'
	| 'uri'
	| 'name'
	| 'space'
	| 'other';

export type Token = { readonly kind: TokenKind; readonly text: string; readonly at: number };

const START = 'A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d'
	+ '\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{effff}';
const PART = `${START}\\-.0-9\\u00b7\\u0300-\\u036f\\u203f\\u2040`;
const NAME = `[${START}][${PART}]*`;
const QNAME = `${NAME}(?::${NAME})?`;
const DATE = '-?\\d{4}-\\d{2}-\\d{2}';
const TIME = '\\d{2}:\\d{2}:\\d{2}(?:\\.\\s+)?(?:[+-]\\d{2}:\\d{2}|Z)?';

/** In the order in which they are tried, as in XPath's own lexical rules. */
const RULES: readonly (readonly [TokenKind, string])[] = [
	['date-time', `${DATE}T${TIME}`],
	['date', DATE],
	['time', TIME],
	['number', '-?\\d+\\.\\d*|-?\\.\\d+|-?\\d+'],
	['math', '[*+-]| mod | div '],
	['union', '\\|'],
	['literal', `"[^"]*"|'[^']*'`],
	['space', '\\s+'],
	['reference', `\\$\\{(?:last-saved#)?${NAME}\\}`],
	['call', `${QNAME}\\(`],
	['predicate', `${QNAME}\\[`],
	['uri', `${QNAME}://`],
	['name', QNAME],
	['other', '[^]']
];

const LEXER = new RegExp(RULES.map(([, rule]) => `(${rule})`).join('|'), 'uy');
const IS_NAME = new RegExp(`^${QNAME}$`, 'u');

/** Splits an expression into tokens; nothing is left out. */
export function tokens(expression: string): Token[] {
	const found: Token[] = [];
	LEXER.lastIndex = 0;
	for (let match = LEXER.exec(expression); match !== null && match[0] !== ''; match = LEXER.exec(expression)) {
		const kind = RULES[match.slice(1).findIndex((group) => group !== undefined)]?.[0] ?? 'other';
		found.push({ kind, text: match[0], at: match.index });
	}
	return found;
}

/** Can this be the name of an element? Letters of any script are welcome. */
export function isName(text: string): boolean {
	return IS_NAME.test(text);
}

/** A `${name}` in a cell. */
export type Reference = { readonly name: string; readonly lastSaved: boolean; readonly at: number; readonly text: string };

const REFERENCE = new RegExp(`\\$\\{(last-saved#)?(${NAME})\\}`, 'gu');

/** All references in a text, in order. */
export function references(text: string): Reference[] {
	if (!text.includes('${')) return [];
	return [...text.matchAll(REFERENCE)].map((match) => ({
		name: match[2] ?? '',
		lastSaved: match[1] !== undefined,
		at: match.index,
		text: match[0]
	}));
}

export function hasReference(text: string): boolean {
	return references(text).length > 0;
}

/** Is the whole text one reference? */
export function isReference(text: string): boolean {
	const [only, ...rest] = references(text.trim());
	return only !== undefined && rest.length === 0 && only.text === text.trim();
}

/**
 * Every `${` must begin a well-formed reference.
 * @throws Refusal `reference.malformed`
 */
export function checkReferenceSyntax(text: string, place: Place): void {
	if (!text.includes('${')) return;
	if (text.replace(REFERENCE, '').includes('${')) refuse('reference.malformed', place);
}

/** Types whose plain values contain hyphens. */
const HYPHENATED = new Set(['date', 'dateTime', 'geopoint', 'geotrace', 'geoshape']);

/**
 * A default that must be computed (an operator, a function call, a predicate or a reference in it) rather than
 * written into the blank form.
 */
export function isDynamicDefault(value: string, type: string): boolean {
	for (const token of tokens(value)) {
		if (HYPHENATED.has(type) && token.kind === 'math' && token.text === '-') return false;
		if (['math', 'union', 'reference', 'call', 'predicate'].includes(token.kind)) return true;
	}
	return false;
}
