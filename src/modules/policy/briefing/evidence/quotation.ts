import { localText } from '#platform/locales.ts';
import type { EvidenceKind } from './evidence.ts';

/** What somebody said: goes out with her consent only. */
export const quotation: EvidenceKind = {
	objectTo(block, object) {
		if (block.quotationId === null) return object('briefing.evidence-unseen', { code: block.code });
		if (block.consentLevel === 'internal') object('briefing.quotation-internal', { code: block.code });
	},
	edition(block, { locale, say }) {
		const words = localText(block.quotationWords ?? {}, locale);
		return { kind: 'quotation', words: words.text, lang: words.locale, spokenBy: say(block.spokenBy), saidOn: block.saidOn };
	}
};
