import type { Text } from './cells.ts';
import { append, descendants, formNode, type Choice, type FormNode } from './form.ts';
import { refuse, type Place } from './refusal.ts';

/** Questions that one loop may bring into the form. */
const LARGEST = 20_000;

/**
 * A loop asks the same questions for each choice of a list: every choice becomes a group of its own, and
 * `%(label)s` and `%(name)s` in the questions become that choice's label and name.
 *
 * @throws Refusal `xlsform.too-large`: loops inside loops multiply
 */
export function expandLoop(loop: FormNode, choices: readonly Choice[], place: Place): void {
	const size = [...descendants(loop)].length * choices.length;
	if (size > LARGEST) refuse('xlsform.too-large', place, { what: 'questions in a loop', limit: String(LARGEST) });
	const template = loop.children.splice(0);
	loop.itemset = undefined;
	for (const choice of choices) {
		// "None of these" is an answer, not a thing to ask about.
		if (choice.name === 'none') continue;
		const group = formNode({ kind: 'group', name: choice.name, type: 'group', row: loop.row, label: choice.label, media: { ...choice.media } });
		append(group, ...template.map((node) => copyFor(node, choice)));
		append(loop, group);
	}
}

function copyFor(node: FormNode, choice: Choice): FormNode {
	const copy: FormNode = {
		...node,
		parent: undefined,
		children: [],
		label: substitute(node.label, choice),
		hint: substitute(node.hint, choice),
		guidance: substitute(node.guidance, choice),
		media: each(node.media, (text) => substitute(text, choice) ?? text),
		bind: each(node.bind, (text) => substitute(text, choice) ?? text),
		control: each(node.control, (text) => replace(text, choice)),
		attributes: each(node.attributes, (text) => replace(text, choice)),
		default: node.default && replace(node.default, choice),
		choiceFilter: node.choiceFilter && replace(node.choiceFilter, choice),
		actions: [...node.actions]
	};
	append(copy, ...node.children.map(copyOf));
	return copy;
}

/** Groups inside a loop are copied as they are: only the loop's own questions speak of the choice. */
function copyOf(node: FormNode): FormNode {
	const copy: FormNode = { ...node, parent: undefined, children: [], bind: { ...node.bind }, control: { ...node.control }, actions: [...node.actions] };
	append(copy, ...node.children.map(copyOf));
	return copy;
}

function each<T>(values: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
	return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}

function substitute(text: Text | undefined, choice: Choice): Text | undefined {
	if (text === undefined) return undefined;
	if (typeof text === 'string') return replace(text, choice);
	return Object.fromEntries(Object.entries(text).map(([language, said]) => [language, replace(said, choice, language)]));
}

function replace(text: string, choice: Choice, language?: string): string {
	const { label } = choice;
	const word = typeof label === 'object' ? (label[language ?? ''] ?? Object.values(label)[0] ?? '') : (label ?? '');
	return text.replaceAll('%(label)s', word).replaceAll('%(name)s', choice.name);
}
