import { keptFile } from '#offline/shelf.ts';
import type { KeptFile, Waiting } from '#offline/kept.ts';
import type { Outcome, Send } from '#offline/outbox.ts';
import { Unreadable } from '#offline/seal.ts';
import type { Vault } from '#offline/vault.ts';
import { m } from '#paraglide/messages.js';
import { answersFile, formData, type Payload } from './engine.svelte.ts';

/** Milliseconds after which a sending that hears nothing counts as failed; it can be tried again without harm. */
const patience = 120_000;

/** Bytes of pictures and the like that travel in one request: what a poor line has carried once it need not carry again. */
const portion = 2 * 1024 * 1024;

/** Statuses of a server, or of what stands before it, that has no time now. */
const busy = [408, 425, 429];

/** Sends a payload, whole. It has arrived only when the server says that it is kept. */
export const send = (action: string, payload: Payload, locale: string): Promise<Outcome> => post(action, formData(payload), locale, payload.map(([name]) => name), true);

/** Tells that somebody declined, at once and without keeping it. */
export const sendRefusal = (action: string, says: Readonly<Record<string, string>>, locale: string): Promise<Outcome> => post(action, JSON.stringify(says), locale, [], true);

async function post(action: string, body: FormData | string, locale: string, names: readonly string[], last: boolean): Promise<Outcome> {
	let response: Response;
	let text: string;
	try {
		response = await fetch(`${action}?locale=${encodeURIComponent(locale)}`, {
			method: 'POST',
			body,
			headers: { 'x-openrosa-version': '1.0', ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}) },
			credentials: 'same-origin',
			cache: 'no-store',
			redirect: 'error',
			signal: AbortSignal.timeout(patience)
		});
		text = await response.text();
	} catch {
		return { kind: 'later' };
	}
	if (response.status === 201 || response.status === 202) return last ? { kind: 'arrived' } : { kind: 'part', names };
	// Only a word of our own server counts as a refusal: a hotel's sign-in page answers everything, and means nothing by it.
	const sentence = sentenceIn(text);
	if (sentence === undefined || response.status < 400 || response.status >= 500 || busy.includes(response.status)) return { kind: 'later' };
	return { kind: 'refused', sentence: sentence || m.assessment_fill_not_taken() };
}

function sentenceIn(text: string): string | undefined {
	if (!text.includes('OpenRosaResponse')) return undefined;
	return new DOMParser().parseFromString(text, 'text/xml').querySelector('OpenRosaResponse > message')?.textContent?.trim();
}

/** Sends what waits, a portion at a time: the answers with each, as collection apps do. */
export const sendWaiting = (locale: string) => (vault: Vault): Send => async (waiting) => {
	if (waiting.errand === 'refusal') return post(waiting.action, JSON.stringify(waiting.says), locale, [], true);
	try {
		const { files, last } = nextPortion(waiting);
		const payload: [string, File][] = [];
		for (const file of files) payload.push([file.name, await keptFile(vault, file)]);
		const body = formData(payload);
		if (!last) body.set('*isIncomplete*', 'yes');
		return await post(waiting.action, body, locale, files.map(({ name }) => name).filter((name) => name !== answersFile), last);
	} catch (error) {
		// Another page may just have sent it, or locked: the next look tells.
		if (error instanceof Unreadable) return { kind: 'later' };
		throw error;
	}
};

/** The answers and the next files that the server has not got. */
export function nextPortion({ files, sent }: Pick<Waiting, 'files' | 'sent'>): { readonly files: readonly KeptFile[]; readonly last: boolean } {
	const answers = files.filter(({ name }) => name === answersFile);
	const left = files.filter(({ name }) => name !== answersFile && !sent.includes(name));
	let bytes = 0;
	const now = left.filter(({ size }, index) => {
		bytes += size;
		return index === 0 || bytes <= portion;
	});
	return { files: [...answers, ...now], last: now.length === left.length };
}
