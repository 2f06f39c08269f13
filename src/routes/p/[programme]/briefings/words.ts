import { m } from '#paraglide/messages.js';

/** A briefing's state in the reader's language. */
export function briefingState(state: string): string {
	if (state === 'published') return m.policy_briefing_state_published();
	if (state === 'withdrawn') return m.policy_briefing_state_withdrawn();
	return m.policy_briefing_state_draft();
}

/** What kind of block it is, in the reader's language. */
export function blockKind(kind: string): string {
	switch (kind) {
		case 'heading':
			return m.policy_block_heading();
		case 'figure':
			return m.policy_block_figure();
		case 'quotation':
			return m.policy_block_quotation();
		case 'finding':
			return m.policy_block_finding();
		case 'recommendation':
			return m.policy_block_recommendation();
		default:
			return m.policy_block_text();
	}
}
