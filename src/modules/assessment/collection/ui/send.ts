import { m } from '#paraglide/messages.js';
import { formData, type Payload } from './engine.svelte.ts';

/** What became of sending: arrived and kept, or the sentence that says why not. */
export type Outcome = { readonly arrived: true } | { readonly arrived: false; readonly sentence: string };

/** Milliseconds after which a sending that hears nothing counts as failed; it can be tried again without harm. */
const patience = 120_000;

/** Sends a payload. It has arrived only when the server says that it is kept. */
export async function send(action: string, payload: Payload, locale: string): Promise<Outcome> {
	let response: Response;
	let text: string;
	try {
		response = await fetch(`${action}?locale=${encodeURIComponent(locale)}`, {
			method: 'POST',
			body: formData(payload),
			headers: { 'x-openrosa-version': '1.0' },
			credentials: 'same-origin',
			cache: 'no-store',
			signal: AbortSignal.timeout(patience)
		});
		text = await response.text();
	} catch {
		return { arrived: false, sentence: m.assessment_fill_offline() };
	}
	if (response.status === 201 || response.status === 202) return { arrived: true };
	const said = new DOMParser().parseFromString(text, 'text/xml').querySelector('message')?.textContent?.trim();
	return { arrived: false, sentence: said || m.assessment_fill_not_taken() };
}
