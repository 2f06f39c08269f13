import { error, fail, isHttpError, isRedirect, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { localizeHref } from '#paraglide/runtime.js';
import { confirmedMark } from './confirmed.ts';
import { inTransaction, type Tx } from './database.server.ts';
import { forgetKept, pageOf } from './kept-forms.server.ts';
import { locales } from './locales.ts';
import { holdToProgramme } from './permit.server.ts';
import { problem, type Problem } from './problem.ts';
import { formErrors, problemErrors, problemText, type FormError } from './problem-text.ts';
import { isSecretField } from './secret-fields.ts';
import { asProblem } from './thrown-problem.ts';

/** What an action hands back when something has to be put right: the errors, and everything that was typed. */
export type Refusal = { errors: FormError[]; values: Record<string, string | string[]> };

/**
 * The transaction of a request: it states the request's actor, and is held to the programme that the address names. `reading` and
 * `acting` go through it; a route that needs neither asks by it and not by `inTransaction`.
 */
export const asking = <T>(event: Pick<RequestEvent, 'locals' | 'params'>, work: (tx: Tx) => Promise<T>): Promise<T> =>
	inTransaction(event.locals.actor, (tx) => {
		const { programme } = event.params;
		if (programme !== undefined) holdToProgramme(tx, programme);
		return work(tx);
	});

/**
 * Reads for a page: one transaction that states the request's actor. A problem becomes an error page in the person's
 * language; nobody signed in is sent to sign in.
 */
export async function reading<T>(event: RequestEvent, work: (tx: Tx) => Promise<T>): Promise<T> {
	return readingOr(event, work, ({ status }) => {
		if ([403, 404].includes(status) && !event.locals.signedIn && event.locals.actor.kind === 'public') redirect(303, signInHref(event));
	});
}

/** Reads for a public page: as `reading`, but what is not there is not there for everybody, and nobody is sent to sign in. */
export const readingOpenly = <T>(event: RequestEvent, work: (tx: Tx) => Promise<T>): Promise<T> => readingOr(event, work, () => {});

async function readingOr<T>(event: RequestEvent, work: (tx: Tx) => Promise<T>, before: (found: Problem) => void): Promise<T> {
	try {
		return await asking(event, work);
	} catch (thrown) {
		const found = asProblem(thrown);
		if (!found) throw thrown;
		before(found);
		error(found.status, { message: problemText(found.code, found.facts, event.locals.locale), code: found.code, requestId: event.locals.requestId });
	}
}

/**
 * The one way a form is carried out: parse, one transaction that states its actor, permit and command inside `work`,
 * commit, 303. What does not parse, and what a command refuses, goes back to the form with everything that was typed.
 * @param schema of the form's fields; `title.uz`, `title.ru` arrive as `title: { uz, ru }`, repeated names as lists
 * @param work returns the address to go to, without locale
 */
export async function acting<S extends z.ZodType>(
	event: RequestEvent,
	schema: S,
	work: (tx: Tx, input: z.output<S>) => Promise<string>
): Promise<ActionFailure<Refusal>> {
	const form = await sentForm(event);
	const asked = formObject(form);
	const parsed = schema.safeParse(asked);
	const values = typedValues(form, pageOf(event.url.pathname));
	const { locale } = event.locals;
	if (!parsed.success) return fail(400, { errors: formErrors(parsed.error, locale, asked), values });
	try {
		const path = await asking(event, async (tx) => {
			const to = await work(tx, parsed.data);
			// Carried out: what was kept of the form while it was typed is not needed any more.
			if (event.locals.actor.kind === 'person') await forgetKept(tx, pageOf(event.url.pathname));
			return to;
		});
		redirect(303, localizeHref(path));
	} catch (thrown) {
		if (isRedirect(thrown) || isHttpError(thrown)) throw thrown;
		const found = asProblem(thrown);
		if (!found) throw thrown;
		if (found.code === 'step-up-needed') redirect(303, stepUpThenAgain(event));
		return fail(found.status, { errors: problemErrors(found, locale), values });
	}
}

/** Which version of its record a form was filled from, as `Form` says it in the address; for `holdVersion` and `changeRecord`. */
export const seenIn = ({ url }: Pick<RequestEvent, 'url'>): string | undefined => url.searchParams.get('version') ?? undefined;

/**
 * The form that was sent. A body that is no form at all (broken off, without boundary, of another type) is refused in the
 * person's language; one that is too large keeps the status it was refused with.
 * @throws HttpError 400
 */
export async function sentForm(event: RequestEvent): Promise<FormData> {
	try {
		return await event.request.formData();
	} catch (thrown) {
		if (!(thrown instanceof TypeError)) throw thrown;
		const { locale, requestId } = event.locals;
		error(400, { message: problemText('form-unreadable', {}, locale), code: 'form-unreadable', requestId });
	}
}

/** The signed-in person; anybody else is sent to sign in and comes back here. */
export function personOf(event: RequestEvent): { personId: string; displayName: string } {
	const { signedIn } = event.locals;
	if (!signedIn) redirect(303, signInHref(event));
	return signedIn;
}

/** Minutes for which a step-up counts. */
export const strongMinutes = 10;

/**
 * Demands that the person has proved presence lately: before export, release, and administration.
 * @throws Problem `step-up-needed` (403); `acting` turns it into the step-up page
 */
export function demandStepUp(event: RequestEvent): void {
	const strongAt = event.locals.signedIn?.strongAt;
	if (!strongAt || Date.now() - strongAt.getTime() > strongMinutes * 60_000) throw problem('step-up-needed', 403);
}

/**
 * The way of a form through the step-up. A link is simply followed again afterwards; what a form sent is not kept meanwhile, nor carried
 * out by a redirect: the page is shown again and says that the button is to be pressed once more.
 */
export const stepUpThenAgain = ({ url }: Pick<RequestEvent, 'url'>): string => `${localizeHref('/step-up')}?to=${encodeURIComponent(`${url.pathname}?${confirmedMark}`)}`;

const signInHref = (event: RequestEvent): string => `${localizeHref('/sign-in')}?to=${encodeURIComponent(event.url.pathname + event.url.search)}`;

const plainForm = (value: FormDataEntryValue): string | File => (typeof value === 'string' ? value.replaceAll('\r\n', '\n') : value);

/** Fields by name; `a.b` nests, a repeated name becomes a list, `name[]` is always a list. */
export function formObject(form: FormData): Record<string, unknown> {
	const object: Record<string, unknown> = {};
	for (const name of new Set(form.keys())) {
		const all = form.getAll(name).map(plainForm);
		const list = name.endsWith('[]');
		const path = (list ? name.slice(0, -2) : name).split('.');
		const value = list || all.length > 1 ? all : all[0];
		const [head = '', tail] = path;
		if (head === '__proto__' || tail === '__proto__') continue;
		if (tail === undefined) object[head] = value;
		else {
			const nested = object[head];
			const inner: Record<string, unknown> = isRecord(nested) ? nested : {};
			inner[tail] = value;
			object[head] = inner;
		}
	}
	return object;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof File);

/** What was typed, for showing it again; never a secret. @param page its address without the language */
export function typedValues(form: FormData, page: string): Record<string, string | string[]> {
	const values: Record<string, string | string[]> = {};
	for (const name of new Set(form.keys())) {
		if (isSecretField(name, page)) continue;
		const all = form.getAll(name).filter((value): value is string => typeof value === 'string');
		const [first] = all;
		if (first !== undefined) values[name] = name.endsWith('[]') || all.length > 1 ? all : first;
	}
	return values;
}

/** Empty text as left out: what an optional field of a form sends when nothing was typed. */
export const optional = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/** A day as a form sends it. */
export const day = z.iso.date();

/** The languages of a content field, for `LocalTextField`. */
export const contentLocales = locales;
