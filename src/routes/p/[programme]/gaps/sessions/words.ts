import { m } from '#paraglide/messages.js';
import type { Locale } from '#platform/locales.ts';
import { formatNumber } from '#ui/format.ts';

/** A session's state in words. */
export function sessionStateWord({ state, turn }: { state: string; turn: number }, locale: Locale): string {
	const told = { turn: formatNumber(turn, locale) };
	if (state === 'scoring') return m.gaps_session_state_scoring(told);
	if (state === 'shown') return m.gaps_session_state_shown(told);
	if (state === 'adopted') return m.gaps_session_state_adopted();
	return state === 'cancelled' ? m.gaps_session_state_cancelled() : m.gaps_session_state_draft();
}

/** The tone of its tag. */
export const sessionTone = (state: string): 'plain' | 'accent' | 'ok' => (state === 'scoring' || state === 'shown' ? 'accent' : state === 'adopted' ? 'ok' : 'plain');
