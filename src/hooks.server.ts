import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { paraglideMiddleware } from '#paraglide/server.js';
import { localizeHref } from '#paraglide/runtime.js';
import { allowWasm } from '#modules/assessment/collection/fill-policy.server.ts';
import { publicActor } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import { isLocale, localeFacts, locales, pickLocale } from '#platform/locales.ts';
import { log } from '#platform/log.server.ts';
import { plainPage, plainProblem, wantsJson } from '#platform/plain-page.ts';
import type { Problem } from '#platform/problem.ts';
import { problemText } from '#platform/problem-text.ts';
import { readSession } from '#platform/session.server.ts';
import { settings } from '#platform/settings.ts';
import { getCookie } from '#platform/sign-in/cookies.server.ts';
import { asProblem } from '#platform/thrown-problem.ts';
import { unattendedHeader } from '#ui/unattended.ts';

/** Where a locked session may still go: to unlock itself or to end. */
const openWhenLocked = /^\/(unlock|sign-out|sign-in|recover\/|b\/|c\/|_app\/)/;

/** Pages that show secrets to who is not signed in yet: links, codes, the key of an authenticator app. */
const opensDoors = /^\/(invitation|recover|sign-in|first-run|demo-sign-in|step-up|c)(\/|$)/;

export const handle: Handle = async ({ event, resolve }) => {
	const spelled = spelledRight(event.url.pathname);
	if (spelled) redirect(308, spelled + event.url.search);
	const [, first = ''] = event.url.pathname.split('/');
	if (!isLocale(first) && event.request.method === 'GET' && !event.url.pathname.startsWith('/_app/')) {
		const chosen = event.cookies.get('hamkor_locale');
		const locale = isLocale(chosen) ? chosen : pickLocale(event.request.headers.get('accept-language'));
		redirect(307, `/${locale}${event.url.pathname === '/' ? '' : event.url.pathname}${event.url.search}`);
	}
	return paraglideMiddleware(event.request, async ({ locale }) => {
		event.locals.locale = isLocale(locale) ? locale : 'uz';
		event.locals.requestId = newId();
		try {
			event.locals.signedIn = await readSession(getCookie(event, 'hamkor_session'), { unattended: unattended(event), locale: event.locals.locale });
		} catch (thrown) {
			const found = asProblem(thrown);
			if (!found) throw thrown;
			return refused(event, found);
		}
		const { signedIn } = event.locals;
		event.locals.actor = signedIn && !signedIn.locked ? { kind: 'person', personId: signedIn.personId, locale: event.locals.locale } : publicActor;
		const path = event.url.pathname.replace(/^\/[^/]+/, '') || '/';
		if (signedIn?.locked && !openWhenLocked.test(path)) {
			redirect(303, `${localizeHref('/unlock')}?to=${encodeURIComponent(event.url.pathname + event.url.search)}`);
		}
		const response = await resolve(event, {
			transformPageChunk: ({ html }) => html.replace('%lang%', localeFacts[event.locals.locale].lang)
		});
		if (response.status === 405) return methodRefused(event, response);
		allowWasm(event.route.id, response.headers);
		// What a signed-in person saw must not come back from a shared computer's cache, nor what makes somebody one.
		if (signedIn || opensDoors.test(path)) response.headers.set('cache-control', 'no-store');
		return response;
	});
};

/**
 * Whether a page asked by itself and not a person: the look at long work, by script or (`?watch`) by the page's own reloading. It says
 * so itself, for nobody gains by saying it: the session locks the sooner.
 */
const unattended = ({ request, url }: RequestEvent): boolean => request.headers.has(unattendedHeader) || url.searchParams.has('watch');

/** The framework's own refusal of a method is a line of English. */
const methodRefused = (event: RequestEvent, { headers }: Response): Response => refused(event, { status: 405, code: 'method', facts: {} }, { allow: headers.get('allow') ?? 'GET, HEAD' });

/** What is refused before any page of ours is chosen. */
function refused({ locals, request }: RequestEvent, { status, code, facts }: Pick<Problem, 'status' | 'code' | 'facts'>, more: Record<string, string> = {}): Response {
	const sentence = problemText(code, facts, locals.locale);
	const json = wantsJson(request.headers.get('accept'));
	const body = json ? plainProblem(status, code, sentence) : plainPage(locals.locale, sentence);
	return new Response(request.method === 'HEAD' ? null : body, {
		status, headers: { ...more, 'cache-control': 'no-store', 'content-type': json ? 'application/problem+json' : 'text/html; charset=utf-8' }
	});
}

/** `/uz-cyrl/…` was meant as `/uz-Cyrl/…`. */
function spelledRight(pathname: string): string | undefined {
	const [, first = '', ...rest] = pathname.split('/');
	const meant = locales.find((locale) => locale !== first && locale.toLowerCase() === first.toLowerCase());
	return meant && ['', meant, ...rest].join('/');
}

/** What the framework itself refuses: an address or action that is not there, a body that is too large. */
const refusals: Readonly<Record<number, string>> = { 404: 'not-found', 405: 'not-found', 413: 'form-too-large' };

export const handleError: HandleServerError = ({ kind, error, event }) => {
	const { locale = 'uz', requestId } = event.locals;
	const reference = requestId === undefined ? {} : { requestId };
	if (kind === 'app') return reference; // said by ourselves, in the person's language already
	if (kind === 'unknown') log().error({ err: error, requestId }, 'a request failed');
	const code = kind === 'framework' ? (refusals[error.status] ?? 'form-unreadable') : 'bug';
	return { message: problemText(code, { megabytes: settings().HAMKOR_BODY_LIMIT }, locale), code, ...reference };
};
