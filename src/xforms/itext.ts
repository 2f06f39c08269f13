import { languagesOf, type Text } from './cells.ts';
import { hasReference } from './expression.ts';
import { descendants, xpath, type Choice, type FormNode, type XForm } from './form.ts';
import type { Paths } from './paths.ts';
import { refuse, type Place } from './refusal.ts';
import { withOutputs } from './outputs.ts';
import { element, type XmlElement } from './xml.ts';

/** Messages on a binding that may be translated. */
export const MESSAGES = ['jr:constraintMsg', 'jr:requiredMsg', 'jr:noAppErrorString'] as const;

const MEDIA = new Set(['image', 'big-image', 'audio', 'video']);

/** Does a list of choices need the translation table (languages, media, or answers shown in labels)? */
export function listNeedsItext(choices: readonly Choice[]): boolean {
	return choices.some(
		(choice) =>
			typeof choice.label === 'object'
			|| Object.keys(choice.media).length > 0
			|| (typeof choice.label === 'string' && hasReference(choice.label))
	);
}

export function labelNeedsItext(node: FormNode): boolean {
	return typeof node.label === 'object' || Object.keys(node.media).length > 0;
}

export function hintNeedsItext(node: FormNode): boolean {
	return typeof node.hint === 'object' || node.guidance !== undefined;
}

export function messageNeedsItext(text: Text): boolean {
	return typeof text === 'object' || hasReference(text);
}

/** Reference to an entry of the translation table. */
export function itextRef(id: string): string {
	return `jr:itext('${id}')`;
}

type Entry = { readonly text: string; readonly context: FormNode; readonly place: Place };

/** language -> id of the text -> form of the text ("long", "guidance", a kind of media) -> what it says. */
type Translations = Map<string, Map<string, Map<string, Entry>>>;

/** The translation table of a form; undefined when nothing needs one. */
export function itextOf(form: XForm, paths: Paths): XmlElement | undefined {
	const table: Translations = new Map();
	const add = (id: string, shape: string, text: Text | undefined, context: FormNode, place: Place): void => {
		if (text === undefined) return;
		for (const [language, each] of languagesOf(text, form.defaultLanguage)) {
			const texts = upsert(table, language, () => new Map<string, Map<string, Entry>>());
			upsert(texts, id, () => new Map<string, Entry>()).set(shape, { text: each, context, place });
		}
	};
	for (const node of descendants(form.root)) addNode(node, add);
	for (const [list, choices] of form.choices) addChoices(list, choices, form.root, add);
	if (table.size === 0) return undefined;
	return element('itext', {}, translations(table, form, paths));
}

type Add = (id: string, shape: string, text: Text | undefined, context: FormNode, place: Place) => void;

function addNode(node: FormNode, add: Add): void {
	const path = xpath(node);
	const place = (column: string): Place => ({ sheet: 'survey', row: node.row, column });
	for (const message of MESSAGES) {
		const text = node.bind[message];
		if (text !== undefined && messageNeedsItext(text)) add(`${path}:${message}`, 'long', text, node, place(message));
	}
	if (labelNeedsItext(node)) add(`${path}:label`, 'long', node.label, node, place('label'));
	if (hintNeedsItext(node)) add(`${path}:hint`, 'long', node.hint, node, place('hint'));
	add(`${path}:hint`, 'guidance', node.guidance, node, place('guidance_hint'));
	for (const [kind, text] of Object.entries(node.media)) {
		if (!MEDIA.has(kind)) refuse('survey.media-unknown', place(`media::${kind}`), { media: kind });
		add(`${path}:label`, kind, text, node, place(kind));
	}
	if (node.media['big-image'] !== undefined && node.media['image'] === undefined) {
		refuse('survey.image-missing', place('big-image'), { name: node.name });
	}
}

function addChoices(list: string, choices: readonly Choice[], root: FormNode, add: Add): void {
	if (!listNeedsItext(choices)) return;
	choices.forEach((choice, index) => {
		const place = (column: string): Place => ({ sheet: 'choices', row: choice.row, column });
		add(`${list}-${index}`, 'long', choice.label, root, place('label'));
		for (const [kind, text] of Object.entries(choice.media)) {
			if (!MEDIA.has(kind)) refuse('survey.media-unknown', place(`media::${kind}`), { media: kind });
			add(`${list}-${index}`, kind, text, root, place(kind));
		}
	});
}

/** Every text exists in every language: where the author left one out stands a hyphen. */
function translations(table: Translations, form: XForm, paths: Paths): XmlElement[] {
	const shapes = new Map<string, Set<string>>();
	for (const texts of table.values()) {
		for (const [id, forms] of texts) for (const shape of forms.keys()) upsert(shapes, id, () => new Set<string>()).add(shape);
	}
	return [...table].map(([language, texts]) => {
		const children = [...shapes].map(([id, expected]) => {
			const own = texts.get(id) ?? new Map<string, Entry>();
			const order = [...own.keys(), ...[...expected].filter((shape) => !own.has(shape)).sort()];
			return element('text', { id }, order.flatMap((shape) => valueOf(shape, own.get(shape), paths)));
		});
		const isDefault = language === form.defaultLanguage ? 'true()' : undefined;
		return element('translation', { lang: language, default: isDefault }, children);
	});
}

function valueOf(shape: string, entry: Entry | undefined, paths: Paths): XmlElement[] {
	const isMedia = MEDIA.has(shape);
	if (entry === undefined && isMedia) return [];
	const content = entry === undefined ? ['-'] : withOutputs(entry.text, entry.context, paths, { place: entry.place });
	if (!isMedia) return [element('value', { form: shape === 'guidance' ? 'guidance' : undefined }, content)];
	const folder = shape === 'image' || shape === 'big-image' ? 'images' : shape;
	return [element('value', { form: shape }, [`jr://${folder}/`, ...content])];
}

function upsert<K, V>(map: Map<K, V>, key: K, make: () => V): V {
	const found = map.get(key);
	if (found !== undefined) return found;
	const made = make();
	map.set(key, made);
	return made;
}
