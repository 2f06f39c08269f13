import type { EvidenceKind } from './evidence.ts';

/** A finding that stands. */
export const finding: EvidenceKind = {
	objectTo(block, object) {
		if (block.findingState !== 'stands') object('briefing.finding-not-standing', { code: block.code });
	},
	edition: (block, { say }) => ({ kind: 'finding', code: block.code, statement: say(block.statement) })
};
