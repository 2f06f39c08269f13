import { m } from '#paraglide/messages.js';
import type { Tx } from '#platform/database.server.ts';
import type { FormField } from '../fields.ts';
import { citing } from './choices.server.ts';
import type { Place } from './desk.server.ts';

/** Ticking evidence: figures, quotations, documents. */
export const evidenceFields = async (tx: Tx, place: Place): Promise<FormField[]> => [
	await citing(tx, place, ['figure'], { name: 'figures[]', label: m.thread_field_figures(), hint: m.thread_hint_evidence(), none: m.thread_no_figures() }),
	await citing(tx, place, ['quotation'], { name: 'quotations[]', label: m.thread_field_quotations(), none: m.thread_no_quotations() }),
	await citing(tx, place, ['document'], { name: 'documents[]', label: m.thread_field_documents(), none: m.thread_no_documents() })
];
