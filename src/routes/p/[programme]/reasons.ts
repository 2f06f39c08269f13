import { m } from '#paraglide/messages.js';
import type { Locale } from '#platform/locales.ts';
import { daysBetween } from '#thread/days.ts';
import type { Reason, Trouble } from '#thread/state.ts';
import { formatNumber } from '#ui/format.ts';

const words: Record<Reason, () => string> = {
	'evidence-withdrawn': m.thread_reason_evidence_withdrawn,
	'on-nothing': m.thread_on_nothing,
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

/** Why a step is late or broken, and for how many days, each reason in its turn: "no reply, days: 31; evidence withdrawn, days: 2". */
export const reasonsText = (troubles: readonly Pick<Trouble, 'reason' | 'since'>[], today: string, locale: Locale): string =>
	troubles.map(({ reason, since }) => m.thread_reason_days({ reason: words[reason](), days: formatNumber(daysBetween(since, today), locale) })).join('; ');
