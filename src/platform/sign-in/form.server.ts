import { error, fail, isHttpError, isRedirect, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { localizeHref } from '#paraglide/runtime.js';
import { pageOf } from '../kept-forms.server.ts';
import { isLocale } from '../locales.ts';
import { problemErrors, problemText, formErrors } from '../problem-text.ts';
import { demandStepUp, formObject, sentForm, typedValues, type Refusal } from '../request.server.ts';
import { asProblem } from '../thrown-problem.ts';
import { safePath } from './safe-path.ts';

/**
 * Carries out a form of signing in. Unlike `acting`, the work opens its own transactions: a wrong attempt must be
 * counted though the form is refused.
 * @param work returns the address to go to, with or without locale
 */
export async function answering<S extends z.ZodType>(
	event: RequestEvent,
	schema: S,
	work: (input: z.output<S>) => Promise<string>
): Promise<ActionFailure<Refusal & { code?: string }>> {
	const form = await sentForm(event);
	const asked = formObject(form);
	const parsed = schema.safeParse(asked);
	const values = typedValues(form, pageOf(event.url.pathname));
	const { locale } = event.locals;
	if (!parsed.success) return fail(400, { errors: formErrors(parsed.error, locale, asked), values });
	try {
		redirect(303, here(await work(parsed.data)));
	} catch (thrown) {
		if (isRedirect(thrown) || isHttpError(thrown)) throw thrown;
		const found = asProblem(thrown);
		if (!found) throw thrown;
		return fail(found.status, { errors: problemErrors(found, locale), values, code: found.code });
	}
}

/** Loads for a page of signing in; a problem becomes an error page in the person's language. */
export async function showing<T>(event: RequestEvent, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (thrown) {
		const found = asProblem(thrown);
		if (!found) throw thrown;
		error(found.status, { message: problemText(found.code, found.facts, event.locals.locale), code: found.code, requestId: event.locals.requestId });
	}
}

/** An address with its locale, left alone when it has one. */
export function here(path: string): string {
	const [, first = ''] = path.split(/[/?]/);
	return isLocale(first) ? path : localizeHref(path);
}

/** Where the page's `to` leads: only within this site. */
export const wantedPath = (event: Pick<RequestEvent, 'url'>): string => safePath(event.url.searchParams.get('to'));

/** For pages that show something secret: who has not proved presence lately does so first and comes back. */
export function stepUpFirst(event: RequestEvent): void {
	try {
		demandStepUp(event);
	} catch {
		redirect(303, `${localizeHref('/step-up')}?to=${encodeURIComponent(event.url.pathname)}`);
	}
}
