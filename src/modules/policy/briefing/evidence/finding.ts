import type { EvidenceKind } from './evidence.ts';

/** A finding that stands, and rests on no single service's score that the service has not agreed to publish. */
export const finding: EvidenceKind = {
	objectTo(block, object) {
		if (block.findingState !== 'stands') object('briefing.finding-not-standing', { code: block.code });
		if (block.findingUntold === true) object('briefing.finding-score-untold', { code: block.code });
	},
	edition: (block, { say }) => ({ kind: 'finding', code: block.code, statement: say(block.statement) })
};
