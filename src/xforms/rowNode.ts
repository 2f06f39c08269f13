import { flat, groupAt, textAt, translatedAt, type Row, type Text } from './cells.ts';
import { mediaOf } from './choices.ts';
import { checkReferenceSyntax, isDynamicDefault, references } from './expression.ts';
import { formNode, type Action, type FormNode, type NodeKind } from './form.ts';
import { QUESTION_TYPES } from './questionTypes.ts';
import { refuse } from './refusal.ts';
import { surveyPlace, type SurveyContext } from './surveyContext.ts';

/** A node from a row of the survey sheet, before anything particular to its type. */
export function nodeOfRow(row: Row, kind: NodeKind, name: string, type: string, insideRepeat: boolean, context: SurveyContext): FormNode {
	const { cells } = row;
	const known = kind === 'question' ? QUESTION_TYPES.get(type) : undefined;
	const bind: Record<string, Text> = { ...known?.bind };
	for (const [key, cell] of Object.entries(groupAt(cells, 'bind') ?? {})) {
		if (key !== 'entities:saveto') bind[key] = typeof cell === 'string' ? cell : flat(cell);
	}
	const control = flat(groupAt(cells, 'control'));
	const value = kind === 'question' ? textAt(cells, 'default') : undefined;
	const triggers = readTriggers(textAt(cells, 'trigger'), row.number, context);
	const dynamicDefault = value !== undefined && isDynamicDefault(value, type);
	// A bare `media` says neither which kind nor which language: nothing is shown, yet it stands where a label would.
	const unclear = kind === 'question' && textAt(cells, 'media') !== undefined ? '' : undefined;
	const label = translatedAt(cells, 'label') ?? unclear;
	return formNode({
		kind,
		name,
		type,
		row: row.number,
		// A header row of a table needs a label to be shown at all.
		label: label === undefined && control['appearance'] === 'label' ? ' ' : label,
		hint: translatedAt(cells, 'hint') ?? known?.hint,
		guidance: translatedAt(cells, 'guidance_hint'),
		media: mediaOf(cells),
		bind,
		control: { ...known?.attributes, ...control },
		attributes: flat(groupAt(cells, 'instance')),
		default: value,
		dynamicDefault,
		actions: dynamicDefault ? defaultActions(insideRepeat) : [],
		triggers: kind === 'question' ? triggers : [],
		choiceFilter: textAt(cells, 'choice_filter'),
		save: textAt(groupAt(cells, 'bind'), 'entities:saveto')
	});
}

/** A computed default is set when the form is first opened, and again in every new repeat. */
function defaultActions(insideRepeat: boolean): Action[] {
	const first: Action = { element: 'setvalue', event: 'odk-instance-first-load' };
	return insideRepeat ? [first, { element: 'setvalue', event: 'odk-new-repeat' }] : [first];
}

/**
 * `${q1}, ${q2}`: the questions whose change computes this one. Groups are computed by nothing, yet what they name
 * must exist.
 * @throws Refusal `reference.no-comma`, `reference.malformed`
 */
function readTriggers(cell: string | undefined, row: number, context: SurveyContext): string[] {
	if (cell === undefined) return [];
	const place = surveyPlace(row, 'trigger');
	if (!cell.includes('${')) refuse('reference.malformed', place);
	checkReferenceSyntax(cell, place);
	return cell.split(',').flatMap((part) => {
		const found = references(part);
		if (found.length > 1) refuse('reference.no-comma', place);
		context.triggers.push(...found.map(({ name }) => ({ name, row })));
		return found.map(({ name }) => name);
	});
}
