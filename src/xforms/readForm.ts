import { readChoices } from './choices.ts';
import { readTable, type Table, type Vocabulary } from './columns.ts';
import { readEntities, type EntityDeclaration } from './entities.ts';
import { placeEntities, unattachedLists } from './entityPlaces.ts';
import { append, descendants, formNode, type Choice, type FormNode, type XForm } from './form.ts';
import { isName, isReference, references } from './expression.ts';
import { escapedComparisons } from './outputs.ts';
import { pathsOf } from './paths.ts';
import { checkReferences } from './referenceCheck.ts';
import { refuse, type Warning } from './refusal.ts';
import { flag, readSettings, withoutTwinId } from './settings.ts';
import { similarSheets } from './sheetNames.ts';
import type { SurveyContext } from './surveyContext.ts';
import { fileExtension } from './selects.ts';
import { readSurvey } from './surveyRows.ts';
import { languageWarnings, translationWarnings } from './translations.ts';
import { CHOICES, ENTITIES, EXTERNAL_CHOICES, OSM, SETTINGS, SURVEY, yesNo } from './vocabulary.ts';
import { findSheet, type SheetName, type Workbook } from './workbook.ts';
import { warning } from './warnings.ts';

export type FormOptions = {
	/** Name of the root element of submissions; `data` unless given (or set on the settings sheet). */
	readonly formName?: string;
	/** Form id when the settings sheet gives none: the file's name without extension, usually. */
	readonly formId?: string;
};

/** Reads the sheets of an XLSForm into a form. @throws Refusal */
export function readForm(workbook: Workbook, options: FormOptions): XForm {
	const warnings: Warning[] = [];
	const sheetNames = workbook.sheets.map((sheet) => sheet.name);
	checkSurveySheet(workbook, sheetNames);
	const settingsSheet = settingsTable(workbook, warnings);
	const settings = readSettings(settingsSheet);
	warnMisspelled(workbook, 'settings', sheetNames, warnings);
	const defaultLanguage = settings.values['default_language'] ?? 'default';
	const collapse = flag(settings, 'clean_text_values', true, warnings);
	const read = (name: SheetName, vocabulary: Vocabulary): Table | undefined =>
		table(workbook, name, vocabulary, defaultLanguage, collapse && name === 'survey');

	const choiceTable = read('choices', CHOICES);
	const allowDuplicates = flag(settings, 'allow_choice_duplicates', false, warnings);
	const lists = (sheet: SheetName, from: Table | undefined, checked: boolean): Map<string, Choice[]> =>
		from === undefined ? new Map() : readChoices(from, { sheet, allowDuplicates, checked, warnings });
	const choices = lists('choices', choiceTable, true);
	const external = read('external_choices', EXTERNAL_CHOICES);
	const survey = read('survey', SURVEY);
	const entityTable = read('entities', ENTITIES);
	const entities = readEntities(entityTable);
	const osm = read('osm', OSM);
	if (survey === undefined) return refuse('sheet.missing', {}, { sheet: 'survey' });
	warnings.push(...translationWarnings(survey, choiceTable));

	const root = formNode({ kind: 'form', name: settings.values['name'] ?? options.formName ?? 'data', type: 'survey' });
	checkFormName(root.name, settings.values['name'] !== undefined);
	const context: SurveyContext = {
		choices,
		externalChoices: external === undefined || external.rows.length === 0 ? undefined : lists('external_choices', external, false),
		osmTags: lists('osm', osm, false),
		hasEntities: entities.length > 0,
		sheetNames,
		formName: root.name,
		settings: settings.values,
		warnings,
		meta: [],
		triggers: [],
		geometries: [],
		orOther: false
	};
	readSurvey(survey, root, context);
	checkTriggers(root, context);
	checkGeometries(root, entities, context);
	const entitiesVersion = placeEntities(root, entities);
	warnAboutForm(root, entities, warnings);
	checkSize(root, choices);
	addMetadata(root, [...context.meta, ...metadata(settings.values)]);
	checkReferences({ settings: settingsSheet, entities: entityTable, survey, choices: choiceTable }, root);
	checkNames(root);
	warnings.push(...languageWarnings(root, choices, context.orOther));

	const id = settings.values['id_string'] ?? options.formId ?? 'data';
	return {
		root,
		id,
		title: settings.values['title'] ?? id,
		version: settings.values['version'],
		defaultLanguage,
		settings: settings.values,
		attributes: settings.attributes,
		choices,
		entitiesVersion,
		warnings
	};
}

/** A name from outside (of the file, usually) stands on no sheet; one from the settings is told by its heading. */
function checkFormName(name: string, fromSettings: boolean): void {
	if (!isName(name)) refuse('names.invalid', fromSettings ? { sheet: 'settings', row: 1, column: 'name' } : {}, { name });
}

function checkSurveySheet(workbook: Workbook, sheetNames: readonly string[]): void {
	const sheet = findSheet(workbook, 'survey');
	if (sheet !== undefined && sheet.rows.length > 0) return;
	const similar = similarSheets('survey', sheetNames);
	if (similar.length === 0) refuse('sheet.missing', { sheet: 'survey' }, { sheet: 'survey' });
	refuse('sheet.misspelled', { sheet: 'survey' }, { sheet: 'survey', similar: similar.join(', ') });
}

function table(
	workbook: Workbook,
	name: SheetName,
	vocabulary: Vocabulary,
	defaultLanguage: string,
	collapseSpaces = false
): Table | undefined {
	const sheet = findSheet(workbook, name);
	return sheet === undefined ? undefined : readTable(sheet, { sheet: name, vocabulary, defaultLanguage, collapseSpaces });
}

