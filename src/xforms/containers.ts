import { groupAt, textAt, translatedAt, type Row } from './cells.ts';
import { isReference } from './expression.ts';
import { append, formNode, type FormNode } from './form.ts';
import { expandLoop } from './loops.ts';
import { refuse } from './refusal.ts';
import { nodeOfRow } from './rowNode.ts';
import { surveyPlace, warn, type SurveyContext } from './surveyContext.ts';

/** A group, repeat or loop that has begun and not yet ended. */
export type Frame = {
	readonly control: 'form' | 'group' | 'repeat' | 'loop';
	readonly node: FormNode;
	readonly row: number | undefined;
	readonly names: Set<string>;
	readonly lowerNames: Set<string>;
	/** In a table-list: `true` until the first select, then its choice list. */
	tableList: string | true | undefined;
};

/** Groups in groups; nobody could fill in a form nested deeper. */
const DEEPEST = 50;

const CONTROLS = new Map<string, 'group' | 'repeat' | 'loop'>([
	['group', 'group'],
	['lgroup', 'repeat'],
	['repeat', 'repeat'],
	['looped group', 'repeat'],
	['loop', 'loop']
]);

const BEGIN = /^begin[\s_](group|lgroup|repeat|looped group|loop)(?: (?:over )?(\S+))?$/;
const END = /^end[\s_](group|lgroup|repeat|looped group|loop)$/;

export type Control =
	| { readonly edge: 'begin'; readonly control: 'group' | 'repeat' | 'loop'; readonly list: string | undefined }
	| { readonly edge: 'end'; readonly control: 'group' | 'repeat' | 'loop' };

/** `begin_repeat`, `end group`, `begin_loop over cities`. */
export function controlOf(type: string): Control | undefined {
	const end = CONTROLS.get(END.exec(type)?.[1] ?? '');
	if (end !== undefined) return { edge: 'end', control: end };
	const match = BEGIN.exec(type);
	const begin = CONTROLS.get(match?.[1] ?? '');
	return begin === undefined ? undefined : { edge: 'begin', control: begin, list: match?.[2] };
}

/** @throws Refusal `survey.loop-list`, `choices.no-list`, `names.*` */
export function openContainer(
	row: Row,
	name: string,
	{ control, list }: Control & { edge: 'begin' },
	stack: Frame[],
	context: SurveyContext
): void {
	const top = stack.at(-1);
	if (top === undefined) return;
	if (stack.length > DEEPEST) refuse('xlsform.too-large', surveyPlace(row.number, 'type'), { what: 'groups inside groups', limit: String(DEEPEST) });
	const insideRepeat = stack.some((each) => each.control === 'repeat');
	const node = nodeOfRow(row, control === 'repeat' ? 'repeat' : 'group', name, control, insideRepeat, context);
	if (control === 'loop') checkLoop(list, row.number, context);
	if (list !== undefined && control === 'loop') node.itemset = list;
	warnUnlabelled(node, row, context);
	const intent = textAt(row.cells, 'intent');
	if (intent !== undefined) node.control['intent'] = intent;
	const count = node.control['jr:count'];
	if (count !== undefined && !isReference(count)) append(top.node, countNode(node, count));
	const frame: Frame = { control, node, row: row.number, names: new Set(), lowerNames: new Set(), tableList: undefined };
	startTableList(frame, row);
	append(top.node, node);
	stack.push(frame);
}

function checkLoop(list: string | undefined, row: number, context: SurveyContext): void {
	if (list === undefined) refuse('survey.loop-list', surveyPlace(row, 'type'));
	if (!context.choices.has(list)) refuse('choices.no-list', surveyPlace(row, 'type'), { list });
}

function warnUnlabelled(node: FormNode, row: Row, context: SurveyContext): void {
	const asFieldList = node.kind === 'group' && node.control['appearance'] === 'field-list';
	if (node.label !== undefined || groupAt(row.cells, 'media') !== undefined || asFieldList) return;
	warn(context, row.number, 'survey.no-group-label', { type: node.type, name: node.name });
}

/** A repeat count that is an expression becomes a calculation of its own, to which the repeat refers. */
function countNode(repeat: FormNode, count: string): FormNode {
	const name = `${repeat.name}_count`;
	repeat.control['jr:count'] = `\${${name}}`;
	return formNode({ kind: 'question', name, type: 'calculate', bind: { type: 'string', readonly: 'true()', calculate: count } });
}

/** `table-list` is a field-list with a header row; the group's own label is shown as a note above it. */
function startTableList(frame: Frame, row: Row): void {
	const { node } = frame;
	const words = (node.control['appearance'] ?? '').split(/\s+/);
	if (!words.includes('table-list')) return;
	frame.tableList = true;
	node.control['appearance'] = ['field-list', ...words.filter((word) => word !== 'table-list')].join(' ');
	if (node.label === undefined && node.hint === undefined) return;
	const note = formNode({
		kind: 'question',
		name: `generated_table_list_label_${row.number}`,
		type: 'note',
		bind: { readonly: 'true()', type: 'string' },
		label: translatedAt(row.cells, 'label'),
		hint: translatedAt(row.cells, 'hint')
	});
	node.label = undefined;
	node.hint = undefined;
	append(node, note);
}

/** @throws Refusal `survey.unmatched-end`, `entities.group` */
export function closeContainer(row: Row, control: 'group' | 'repeat' | 'loop', stack: Frame[], context: SurveyContext): void {
	if (groupAt(row.cells, 'bind')?.['entities:saveto'] !== undefined) {
		refuse(context.hasEntities ? 'entities.group' : 'entities.no-sheet', surveyPlace(row.number, 'save_to'));
	}
	const top = stack.at(-1);
	if (top === undefined || top.control !== control || stack.length === 1) {
		const name = textAt(row.cells, 'name') ?? '';
		return refuse('survey.unmatched-end', surveyPlace(row.number, 'type'), { type: control, name });
	}
	stack.pop();
	if (control === 'loop') expandLoop(top.node, context.choices.get(top.node.itemset ?? '') ?? [], surveyPlace(row.number, 'type'));
}
