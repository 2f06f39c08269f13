import type { Instrument, InstrumentNode, InstrumentQuestion } from '#xforms/instrument.ts';

/** How answers to a question can be counted. `open`: only whether somebody answered. */
export type VariableKind = 'choice' | 'choices' | 'number' | 'date' | 'open';

/** A question, repeat's question or calculated field as figures see it. */
export type Variable = {
	/** XPath of the question. */
	readonly path: string;
	/** XPaths of the repeats around it, outermost first; none: asked once in a submission. */
	readonly repeats: readonly string[];
	readonly kind: VariableKind;
	/** Its choices in the order of the form; a calculated field's are the texts that its formula can give. */
	readonly options: readonly { readonly key: string; readonly labels: Readonly<Record<string, string>> }[];
	readonly labels: Readonly<Record<string, string>>;
	readonly name: string;
	readonly calculated: boolean;
	/** Of a number or day: the form takes whole ones alone, so that "17 or less" and "less than 18" are the same. */
	readonly whole: boolean;
	/** Nothing in the form decides whether it is asked: every submission, or instance of its repeat, has it. */
	readonly always: boolean;
	/** What has to hold for it to be asked, each condition by itself, as the form states it. Who is asked a question is asked all whose conditions are among its own. */
	readonly gate: readonly string[];
	/** The form does not go on without an answer. */
	readonly required: boolean;
};

const openTypes = new Set(['text', 'time', 'dateTime', 'geopoint', 'geotrace', 'geoshape', 'barcode', 'image', 'audio', 'video', 'file']);

/** Everything in an instrument that a figure can be about, in the order of the form. */
export function variablesOf(instrument: Instrument): Variable[] {
	const below = (nodes: readonly InstrumentNode[], repeats: readonly string[], around: readonly string[]): Variable[] =>
		nodes.flatMap((node) => {
			if (node.kind === 'repeat') return below(node.children, [...repeats, node.xpath], []);
			const gate = [...new Set([...around, ...conditionsOf(node.relevant ?? '')])];
			if (node.kind !== 'question') return below(node.children, repeats, gate);
			const found = variableOf(node, repeats, gate);
			return found ? [found] : [];
		});
	return below(instrument.questions, [], []);
}

/**
 * The conditions that a formula joins by `and`, outside of brackets and quotes. One that joins by `or` as well is a single condition:
 * `and` binds the closer, so that no part of it need hold.
 */
export function conditionsOf(formula: string): string[] {
	let depth = 0;
	const parts = [''];
	// A name may hold hyphens and points: `salt-and-pepper` joins nothing.
	for (const [piece] of formula.matchAll(/'[^']*'|"[^"]*"|[\p{L}\p{N}_.:/@-]+|[\s\S]/gu)) {
		if (piece === '(' || piece === '[') depth += 1;
		if (piece === ')' || piece === ']') depth -= 1;
		if (piece === 'or' && depth === 0) return [oneLine(formula)];
		if (piece === 'and' && depth === 0) parts.push('');
		else parts.push((parts.pop() ?? '') + piece);
	}
	return parts.map(oneLine).filter(Boolean);
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function variableOf(question: InstrumentQuestion, repeats: readonly string[], gate: readonly string[]): Variable | undefined {
	const listed = (question.choices ?? []).map((choice) => ({ key: choice.name, labels: choice.labels }));
	const { xpath: path, labels, name, type } = question;
	const as = (kind: VariableKind, options: Variable['options'] = []): Variable => ({ path, repeats, kind, options, labels, name, calculated: type === 'calculate', whole: type === 'integer' || type === 'date', always: gate.length === 0, gate, required: question.required?.trim() === 'true()' });
	switch (type) {
		case 'select_one':
		case 'rank':
			return listed.length > 0 ? as('choice', listed) : as('open');
		case 'select_multiple':
			return listed.length > 0 ? as('choices', listed) : as('open');
		case 'acknowledge':
			return as('choice', [{ key: 'OK', labels: {} }]);
		case 'integer':
		case 'decimal':
		case 'range':
			return as('number');
		case 'date':
			return as('date');
		case 'calculate': {
			const texts = textsOfFormula(question.calculation ?? '');
			return texts.length > 0 ? as('choice', texts.map((key) => ({ key, labels: {} }))) : as('number');
		}
		default:
			return openTypes.has(type) ? as('open') : undefined;
	}
}

/**
 * The texts that a formula can give: its quoted texts that are not compared with, such as `'adult'` and `'minor'` in
 * `if(${age} < 18, 'minor', 'adult')`. What a formula joins together from answers is nobody's category.
 */
export function textsOfFormula(formula: string): string[] {
	if (/\b(concat|join|format-date|date|string|substr|substring|once|uuid|pulldata|instance|jr:choice-name)\s*\(/i.test(formula)) return [];
	const texts: string[] = [];
	for (const found of formula.matchAll(/(=|!=|<|>|\bselected\s*\([^,()]*,)?\s*(?:'([^']*)'|"([^"]*)")/g)) {
		const text = found[2] ?? found[3] ?? '';
		if (found[1] === undefined && text !== '' && !/\s/.test(text) && !texts.includes(text)) texts.push(text);
	}
	return texts;
}

/** Whether two variables are answered together: the second for the same thing as the first, or for a whole that it is part of. */
export const isAround = (inner: Variable, outer: Variable): boolean => outer.repeats.every((repeat, depth) => inner.repeats[depth] === repeat);

const refusals = /^(refused?|refuse_to_answer|prefer_not(_to_(say|answer))?|no_answer|declined|dont_know|don_t_know|do_not_know|dk|unknown|-?9[6789]|-?88)$/i;

/** Choices that by their names look like a refusal or "don't know": proposed, for the analyst to decide. */
export const likelyRefusals = (variable: Variable): string[] => variable.options.map((option) => option.key).filter((key) => refusals.test(key));
