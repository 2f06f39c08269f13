import type { Instrument, InstrumentNode, InstrumentQuestion } from '#xforms/instrument.ts';
import type { ExportChoice } from './choice.ts';
import { textIn } from './language.ts';

/** What the values of a column are. `flag`: 0 or 1. `moment`: a date with a time. */
export type ColumnKind = 'text' | 'integer' | 'number' | 'date' | 'moment' | 'choice' | 'flag';

export type Option = { readonly name: string; readonly label: string };

/** Where a column takes its value from. */
export type Source =
	| { readonly from: 'answer'; readonly path: string }
	/** One choice of several: whether it was chosen. */
	| { readonly from: 'chosen'; readonly path: string; readonly option: string }
	/** What is known of the submission, or of the instance of a repeat. */
	| { readonly from: 'about'; readonly what: About };
export type About =
	| 'id' | 'received' | 'round' | 'version' | 'place' | 'place-code' | 'review' | 'flags' | 'replaced-by' | 'parent' | 'submission' | 'index';

export type ExportColumn = {
	readonly name: string;
	readonly label: string;
	readonly kind: ColumnKind;
	readonly source: Source;
	/** Choices in the order of the form; several versions' together. */
	readonly options: readonly Option[];
	/** More than one of the options at once, separated by spaces. */
	readonly several: boolean;
	/** Type of the question, for the codebook. */
	readonly type: string;
};

/** The submissions (`path` empty), or the instances of one repeat. */
export type ExportTable = {
	readonly name: string;
	readonly path: string;
	/** Paths of the repeats around the instances, outermost first, its own last. */
	readonly repeats: readonly string[];
	readonly columns: readonly ExportColumn[];
};

type Found = { question: InstrumentQuestion; instrument: Instrument; groups: readonly string[] };
type Level = { name: string; repeats: readonly string[]; questions: Map<string, Found[]> };

/**
 * The tables of an export: submissions first, then each repeat. Several versions of a questionnaire stand in one table with
 * the columns of all; the order is that of the last version given, and what only an earlier one asked comes after it.
 */
export function tablesOf(instruments: readonly Instrument[], choice: ExportChoice): ExportTable[] {
	const levels = new Map<string, Level>([['', { name: 'submissions', repeats: [], questions: new Map() }]]);
	for (const instrument of [...instruments].reverse()) collect(instrument, instrument.questions, [], [], levels);
	const names = new Set<string>();
	return [...levels].map(([path, level]) => {
		const name = unlike(level.name, names);
		return { name, path, repeats: level.repeats, columns: columnsOf(level, path, choice) };
	});
}

function collect(instrument: Instrument, nodes: readonly InstrumentNode[], groups: readonly string[], repeats: readonly string[], levels: Map<string, Level>): void {
	const here = levels.get(repeats.at(-1) ?? '');
	for (const node of nodes) {
		if (node.kind === 'question') {
			if (node.type === 'note' || here === undefined) continue;
			here.questions.set(node.xpath, [...(here.questions.get(node.xpath) ?? []), { question: node, instrument, groups }]);
		} else if (node.kind === 'group') collect(instrument, node.children, [...groups, node.name], repeats, levels);
		else {
			const inside = [...repeats, node.xpath];
			if (!levels.has(node.xpath)) levels.set(node.xpath, { name: node.name, repeats: inside, questions: new Map() });
			collect(instrument, node.children, [], inside, levels);
		}
	}
}

const kindOf = (question: InstrumentQuestion): ColumnKind => {
	switch (question.type) {
		case 'integer':
			return 'integer';
		case 'decimal':
		case 'range':
			return 'number';
		case 'date':
			return 'date';
		case 'dateTime':
			return 'moment';
		case 'select_one':
			return question.choices === null ? 'text' : 'choice';
		case 'metadata':
			return /^(start|end)$/.test(question.name) ? 'moment' : question.name === 'today' ? 'date' : 'text';
		default:
			return 'text';
	}
};

const about = (what: About, name: string, kind: ColumnKind = 'text', options: readonly Option[] = []): ExportColumn => ({
	name, label: name, kind, source: { from: 'about', what }, options, several: false, type: 'about'
});

function aboutColumns(path: string, choice: ExportChoice): ExportColumn[] {
	if (path !== '') return [about('id', '_id'), about('parent', '_parent_id'), about('submission', '_submission_id'), about('index', '_index', 'integer')];
	return [
		about('id', '_id'), about('received', '_received', 'moment'), about('round', '_round'), about('version', '_version'),
		about('place', '_place'), about('place-code', '_place_code'), about('review', '_review'), about('flags', '_flags', 'integer'),
		...(choice.replaced ? [about('replaced-by', '_replaced_by')] : [])
	];
}

function columnsOf(level: Level, path: string, choice: ExportChoice): ExportColumn[] {
	const columns = aboutColumns(path, choice);
	const names = new Set(columns.map((column) => column.name.toLowerCase()));
	for (const [xpath, found] of level.questions) {
		const [first] = found;
		if (first === undefined) continue;
		const { question, instrument, groups } = first;
		const options = optionsOf(found, choice.language);
		const several = (question.type === 'select_multiple' || question.type === 'rank') && options.length > 0;
		const name = unlike(choice.groups ? [...groups, question.name].join('/') : question.name, names);
		const label = textIn(question.labels, choice.language, instrument.defaultLanguage, question.name);
		// A question that a version asked in another way holds whatever both may have answered.
		const kinds = new Set(found.map((each) => kindOf(each.question)));
		const kind = kinds.size === 1 ? kindOf(question) : 'text';
		columns.push({ name, label, kind, source: { from: 'answer', path: xpath }, options, several, type: question.type });
		if (question.type !== 'select_multiple' || choice.multiple !== 'split') continue;
		for (const option of options) {
			columns.push({
				name: unlike(`${name}/${option.name}`, names), label: `${label}: ${option.label}`, kind: 'flag',
				source: { from: 'chosen', path: xpath, option: option.name }, options: [], several: false, type: 'select_multiple'
			});
		}
	}
	return columns;
}

function optionsOf(found: readonly Found[], language: string): Option[] {
	const options = new Map<string, Option>();
	for (const { question, instrument } of found) {
		for (const { name, labels } of question.choices ?? []) {
			if (!options.has(name)) options.set(name, { name, label: textIn(labels, language, instrument.defaultLanguage, name) });
		}
	}
	return [...options.values()];
}

/** A name that no other has, letters' case aside; `taken` remembers it. */
export function unlike(name: string, taken: Set<string>): string {
	let free = name;
	for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name}_${n}`;
	taken.add(free.toLowerCase());
	return free;
}
