import { z } from 'zod';
import { m } from '#paraglide/messages.js';
import type { Locale } from '#platform/locales.ts';
import { formatNumber } from '#ui/format.ts';
import { qualityRules, type QualityRule } from './quality/rules.ts';

export const factsSchema = z.record(z.string(), z.union([z.string(), z.number()]));
export const ruleSchema = z.enum(qualityRules);

/** A flag as it is shown. */
export type Flag = { readonly id: string; readonly submissionId: string; readonly rule: QualityRule; readonly key: string; readonly facts: z.output<typeof factsSchema>; readonly foundAt: Date; readonly dismissedAt: Date | null; readonly dismissedBy: string | null; readonly dismissedReason: string | null };

/** Rules whose key is the id of another submission. */
export const pairRules: ReadonlySet<QualityRule> = new Set<QualityRule>(['same-answers', 'same-key', 'overlap', 'soon-after']);

/** What a flag says, in a sentence of the reader's language. @param question the words of the question it is about, if it is about one */
export function flagText({ rule, facts }: Pick<Flag, 'rule' | 'facts'>, question: string, locale: Locale): string {
	const number = (name: string): string => (typeof facts[name] === 'number' ? formatNumber(facts[name], locale, Number.isInteger(facts[name]) ? 0 : 1) : '');
	const receipt = String(facts['receipt'] ?? '');
	const options = { locale };
	switch (rule) {
		case 'constraint':
			return m.fieldwork_flag_constraint({ question }, options);
		case 'required':
			return m.fieldwork_flag_required({ question }, options);
		case 'choice':
			return m.fieldwork_flag_choice({ question }, options);
		case 'irrelevant':
			return m.fieldwork_flag_irrelevant({ question }, options);
		case 'unreadable':
			return m.fieldwork_flag_unreadable({}, options);
		case 'same-answers':
			return m.fieldwork_flag_same_answers({ receipt, others: number('others') }, options);
		case 'same-key':
			return m.fieldwork_flag_same_key({ receipt, others: number('others') }, options);
		case 'overlap':
			return m.fieldwork_flag_overlap({ receipt, minutes: number('minutes') }, options);
		case 'soon-after':
			return m.fieldwork_flag_soon_after({ receipt, seconds: number('seconds') }, options);
		case 'outlier':
			return m.fieldwork_flag_outlier({ question, value: number('value'), median: number('median'), low: number('low'), high: number('high') }, options);
		case 'too-fast':
			return facts['least'] === undefined ? m.fieldwork_flag_too_fast_median({ minutes: number('minutes'), median: number('median') }, options) : m.fieldwork_flag_too_fast({ minutes: number('minutes'), least: number('least') }, options);
		case 'straight-line':
			return m.fieldwork_flag_straight_line({ question, answers: number('answers') }, options);
	}
}
