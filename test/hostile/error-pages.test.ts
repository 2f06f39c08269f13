import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { localeFacts, locales, type Locale } from '#platform/locales.ts';
import { runningPostgres } from '#server/postgres.ts';
import { startApp, type App } from '../app.ts';

let app: App;
let database: pg.Pool;
beforeAll(async () => {
	app = await startApp({ env: { HAMKOR_BODY_LIMIT: '1' } });
	database = new pg.Pool(runningPostgres(path.join(app.folder, 'data')).owner);
});
afterAll(async () => {
	await database.end();
	await app.stop();
});

/** What a problem says, from the messages themselves. */
const sentence = (locale: Locale, code: string): string =>
	(z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(`messages/platform/${locale}.json`, 'utf8')))[`problem_${code}`] ?? 'missing').replace('{megabytes}', '1').split("'")[0] ?? '';

type Asking = { readonly of: string; readonly status: number; readonly code: string; readonly ask: (locale: Locale) => Promise<Response> };
const html = { accept: 'text/html,application/xhtml+xml' };
const form = (locale: Locale, page: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
	fetch(`${app.base}/${locale}${page}`, { method: 'POST', body, redirect: 'manual', headers: { ...html, origin: app.base, 'content-type': 'application/x-www-form-urlencoded', ...headers } });

const kinds: Asking[] = [
	{ of: 'an address that is not there', status: 404, code: 'not_found', ask: (locale) => fetch(`${app.base}/${locale}/nothing-here`, { headers: html }) },
	{ of: 'an action that is not there', status: 404, code: 'not_found', ask: (locale) => form(locale, '/first-run?/nothing', 'a=b') },
	{ of: 'a form that broke off', status: 400, code: 'form_unreadable', ask: (locale) => form(locale, '/first-run', '--x\r\nhalf', { 'content-type': 'multipart/form-data; boundary=x' }) },
	{ of: 'a form of another site', status: 403, code: 'foreign_form', ask: (locale) => form(locale, '/sign-in', 'name=a&password=b', { origin: 'https://evil.example' }) },
	{ of: 'JSON of another site', status: 403, code: 'foreign_form', ask: (locale) => form(locale, '/sign-in', '{}', { origin: 'null', 'content-type': 'application/json' }) },
	{ of: 'a form that is too large', status: 413, code: 'form_too_large', ask: (locale) => form(locale, '/first-run', `code=${'x'.repeat(2 * 1024 * 1024)}`) },
	{
		of: 'a fault of the program', status: 500, code: 'bug',
		ask: async (locale) => {
			await database.query('alter table policy.briefing rename to briefing_gone');
			try {
				return await fetch(`${app.base}/${locale}/b/anything`, { headers: html });
			} finally {
				await database.query('alter table policy.briefing_gone rename to briefing');
			}
		}
	},
	{
		of: 'a fault before any page is chosen', status: 500, code: 'bug',
		ask: async (locale) => {
			await database.query('alter table platform.session rename to session_gone');
			try {
				return await fetch(`${app.base}/${locale}/account`, { headers: { ...html, cookie: 'hamkor_session=anything' } });
			} finally {
				await database.query('alter table platform.session_gone rename to session');
			}
		}
	}
];

describe.each(kinds)('$of', ({ status, code, ask }) => {
	it.each(locales)('is answered in %s, as a page, with the security headers and without a word of the inside', async (locale) => {
		const response = await ask(locale);
		const page = await response.text();
		expect(response.status).toBe(status);
		expect(response.headers.get('content-type')).toMatch(/^text\/html/);
		expect(page.replaceAll('&#39;', "'").replaceAll('&quot;', '"')).toContain(sentence(locale, code));
		if (page.includes('<html lang')) expect(page).toContain(`lang="${localeFacts[locale].lang}"`);
		expect(page).not.toMatch(/node_modules|\.server\.ts|at async|briefing_gone|session_gone|relation "/);
		expect(page).not.toMatch(/<style|style="/);
		expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
		expect(response.headers.get('x-content-type-options')).toBe('nosniff');
		expect(response.headers.get('x-frame-options')).toBe('DENY');
	});
});

it('keeps faults in the log, by a number that the person can name', () => {
	expect(app.said()).toContain('a request failed');
	expect(app.said()).not.toContain('evil.example');
});
