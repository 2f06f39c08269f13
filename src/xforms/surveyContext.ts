import type { ChoiceLists, Choice, FormNode } from './form.ts';
import type { Place, Warning } from './refusal.ts';
import { warning, type WarningCode } from './warnings.ts';

/** What the reading of the survey sheet knows and collects. */
export type SurveyContext = {
	/** Choice lists; `or_other` adds a choice to one. */
	readonly choices: Map<string, Choice[]>;
	readonly externalChoices: ChoiceLists | undefined;
	readonly osmTags: ChoiceLists | undefined;
	/** Does the form declare entities, whose properties rows may fill? */
	readonly hasEntities: boolean;
	readonly sheetNames: readonly string[];
	readonly formName: string;
	readonly settings: Record<string, string>;
	readonly warnings: Warning[];
	/** Metadata that the survey sheet asks for (the audit log). */
	readonly meta: FormNode[];
	/** Triggers with their rows, checked when all questions are known. */
	readonly triggers: { name: string; row: number }[];
	/** `reference-geometry` parameters, checked when all lists and repeats are known. */
	readonly geometries: { target: string; row: number }[];
	orOther: boolean;
};

export function surveyPlace(row: number, column?: string): Place {
	return { sheet: 'survey', row, column };
}

export function warn(context: SurveyContext, row: number, code: WarningCode, facts: Readonly<Record<string, string>> = {}): void {
	context.warnings.push(warning(code, { sheet: 'survey', row }, facts));
}
