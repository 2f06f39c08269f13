/**
 * Every reason for which an XLSForm is refused, in English. The interface's languages have the same sentences in
 * `messages/assessment/*.json` (see `xlsform-problems.ts` of the module `assessment`); a test holds the two together.
 */
export const REASONS = {
	'xlsform.unreadable': 'The file cannot be read as a spreadsheet ({detail}).',
	'xlsform.binary-xls': 'This is an old binary .xls file. Save it as .xlsx and try again.',
	'xlsform.too-large': 'The file is larger than allowed: {what}, at most {limit}.',

	'sheet.missing': "There is no sheet named '{sheet}'.",
	'sheet.misspelled': "There is no sheet named '{sheet}'. Similar names were found: {similar}.",
	'headers.missing': 'There are values in a column without a header. Is the header row missing?',
	'headers.duplicate': "Two columns mean the same: '{first}' and '{second}'. Rename or remove one of them.",
	'headers.required': "The column '{header}' is missing.",
	'headers.unknown': 'These columns are not known here: {columns}.',

	'survey.no-type': 'A question needs a type.',
	'survey.unknown-type': "The question type '{type}' is not known.",
	'survey.include': "The type 'include' takes questions from another file, which is not supported.",
	'survey.no-name': 'A question or group needs a name.',
	'survey.no-label': "The question '{name}' has no label or hint.",
	'survey.no-calculation': "The question '{name}' needs a calculation.",
	'survey.image-missing': "'{name}' has a big-image but no image.",
	'survey.media-unknown': "'{media}' is not a kind of media.",
	'survey.unmatched-end': "There is no 'begin_{type}' for this 'end_{type}'.",
	'survey.unmatched-begin': "The {type} '{name}' has no 'end_{type}'.",
	'survey.loop-list': 'A loop needs a choice list to go over.',
	'survey.external-in-repeat': 'External data cannot be attached inside a repeat.',
	'survey.audit-name': "An audit is always named 'audit'; leave the name empty.",

	'names.invalid':
		"'{name}' is not a valid name. Names begin with a letter or underscore, then letters, digits, underscores, hyphens or periods.",
	'names.duplicate': "The name '{name}' occurs twice in the same group, repeat or form.",
	'names.repeat-duplicate': "The repeat name '{name}' occurs twice in the form.",
	'names.repeat-as-form': "The repeat name '{name}' is also the name of the form itself.",
	'names.meta': "The name 'meta' is reserved.",
	'names.reserved': "The names 'name' and 'label' are reserved here.",
	'names.underscores': "'{name}' must not begin with two underscores.",
	'names.period': "'{name}' must not contain a period.",

	'reference.malformed': "A reference begins with '${', then a question's name, and ends with '}'.",
	'reference.unknown': "There is no question named '{name}'.",
	'reference.ambiguous': "There is more than one question named '{name}', so the reference is not clear.",
	'reference.no-comma': 'Put a comma between references.',

	'choices.no-name': 'A choice needs a name.',
	'choices.duplicate': "The choice '{name}' occurs twice in the list '{list}'.",
	'choices.space': "The choice '{name}' of the list '{list}' has a space in its name, which a question with several answers cannot have.",
	'choices.no-sheet': 'The form has selects but no choices: a choices sheet with list_name, name and label is needed.',
	'choices.no-list': "There is no choice list named '{list}'.",
	'choices.no-external-sheet': 'The form has external selects but no external_choices sheet with list name and name.',

	'select.file-extension': "The file '{file}' must end with .xml, .csv or .geojson.",
	'select.external-unfiltered': "The external choices '{list}' need a choice filter.",
	'select.other-filter': 'A choice filter does not work together with or_other.',
	'select.other-choices': 'or_other needs a choice list of this form.',
	'select.search-mixed':
		"The choice list '{list}' is used with search() by '{name}' and without it by '{other}'. Use another list for one of them.",
	'select.search-file': "The question '{name}' takes its choices from a file, which search() cannot look through. Remove search(), or use a choice list.",
	'select.table-filter': 'A choice filter does not work in a table-list.',
	'select.table-lists': "All questions of a table-list use one choice list; here are '{first}' and '{second}'.",

	'parameters.malformed': "Parameters look like 'key1=value1 key2=value2'.",
	'parameters.unknown': "This question type knows the parameters {accepted}; '{rejected}' is not one of them.",
	'parameters.value': "The parameter '{name}' cannot be '{value}'; it must be {expected}.",
	'parameters.missing': 'These parameters only work together: {names}.',
	'parameters.app': "The parameter 'app' is not a valid Android package name.",
	'range.number': "The parameter '{name}' must be a number.",
	'range.zero': "The parameter '{name}' must not be 0.",
	'range.too-wide': "The parameter '{name}' must not be larger than the range itself.",
	'range.multiple': "The parameter '{name}' must be a multiple of 'step'.",
	'range.outside': "The parameter '{name}' must lie between 'start' and 'end'.",
	'range.appearance': "'tick_interval', 'placeholder' and 'tick_labelset' do not work with the appearance '{appearance}'.",
	'range.labels': "The tick labels '{list}' do not fit the range: {detail}.",
	'geo.reference': "'reference-geometry' must name a choice list, an entity list, an attached file, or a repeat as a reference.",

	'trigger.hidden': "'{name}' is not shown, so it cannot trigger '{target}'.",
	'trigger.needed': 'background-geopoint needs a trigger.',
	'trigger.calculation': 'background-geopoint cannot have a calculation.',

	'instance.duplicate': "External data named '{name}' is declared twice.",
	'instance.clash': "'{name}' would name two different sources of data: {first} and {second}.",

	'entities.no-list': 'An entity list needs a name.',
	'entities.list-duplicate': "The entity list '{list}' is declared twice.",
	'entities.no-label': "The entity list '{list}' needs a label to create entities.",
	'entities.no-update-if': "The entity list '{list}' has create_if and entity_id, so it needs update_if too.",
	'entities.no-id': "The entity list '{list}' needs an entity_id to update entities.",
	'entities.no-sheet': 'save_to needs an entities sheet that declares the entity.',
	'entities.group': 'A group or repeat cannot be saved to an entity.',
	'entities.delimiter': "save_to has at most one '#'.",
	'entities.unknown-list': "There is no entity list named '{list}'.",
	'entities.prefix': "With more than one entity list, save_to is written list_name#property.",
	'entities.property-duplicate': "The property '{property}' is already filled by row {other}.",
	'entities.save-scope': "'{list}' is also filled from '{otherScope}', which does not go with '{scope}'.",
	'entities.reference-scope': "'{list}' is filled from '{otherScope}', which does not go with '{name}' in '{scope}'.",
	'entities.no-container': "Only one entity fits in '{scope}', and row {other} has taken the place.",

	'settings.encryption': 'An encrypted form cannot omit the instanceID.'
} as const;

export type ReasonCode = keyof typeof REASONS;
