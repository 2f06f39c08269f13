import { m } from '#paraglide/messages.js';

/** The rules of quality by their short names. */
export const ruleWords: Readonly<Record<string, () => string>> = {
	constraint: m.fieldwork_rule_constraint,
	required: m.fieldwork_rule_required,
	choice: m.fieldwork_rule_choice,
	irrelevant: m.fieldwork_rule_irrelevant,
	unreadable: m.fieldwork_rule_unreadable,
	'same-answers': m.fieldwork_rule_same_answers,
	'same-key': m.fieldwork_rule_same_key,
	overlap: m.fieldwork_rule_overlap,
	'soon-after': m.fieldwork_rule_soon_after,
	outlier: m.fieldwork_rule_outlier,
	'too-fast': m.fieldwork_rule_too_fast,
	'straight-line': m.fieldwork_rule_straight_line
};
