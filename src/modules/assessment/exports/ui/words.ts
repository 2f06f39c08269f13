import { m } from '#paraglide/messages.js';
import type { ReviewState } from '#modules/assessment/collection/review.ts';
import type { ExportFormat } from '../choice.ts';

const formats: Readonly<Record<ExportFormat, () => string>> = {
	csv: m.exports_format_csv, xlsx: m.exports_format_xlsx, spss: m.exports_format_spss, 'spss-syntax': m.exports_format_spss_syntax,
	stata: m.exports_format_stata, r: m.exports_format_r
};
export const formatWord = (format: ExportFormat): string => formats[format]();

const states: Readonly<Record<ReviewState, () => string>> = {
	received: m.assessment_review_state_received, has_issues: m.assessment_review_state_has_issues,
	approved: m.assessment_review_state_approved, rejected: m.assessment_review_state_rejected
};
export const stateWord = (state: ReviewState): string => states[state]();
