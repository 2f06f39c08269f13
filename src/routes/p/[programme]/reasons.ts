import { m } from '#paraglide/messages.js';
import type { Locale } from '#platform/locales.ts';
import type { Reason } from '#thread/state.ts';
import { formatNumber } from '#ui/format.ts';

const words: Record<Reason, () => string> = {
	'evidence-withdrawn': m.thread_reason_evidence_withdrawn,
	'no-response': m.thread_reason_no_response,
	'no-result': m.thread_reason_no_result,
	'no-reply': m.thread_reason_no_reply,
	refused: m.thread_reason_refused,
	'no-commitment': m.thread_reason_no_commitment,
	overdue: m.thread_reason_overdue,
	disagree: m.thread_reason_disagree,
	'not-verified': m.thread_reason_not_verified,
	reopened: m.gaps_reason_reopened,
	'closing-withdrawn': m.gaps_reason_closing_withdrawn
};

/** Why a step is late or broken, and for how many days: "no reply, 31 days". */
export const reasonText = (reason: Reason, days: number, locale: Locale): string =>
	m.thread_reason_days({ reason: words[reason](), days: formatNumber(days, locale) });
