import { groupAt, textAt, type Row } from './cells.ts';
import { auditNode } from './audit.ts';
import type { Table } from './columns.ts';
import { isName } from './expression.ts';
import { append, formNode, type FormNode } from './form.ts';
import { closeContainer, controlOf, openContainer, type Frame } from './containers.ts';
import { parseParameters } from './parameters.ts';
import { completeQuestion } from './questionRows.ts';
import { canonicalType, QUESTION_TYPES } from './questionTypes.ts';
import { refuse } from './refusal.ts';
import { nodeOfRow } from './rowNode.ts';
import { completeSelect, parseSelectType, tableHeader, type SelectType } from './selects.ts';
import { surveyPlace, warn, type SurveyContext } from './surveyContext.ts';
import { SETTINGS, yesNo } from './vocabulary.ts';

/**
 * Reads the survey sheet row by row into a tree: groups and repeats hold what stands between their begin and end.
 * @throws Refusal naming sheet and row
 */
export function readSurvey(table: Table, root: FormNode, context: SurveyContext): void {
	const stack: Frame[] = [frame('form', root, undefined)];
	for (const row of table.rows) {
		if (Object.keys(row.cells).length === 0 || isDisabled(row, context)) continue;
		readRow(row, stack, context);
	}
	const open = stack.at(-1);
	if (stack.length > 1 && open !== undefined) {
		refuse('survey.unmatched-begin', surveyPlace(open.row ?? 0, 'type'), { type: open.control, name: open.node.name });
	}
}

function frame(control: Frame['control'], node: FormNode, row: number | undefined): Frame {
	return { control, node, row, names: new Set(), lowerNames: new Set(), tableList: undefined };
}

function isDisabled(row: Row, context: SurveyContext): boolean {
	const disabled = textAt(row.cells, 'disabled');
	if (row.cells['disabled'] === undefined) return false;
	delete row.cells['disabled'];
	warn(context, row.number, 'survey.disabled');
	return yesNo(disabled) === true || Object.keys(row.cells).length === 0;
}

function readRow(row: Row, stack: Frame[], context: SurveyContext): void {
	const written = textAt(row.cells, 'type');
	if (written === undefined) return readUntypedRow(row, context);
	const type = canonicalType(written);
	const parameters = parseParameters(textAt(row.cells, 'parameters'), surveyPlace(row.number, 'parameters'));
	const top = stack.at(-1);
	if (top === undefined) return;

	if (type === 'audit') {
		const bind = groupAt(row.cells, 'bind');
		const own = Object.fromEntries(Object.entries(bind ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
		context.meta.push(auditNode(textAt(row.cells, 'name'), parameters, own, surveyPlace(row.number, 'parameters')));
		return;
	}
	if (Object.hasOwn(SETTINGS.aliases, type.replace(/ /g, '_'))) {
		const setting = SETTINGS.aliases[type.replace(/ /g, '_')]?.[0];
		if (setting !== undefined) context.settings[setting] = textAt(row.cells, 'name') ?? '';
		return;
	}
	const control = controlOf(type);
	if (control?.edge === 'end') return closeContainer(row, control.control, stack, context);

	const name = nameOfRow(row, type, context);
	claimName(name, row.number, top, context);
	if (control?.edge === 'begin') {
		openContainer(row, name, control, stack, context);
		return;
	}
	readQuestion(row, name, type, parameters, stack, context);
}

/** A row with nothing but remarks is passed over; one with a name or label has lost its type. */
function readUntypedRow(row: Row, context: SurveyContext): void {
	if (row.cells['name'] !== undefined || row.cells['label'] !== undefined) refuse('survey.no-type', surveyPlace(row.number, 'type'));
	warn(context, row.number, 'survey.row-passed-over');
}

function nameOfRow(row: Row, type: string, context: SurveyContext): string {
	const name = textAt(row.cells, 'name');
	if (name === undefined) {
		if (type === 'note') return `generated_note_name_${row.number}`;
		return refuse('survey.no-name', surveyPlace(row.number, 'name'));
	}
	// A prefix needs its namespace, which only the settings sheet can declare.
	const prefixed = name.includes(':') && context.settings['namespaces'] === undefined;
	if (!isName(name) || prefixed) refuse('names.invalid', surveyPlace(row.number, 'name'), { name });
	return name;
}

/** Names are unique among siblings; `meta` belongs to the form's metadata. */
function claimName(name: string, row: number, top: Frame, context: SurveyContext): void {
	const lower = name.toLowerCase();
	if (name === 'meta') refuse('names.meta', surveyPlace(row, 'name'));
	if (top.names.has(name)) refuse('names.duplicate', surveyPlace(row, 'name'), { name });
	if (top.lowerNames.has(lower)) {
		warn(context, row, 'survey.letter-case', { name });
	}
	top.names.add(name);
	top.lowerNames.add(lower);
}

function readQuestion(
	row: Row,
	name: string,
	type: string,
	parameters: Record<string, string>,
	stack: readonly Frame[],
	context: SurveyContext
): void {
	const top = stack.at(-1);
	if (top === undefined) return;
	const insideRepeat = stack.some((each) => each.control === 'repeat');
	const select = parseSelectType(type);
	if (select !== undefined) {
		const node = nodeOfRow(row, 'question', name, select.type, insideRepeat, context);
		const other = completeSelect(node, row, select, parameters, context);
		joinTableList(node, row, select, top);
		append(top.node, node, ...(other === undefined ? [] : [other]));
		return;
	}
	const osm = /^osm (\S+)/.exec(type)?.[1];
	if (type === 'xml-external' || type === 'csv-external') {
		if (insideRepeat) refuse('survey.external-in-repeat', surveyPlace(row.number, 'type'));
		append(top.node, formNode({ kind: 'external', name, type, row: row.number }));
		return;
	}
	const known = osm === undefined ? type : 'osm';
	if (known === 'include') refuse('survey.include', surveyPlace(row.number, 'type'));
	if (!QUESTION_TYPES.has(known)) refuse('survey.unknown-type', surveyPlace(row.number, 'type'), { type });
	const node = nodeOfRow(row, 'question', name, known, insideRepeat, context);
	if (known === 'calculate' && node.bind['calculate'] === undefined && !node.dynamicDefault) {
		refuse('survey.no-calculation', surveyPlace(row.number, 'calculation'), { name });
	}
	completeQuestion(node, row, parameters, context);
	append(top.node, osm === undefined ? node : withTags(node, osm, context));
}

function withTags(node: FormNode, list: string, context: SurveyContext): FormNode {
	const tags = context.osmTags?.get(list) ?? [];
	return { ...node, tags: tags.map((tag) => ({ ...tag, choices: context.osmTags?.get(tag.name) ?? [] })) };
}

/** In a table-list the first select brings a header row, and all have the same choices. */
function joinTableList(node: FormNode, row: Row, select: SelectType, top: Frame): void {
	if (top.tableList === undefined) return;
	if (top.tableList === true) {
		if (node.choiceFilter !== undefined) refuse('select.table-filter', surveyPlace(row.number, 'choice_filter'));
		top.tableList = select.list;
		append(top.node, tableHeader(select.list, select.type, row.number, { type: node.bind['type'] ?? 'string' }));
	}
	if (top.tableList !== select.list) {
		refuse('select.table-lists', surveyPlace(row.number, 'type'), { first: top.tableList, second: select.list });
	}
	node.control['appearance'] = 'list-nolabel';
}
