import { m } from '#paraglide/messages.js';
import type { ErasureReason } from '#modules/assessment/fieldwork/erasure.ts';

export const erasureWords: Readonly<Record<ErasureReason, () => string>> = {
	asked: m.fieldwork_erase_asked,
	'no-consent': m.fieldwork_erase_no_consent,
	mistake: m.fieldwork_erase_mistake,
	minor: m.fieldwork_erase_minor,
	danger: m.fieldwork_erase_danger
};
