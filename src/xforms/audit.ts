import { formNode, type FormNode } from './form.ts';
import { allowParameters, requireInteger, requireOneOf, type Parameters } from './parameters.ts';
import { refuse, type Place } from './refusal.ts';

const LOCATION = ['location-priority', 'location-min-interval', 'location-max-age'];

/**
 * The audit log of a form: what the enumerator saw and when, and where if asked for. It stands in the metadata and
 * is always named `audit` (ODK XForms specification, "Metadata").
 *
 * @throws Refusal `survey.audit-name`, `parameters.*`
 */
export function auditNode(name: string | undefined, parameters: Parameters, bind: FormNode['bind'], place: Place): FormNode {
	if (name !== undefined && name !== 'audit') refuse('survey.audit-name', { ...place, column: 'name' });
	allowParameters(parameters, [...LOCATION, 'track-changes', 'identify-user', 'track-changes-reasons'], place);
	const attributes: Record<string, string | undefined> = {
		'track-changes': requireOneOf(parameters, 'track-changes', ['true', 'false'], place),
		'track-changes-reasons': requireOneOf(parameters, 'track-changes-reasons', ['on-form-edit'], place),
		'identify-user': requireOneOf(parameters, 'identify-user', ['true', 'false'], place),
		...location(parameters, place)
	};
	const node = formNode({ kind: 'question', name: 'audit', type: 'audit', row: place.row, bind: { type: 'binary', ...bind } });
	for (const [key, value] of Object.entries(attributes)) if (value !== undefined) node.bind[`odk:${key}`] = value;
	return node;
}

/** Location is logged with all three parameters or not at all. */
function location(parameters: Parameters, place: Place): Record<string, string | undefined> {
	if (!LOCATION.some((key) => key in parameters)) return {};
	if (!LOCATION.every((key) => key in parameters)) refuse('parameters.missing', place, { names: LOCATION.join(', ') });
	requireOneOf(parameters, 'location-priority', ['no-power', 'low-power', 'balanced', 'high-accuracy'], place);
	const interval = seconds(parameters, 'location-min-interval', place);
	const age = seconds(parameters, 'location-max-age', place);
	if (age < interval) {
		const value = String(age);
		refuse('parameters.value', place, { name: 'location-max-age', value, expected: 'at least location-min-interval' });
	}
	return Object.fromEntries(LOCATION.map((key) => [key, parameters[key]]));
}

function seconds(parameters: Parameters, name: string, place: Place): number {
	const value = requireInteger(parameters, name, place) ?? '0';
	if (Number(value) < 0) refuse('parameters.value', place, { name, value, expected: 'zero or more' });
	return Number(value);
}
