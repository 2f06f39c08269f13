import type { Row, Text } from './cells.ts';
import { hasReference, isName, isReference } from './expression.ts';
import { formNode, type Choice, type FormNode } from './form.ts';
import { allowParameters, isNumber, requireOneOf, type Parameters } from './parameters.ts';
import { problemOf, refuse, Refusal } from './refusal.ts';
import { similarSheets } from './sheetNames.ts';
import { surveyPlace, warn, type SurveyContext } from './surveyContext.ts';

const ONE = 'select one';
const MANY = 'select all that apply';
const EXTERNAL = 'select one external';

/** How selects are written in the type column, longest first. */
const COMMANDS: readonly (readonly [string, string])[] = [
	['add select one prompt using', ONE],
	['add select multiple prompt using', MANY],
	['select all that apply from', MANY],
	['select all that apply', MANY],
	['select_multiple_from_file', MANY],
	['select multiple from file', MANY],
	['select_one_from_file', ONE],
	['select one from file', ONE],
	['select_one_external', EXTERNAL],
	['select_multiple', MANY],
	['select one from', ONE],
	['select_one', ONE],
	['select one', ONE],
	['select1', ONE],
	['rank', 'rank']
];

const SELECT = new RegExp(`^(${COMMANDS.map(([command]) => command).join('|')}) (\\S+)( (?:or specify other|or_other|or other))?$`);
const FILES = ['.xml', '.csv', '.geojson'];

/** A select as the type column states it. */
export type SelectType = {
	readonly type: string;
	readonly list: string;
	readonly fromFile: boolean;
	readonly orOther: boolean;
};

export function parseSelectType(type: string): SelectType | undefined {
	const match = SELECT.exec(type);
	const command = match?.[1];
	if (match === null || command === undefined) return undefined;
	return {
		type: COMMANDS.find(([name]) => name === command)?.[1] ?? ONE,
		list: match[2] ?? '',
		fromFile: /from.file$/.test(command),
		orOther: match[3] !== undefined
	};
}

/** `cities.csv` -> `.csv`; undefined for what is not a data file. */
export function fileExtension(list: string): string | undefined {
	return FILES.find((extension) => list.endsWith(extension));
}

/** A name and one extension: the name also names the instance in expressions, where a full stop is no part of it. */
function isFileName(list: string): boolean {
	return fileExtension(list) !== undefined && /^[^.]+\.[^.]+$/.test(list);
}

/**
 * Completes a select question: where its choices come from, and what its parameters ask.
 *
 * @returns the question for "specify other", when there is to be one
 * @throws Refusal `select.*`, `choices.*`, `parameters.*`
 */
export function completeSelect(
	node: FormNode,
	row: Row,
	select: SelectType,
	parameters: Parameters,
	context: SurveyContext
): FormNode | undefined {
	checkSource(select, row.number, context);
	if (select.type === EXTERNAL && node.choiceFilter === undefined) checkUnfiltered(select, row.number, context);
	if (select.type === MANY) checkSpaces(select, row.number, context);
	const other = select.orOther ? specifyOther(node, select, row.number, context) : undefined;
	checkParameters(select, parameters, row.number);
	Object.assign(node.parameters, parameters);
	if (select.type === EXTERNAL) {
		if (node.choiceFilter !== undefined) node.query = select.list;
	} else {
		node.itemset = select.list;
	}
	return other;
}

function checkSource(select: SelectType, row: number, context: SurveyContext): void {
	const place = surveyPlace(row, 'type');
	if (select.type === EXTERNAL) {
		if (context.externalChoices === undefined) refuse('choices.no-external-sheet', place);
		if (!context.externalChoices.has(select.list)) refuse('choices.no-list', place, { list: select.list });
		return;
	}
	const isFile = fileExtension(select.list) !== undefined;
	if (select.fromFile && !isFileName(select.list)) refuse('select.file-extension', place, { file: select.list });
	if (isFile || context.choices.has(select.list) || hasReference(select.list)) return;
	if (context.choices.size > 0) refuse('choices.no-list', place, { list: select.list });
	const similar = similarSheets('choices', context.sheetNames);
	if (similar.length === 0) refuse('choices.no-sheet', place);
	const facts = { sheet: 'choices', similar: similar.join(', ') };
	throw new Refusal(problemOf('sheet.misspelled', place, facts));
}

/** Without a filter the external sheet is not asked at all: the choices have to be in the form itself. */
function checkUnfiltered(select: SelectType, row: number, context: SurveyContext): void {
	if (!context.choices.has(select.list)) refuse('select.external-unfiltered', surveyPlace(row, 'choice_filter'), { list: select.list });
	warn(context, row, 'survey.external-unfiltered');
}

/** Answers to a select with several answers are stored divided by spaces. */
function checkSpaces(select: SelectType, row: number, context: SurveyContext): void {
	for (const choice of context.choices.get(select.list) ?? []) {
		if (choice.name.includes(' ')) {
			refuse('choices.space', surveyPlace(row, 'type'), { name: choice.name, list: select.list });
		}
	}
}

/** `or_other`: a choice "Other", and a question for what it is. */
function specifyOther(node: FormNode, select: SelectType, row: number, context: SurveyContext): FormNode {
	context.orOther = true;
	if (node.choiceFilter !== undefined) refuse('select.other-filter', surveyPlace(row, 'choice_filter'));
	const choices = context.choices.get(select.list);
	if (choices === undefined) return refuse('select.other-choices', surveyPlace(row, 'type'));
	if (!choices.some((choice) => choice.name === 'other')) choices.push(otherChoice(choices));
	return formNode({
		kind: 'question',
		name: `${node.name}_other`,
		type: 'text',
		label: 'Specify other.',
		bind: { type: 'string', relevant: `selected(../${node.name}, 'other')` }
	});
}

function otherChoice(choices: readonly Choice[]): Choice {
	const languages = new Set(choices.flatMap((choice) => (typeof choice.label === 'object' ? Object.keys(choice.label) : [])));
	const label: Text = languages.size === 0 ? 'Other' : Object.fromEntries([...languages].map((language) => [language, 'Other']));
	return { name: 'other', row: undefined, label, media: {}, extra: {}, order: choices[0]?.order ?? ['name', 'label'] };
}

function checkParameters(select: SelectType, parameters: Parameters, row: number): void {
	const place = surveyPlace(row, 'parameters');
	allowParameters(parameters, ['randomize', 'seed', ...(select.fromFile ? ['value', 'label'] : [])], place);
	requireOneOf(parameters, 'randomize', ['true', 'false'], place);
	const seed = parameters['seed'];
	if (seed !== undefined && parameters['randomize'] === undefined) {
		refuse('parameters.missing', place, { names: 'randomize, seed' });
	}
	if (seed !== undefined && !isReference(seed) && !isNumber(seed)) {
		refuse('parameters.value', place, { name: 'seed', value: seed, expected: 'a number or a reference' });
	}
	for (const name of ['value', 'label']) {
		const value = parameters[name];
		if (value !== undefined && !isName(value)) {
			refuse('names.invalid', { ...place, column: `parameters (${name})` }, { name: value });
		}
	}
}

/** For the header row of a table-list. */
export function tableHeader(list: string, type: string, row: number, bind: FormNode['bind']): FormNode {
	return formNode({
		kind: 'question',
		name: `reserved_name_for_field_list_labels_${row}`,
		type,
		label: ' ',
		bind,
		control: { appearance: 'label' },
		itemset: list
	});
}

