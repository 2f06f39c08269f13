import type { EvidenceKind } from './evidence.ts';

/** A recommendation that an authority has received. */
export const recommendation: EvidenceKind = {
	objectTo(block, object) {
		if (block.recommendationState !== 'delivered' && block.recommendationState !== 'answered') object('briefing.recommendation-not-delivered', { code: block.code });
	},
	edition: (block, { say }) => ({ kind: 'recommendation', code: block.code, title: say(block.recommendationTitle), body: say(block.recommendationBody), addressedTo: say(block.addressedTo) })
};