function settingsTable(workbook: Workbook, warnings: Warning[]): Table | undefined {
	const sheet = findSheet(workbook, 'settings');
	if (sheet === undefined) return undefined;
	const options = { sheet: 'settings', vocabulary: SETTINGS, defaultLanguage: 'default', collapseSpaces: false } as const;
	return readTable(withoutTwinId(sheet, warnings), options);
}

function warnMisspelled(workbook: Workbook, name: SheetName, sheetNames: readonly string[], warnings: Warning[]): void {
	if (findSheet(workbook, name) !== undefined) return;
	const similar = similarSheets(name, sheetNames);
	if (similar.length > 0) warnings.push(warning('sheet.similar', {}, { similar: similar.join("', '"), sheet: name }));
}

/** Submissions carry an id of their own, and a name if the settings say how to make one. */
function metadata(settings: Readonly<Record<string, string>>): FormNode[] {
	const nodes: FormNode[] = [];
	if (yesNo(settings['omit_instanceID']) === true) {
		if (settings['public_key'] !== undefined) refuse('settings.encryption', { sheet: 'settings', row: 2, column: 'omit_instanceID' });
	} else {
		const bind = { type: 'string', readonly: 'true()', 'jr:preload': settings['instance_id'] ?? 'uid' };
		nodes.push(formNode({ kind: 'question', name: 'instanceID', type: 'calculate', bind }));
	}
	const instanceName = settings['instance_name'];
	if (instanceName !== undefined) {
		const bind = { type: 'string', calculate: instanceName };
		nodes.push(formNode({ kind: 'question', name: 'instanceName', type: 'calculate', sheet: 'settings', row: 2, bind }));
	}
	return nodes;
}

function checkTriggers(root: FormNode, context: SurveyContext): void {
	const questions = new Set([...descendants(root)].filter((node) => node.kind === 'question').map((node) => node.name));
	for (const { name, row } of context.triggers) {
		if (!questions.has(name)) refuse('reference.unknown', { sheet: 'survey', row, column: 'trigger' }, { name });
	}
}

/** `reference-geometry` shows other geometries on the map: those of a list, a file, or a repeat. */
function checkGeometries(root: FormNode, entities: readonly EntityDeclaration[], context: SurveyContext): void {
	const paths = pathsOf(root);
	const files = new Set(entities.map((entity) => entity.list));
	for (const node of descendants(root)) {
		if (node.kind === 'external') files.add(node.name);
		const extension = fileExtension(node.itemset ?? '');
		if (node.itemset !== undefined && extension !== undefined) files.add(node.itemset.slice(0, -extension.length));
	}
	for (const { target, row } of context.geometries) {
		const isList = context.choices.has(target) || files.has(target);
		const name = isReference(target) ? references(target)[0]?.name : undefined;
		const isRepeat = name !== undefined && paths.all(name).some((node) => node.kind === 'repeat');
		if (!isList && !isRepeat) refuse('geo.reference', { sheet: 'survey', row, column: 'parameters' });
	}
}

/** Choices over all questions: every question offers its whole list. */
const MOST_CHOICES = 300_000;

function checkSize(root: FormNode, choices: ReadonlyMap<string, readonly Choice[]>): void {
	let offered = 0;
	for (const node of descendants(root)) {
		offered += choices.get(node.itemset ?? '')?.length ?? 0;
		if (offered <= MOST_CHOICES) continue;
		refuse('xlsform.too-large', { sheet: 'survey', row: node.row, column: 'type' }, { what: 'choices over all questions', limit: String(MOST_CHOICES) });
	}
}

function warnAboutForm(root: FormNode, entities: readonly EntityDeclaration[], warnings: Warning[]): void {
	for (const { list, row } of unattachedLists(root, entities)) {
		warnings.push(warning('entities.not-attached', { sheet: 'entities', row }, { list }));
	}
	for (const node of descendants(root)) {
		if (node.row === undefined) continue;
		const place = { sheet: 'survey', row: node.row };
		if (isRequiredGroup(node)) warnings.push(warning('survey.required-group', place));
		const texts = [node.label, node.hint].flatMap((text) => (typeof text === 'object' ? Object.values(text) : [text ?? '']));
		if (texts.some(escapedComparisons)) warnings.push(warning('survey.comparison-in-label', place));
	}
}

/** Apps pass over `required` on a group, which its author may not expect. */
function isRequiredGroup(node: FormNode): boolean {
	const required = node.bind['required'];
	return (node.kind === 'group' || node.kind === 'repeat') && typeof required === 'string' && yesNo(required) !== false;
}

/** The form's own metadata; an entity of the whole form stands in the same place, first. */
function addMetadata(root: FormNode, nodes: readonly FormNode[]): void {
	const meta = root.children.find((child) => child.type === 'meta') ?? formNode({ kind: 'group', name: 'meta', type: 'meta' });
	append(meta, ...nodes);
	if (meta.parent === undefined && meta.children.length > 0) append(root, meta);
}

/** Names once more over the whole tree: what the converter added must not clash either. */
function checkNames(root: FormNode): void {
	const repeats = new Set<string>();
	for (const node of descendants(root)) {
		const place = { sheet: 'survey', row: node.row, column: 'name' };
		if (node.kind === 'repeat') {
			if (node.name === root.name) refuse('names.repeat-as-form', place, { name: node.name });
			if (repeats.has(node.name)) refuse('names.repeat-duplicate', place, { name: node.name });
			repeats.add(node.name);
		}
		const names = new Set<string>();
		for (const child of node.children) {
			if (names.has(child.name)) refuse('names.duplicate', { ...place, row: child.row }, { name: child.name });
			names.add(child.name);
		}
	}
}
