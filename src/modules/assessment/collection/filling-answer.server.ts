import { m } from '#paraglide/messages.js';
import type { Locale } from '#platform/locales.ts';
import { Problem, problem } from '#platform/problem.ts';
import { problemText } from '#platform/problem-text.ts';
import { openRosaMessage } from './openrosa-message.ts';
import { refusalFields, type Refusal } from './refusal.server.ts';

/** Bytes that the telling of a refusal may have. */
const most = 1000;

/** Answers a filling page as the door for collection apps does: the page reads one kind of answer only. */
export async function fillingAnswer(locale: Locale, work: () => Promise<void>): Promise<Response> {
	try {
		await work();
		return answer(201, openRosaMessage('submit_success', m.assessment_openrosa_received({}, { locale })));
	} catch (thrown) {
		if (!(thrown instanceof Problem)) throw thrown;
		return answer(thrown.status, openRosaMessage('error', problemText(thrown.code, thrown.facts, locale)));
	}
}

/** Reads the telling of a refusal. @throws Problem `form-unreadable` (400) */
export async function sentRefusal(request: Request): Promise<Refusal> {
	const text = await request.text();
	try {
		if (text.length > most) throw new RangeError('too long');
		return refusalFields.parse(JSON.parse(text));
	} catch {
		throw problem('form-unreadable', 400);
	}
}

const answer = (status: number, xml: string): Response =>
	new Response(xml, { status, headers: { 'content-type': 'text/xml; charset=utf-8', 'cache-control': 'no-store', 'x-openrosa-version': '1.0' } });
