import { textAt, type Row } from './cells.ts';
import type { FormNode } from './form.ts';
import { allowParameters, requireInteger, requireNumber, requireOneOf, type Parameters } from './parameters.ts';
import { completeRange } from './range.ts';
import { refuse } from './refusal.ts';
import { surveyPlace, warn, type SurveyContext } from './surveyContext.ts';
import { yesNo } from './vocabulary.ts';

type Completion = (node: FormNode, row: Row, parameters: Parameters, context: SurveyContext) => void;

/** What some types of question need beyond the columns that all have. */
const COMPLETIONS: Readonly<Record<string, Completion>> = {
	text: completeText,
	photo: completePhoto,
	audio: completeAudio,
	'background-audio': completeBackgroundAudio,
	geopoint: completeGeo,
	geotrace: completeGeo,
	geoshape: completeGeo,
	'start-geopoint': completeStartGeopoint,
	'background-geopoint': checkBackgroundGeopoint,
	range: (node, row, parameters, context) => completeRange(node, parameters, context.choices, surveyPlace(row.number, 'parameters'))
};

/** @throws Refusal `parameters.*`, `range.*`, `trigger.*` */
export function completeQuestion(node: FormNode, row: Row, parameters: Parameters, context: SurveyContext): void {
	if (Object.hasOwn(COMPLETIONS, node.type)) COMPLETIONS[node.type]?.(node, row, parameters, context);
}

function completeText(node: FormNode, row: Row, parameters: Parameters): void {
	const place = surveyPlace(row.number, 'parameters');
	allowParameters(parameters, ['rows'], place);
	const rows = requireInteger(parameters, 'rows', place);
	if (rows !== undefined) node.control['rows'] = rows;
}

function completePhoto(node: FormNode, row: Row, parameters: Parameters, context: SurveyContext): void {
	const place = surveyPlace(row.number, 'parameters');
	if (node.default !== undefined && !node.dynamicDefault && !node.default.includes('jr://images/')) {
		node.default = `jr://images/${node.default}`;
	}
	allowParameters(parameters, ['app', 'max-pixels'], place);
	const pixels = requireInteger(parameters, 'max-pixels', place);
	if (pixels !== undefined) node.bind['orx:max-pixels'] = pixels;
	else warn(context, row.number, 'survey.large-pictures');
	const app = parameters['app'];
	const appearance = node.control['appearance'];
	if (app === undefined || (appearance !== undefined && appearance !== 'annotate')) return;
	if (!isPackageName(app)) refuse('parameters.app', place);
	node.control['intent'] = app;
}

/** https://developer.android.com/build/configure-app-module: at least two segments, each beginning with a letter. */
function isPackageName(name: string): boolean {
	return /^[a-zA-Z][a-zA-Z0-9_]*(?:\.[a-zA-Z][a-zA-Z0-9_]*)+$/.test(name);
}

function completeAudio(node: FormNode, row: Row, parameters: Parameters): void {
	const place = surveyPlace(row.number, 'parameters');
	allowParameters(parameters, ['quality'], place);
	const quality = requireOneOf(parameters, 'quality', ['voice-only', 'low', 'normal', 'external'], place);
	if (quality !== undefined) node.bind['odk:quality'] = quality;
}

function completeBackgroundAudio(node: FormNode, row: Row, parameters: Parameters): void {
	const place = surveyPlace(row.number, 'parameters');
	allowParameters(parameters, ['quality'], place);
	const quality = requireOneOf(parameters, 'quality', ['voice-only', 'low', 'normal'], place);
	node.actions.push({
		element: 'odk:recordaudio',
		event: 'odk-instance-load',
		attributes: quality === undefined ? {} : { 'odk:quality': quality }
	});
}

function completeGeo(node: FormNode, row: Row, parameters: Parameters, context: SurveyContext): void {
	const place = surveyPlace(row.number, 'parameters');
	const shared = ['allow-mock-accuracy', 'reference-geometry'];
	allowParameters(
		parameters,
		node.type === 'geopoint' ? [...shared, 'capture-accuracy', 'warning-accuracy'] : [...shared, 'incremental'],
		place
	);
	const capture = requireNumber(parameters, 'capture-accuracy', place);
	if (capture !== undefined) node.control['accuracyThreshold'] = capture;
	const warning = requireNumber(parameters, 'warning-accuracy', place);
	if (warning !== undefined) node.control['unacceptableAccuracyThreshold'] = warning;
	const incremental = parameters['incremental'];
	if (incremental !== undefined) {
		if (yesNo(incremental) !== true) {
			refuse('parameters.value', place, { name: 'incremental', value: incremental, expected: 'true' });
		}
		node.control['incremental'] = 'true';
	}
	const mock = requireOneOf(parameters, 'allow-mock-accuracy', ['true', 'false'], place);
	if (mock !== undefined) node.bind['odk:allow-mock-accuracy'] = mock;
	const target = parameters['reference-geometry'];
	if (target !== undefined) {
		context.geometries.push({ target, row: row.number });
		node.itemset = target;
	}
}

function completeStartGeopoint(node: FormNode): void {
	node.actions.push({ element: 'odk:setgeopoint', event: 'odk-instance-first-load' });
}

function checkBackgroundGeopoint(node: FormNode, row: Row): void {
	if (textAt(row.cells, 'trigger') === undefined) refuse('trigger.needed', surveyPlace(row.number, 'trigger'));
	if (node.bind['calculate'] !== undefined) refuse('trigger.calculation', surveyPlace(row.number, 'calculation'));
}
