import { createHash, randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { totpCode } from '#platform/sign-in/totp.server.ts';
import { runningPostgres } from '#server/postgres.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';

let app: App;
let browser: Browser;
let database: pg.Client;
let context: BrowserContext;
let page: Page;
const wrong: string[] = [];
const password = 'toʻrt oq ot choʻlda';
let codes: string[] = [];

async function open(options: BrowserContextOptions): Promise<void> {
	context = await browser.newContext({ locale: 'uz-UZ', viewport: { width: 320, height: 800 }, ...options });
	page = await context.newPage();
	page.on('console', (message) => {
		if (['error', 'warning'].includes(message.type()) && !/status of 4\d\d/.test(message.text())) wrong.push(`${page.url()}: ${message.text()}`);
	});
	page.on('pageerror', (error) => wrong.push(error.message));
	page.on('request', (request) => {
		if (!request.url().startsWith(`${app.base}/`) && !request.url().startsWith('data:')) wrong.push(`foreign request: ${request.url()}`);
	});
}

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	database = new pg.Client(runningPostgres(path.join(app.folder, 'data')).owner);
	await database.connect();
	await open({ javaScriptEnabled: false });
});

afterAll(async () => {
	await database.end();
	await browser.close();
	await app.stop();
});

/** Goes on with the Tab key until the element has the focus. */
async function tabTo(selector: string): Promise<void> {
	const target = page.locator(selector).first();
	for (let n = 0; n < 60; n++) {
		if (await target.evaluate((element) => element === document.activeElement)) return;
		await page.keyboard.press('Tab');
	}
	throw new Error(`the keyboard does not reach ${selector}`);
}

async function type(name: string, text: string): Promise<void> {
	await tabTo(`[name="${name}"]`);
	await page.keyboard.insertText(text);
}

async function press(selector: string): Promise<void> {
	await tabTo(selector);
	await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
}

async function signIn(code: string): Promise<void> {
	await type('name', 'Nodira');
	await type('password', password);
	await press('main form button');
	await type('code', code);
	await press('main form button');
}

async function axe(): Promise<void> {
	expect(await violations(page)).toEqual([]);
}

/** An invitation as the network's command makes it; the command itself has tests of its own. */
async function invitation(): Promise<string> {
	const [person, link] = [randomUUID(), randomUUID()];
	await database.query(`insert into network.person (id, display_name) values ($1, 'Mehmon')`, [person]);
	await database.query(
		`insert into platform.invitation (id, token_hash, programme_id, person_id, expires_at) values ($1, $2, (select id from network.programme limit 1), $3, now() + interval '1 day')`,
		[randomUUID(), createHash('sha256').update(link).digest(), person]
	);
	return link;
}

const where = (): string => new URL(page.url()).pathname;

describe('the first person, in Uzbek, with the keyboard alone and without JavaScript', () => {
	it('is led to the first run, and told what is wrong in it', async () => {
		await page.goto(app.base);
		expect(where()).toBe('/uz/first-run');
		expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Boshlash');
		await press('main form button');
		const complaints = await page.locator('#errors').getByRole('link').allTextContents();
		expect(complaints).toContain('Terminaldagi kod: Bu maydonni toʻldiring.');
		await type('code', 'AAAA-AAAA');
		await type('name', 'Nodira Sinovchi');
		await type('signInName', 'Nodira');
		await type('password', password);
		await press('main form button');
		expect(where()).toBe('/uz/first-run');
		expect(await page.getByText('Bu terminaldagi kod emas').first().isVisible()).toBe(true);
		expect(await page.locator('[name=name]').inputValue()).toBe('Nodira Sinovchi');
		expect(await page.locator('[name=password]').inputValue()).toBe('');
	});
	it('makes the first account and an empty programme with the code from the terminal', async () => {
		await type('code', app.firstRunCode() ?? '');
		await type('password', password);
		await tabTo('[name=begin]:checked');
		await page.keyboard.press('ArrowDown');
		await type('programmeName', 'Birinchi dastur');
		await press('main form button');
		expect(where()).toBe('/uz/account/codes');
		codes = await page.locator('main ol code').allTextContents();
		expect(codes).toHaveLength(10);
		const { rows } = await database.query(`select (select count(*)::int from network.place where code like 'UZ-%') as regions,
			(select array_agg(role order by role) from network.role_grant) as roles`);
		expect(rows[0]).toEqual({ regions: 14, roles: ['administrator', 'coordinator'] });
		await press('main form button');
	});
	it('cannot be made twice: the first run is over', async () => {
		await page.goto(`${app.base}/uz/first-run`);
		expect(where()).not.toBe('/uz/first-run');
	});
	it('signs out and comes in again with a printed one-time code, to the page she wanted', async () => {
		await page.goto(`${app.base}/uz/account`);
		await press('main form[action$="/sign-out"] button');
		expect(where()).toBe('/uz/sign-in');
		await page.goto(`${app.base}/uz/account`);
		expect(where()).toBe('/uz/sign-in');
		await signIn(codes[0] ?? '');
		expect(where()).toBe('/uz/account');
		const cookies = await context.cookies();
		expect(cookies.filter(({ name }) => name.startsWith('hamkor_') && name !== 'hamkor_locale').every(({ httpOnly, sameSite }) => httpOnly && sameSite === 'Lax')).toBe(true);
	});
	it('is never sent to another site after signing in', async () => {
		for (const to of ['https://evil.example/', '//evil.example/', '/\\evil.example', '/%09/evil.example']) {
			await page.goto(`${app.base}/uz/step-up?to=${encodeURIComponent(to)}`);
			await type('password', password);
			await type('code', codes.splice(1, 1)[0] ?? '');
			await press('main form button');
			expect(page.url().startsWith(`${app.base}/`)).toBe(true);
		}
	});
	it('finds the pages locked after 20 minutes, and opens them by the password', async () => {
		await database.query(`update platform.session set last_seen_at = now() - interval '21 minutes' where ended_at is null`);
		await page.goto(`${app.base}/uz/account`);
		expect(where()).toBe('/uz/unlock');
		await type('password', password);
		await press('main form button');
		expect(where()).toBe('/uz/account');
	});
	it('proves presence again before new codes are made', async () => {
		await database.query(`update platform.session set strong_at = now() - interval '11 minutes' where ended_at is null`);
		await tabTo('main details summary');
		await page.keyboard.press('Enter');
		await press('main details form button');
		expect(where()).toBe('/uz/step-up');
		await type('password', password);
		await type('code', codes[1] ?? '');
		await press('main form button');
		expect(where()).toBe('/uz/account');
		await tabTo('main details summary');
		await page.keyboard.press('Enter');
		await press('main details form button');
		expect(where()).toBe('/uz/account/codes');
		codes = await page.locator('main ol code').allTextContents();
	});
	it('sees no demonstration sign-in through a proxy, and no people without the code', async () => {
		const forwarded = await fetch(`${app.base}/uz/demo-sign-in`, { headers: { 'x-forwarded-for': '203.0.113.7' } });
		expect(forwarded.status).toBe(404);
		await page.goto(`${app.base}/uz/demo-sign-in`);
		await type('code', 'AAAA-AAAA');
		await press('main form button');
		expect(await page.getByText('Bu terminaldagi kod emas').first().isVisible()).toBe(true);
		await type('code', app.demoCode() ?? '');
		await press('main form button');
		expect(where()).toBe('/uz/demo-sign-in');
		expect(await page.locator('[name=code]').count()).toBe(0);
		await context.close();
	});
});

describe('a passkey', () => {
	it('is added on the account, and lets her in without name and password', async () => {
		await open({ viewport: { width: 1280, height: 900 } });
		const devtools = await context.newCDPSession(page);
		await devtools.send('WebAuthn.enable');
		await devtools.send('WebAuthn.addVirtualAuthenticator', {
			options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true }
		});
		await page.goto(`${app.base}/uz/sign-in?to=/uz/account/passkeys`);
		await axe();
		await signIn(codes[0] ?? '');
		expect(where()).toBe('/uz/account/passkeys');
		await axe();
		await page.locator('[name=label]').fill('Sinov kaliti');
		await page.locator('main form[action="?/add"] button').click();
		await page.getByRole('heading', { name: 'Sinov kaliti' }).waitFor();
		await page.goto(`${app.base}/uz/account`);
		await axe();
		await page.goto(`${app.base}/uz/sign-out`);
		await page.locator('main form button').click();
		await page.waitForURL('**/uz/sign-in');
		await page.goto(`${app.base}/uz/sign-in/passkey?to=/uz/account`);
		await axe();
		await page.locator('main form button').click();
		await page.waitForURL(({ pathname }) => pathname === '/uz/account');
		const { rows } = await database.query('select counter::int > 0 as counted, last_used_at is not null as used from platform.passkey');
		expect(rows).toEqual([{ counted: true, used: true }]);
	});
	it('unlocks an idle session', async () => {
		await database.query(`update platform.session set last_seen_at = now() - interval '21 minutes' where ended_at is null`);
		await page.goto(`${app.base}/uz/account`);
		expect(where()).toBe('/uz/unlock');
		await axe();
		await page.locator('main a').click();
		await page.locator('main form button').click();
		await page.waitForURL(({ pathname }) => pathname === '/uz/account');
	});
	it('finds an open page covered that nobody touched for 20 minutes, and the server decides whether it opens again', async () => {
		const left = await context.newPage();
		await left.clock.install();
		await left.goto(`${app.base}/uz/account`);
		await left.clock.fastForward('19:00');
		await left.keyboard.press('Tab');
		await left.clock.fastForward('19:00');
		expect(await left.locator('main').isVisible()).toBe(true);
		await left.clock.fastForward('02:00');
		await left.getByRole('heading', { name: 'Sahifa yopildi' }).waitFor();
		expect(await left.locator('main, header').evaluateAll((parts) => parts.filter((part) => part.checkVisibility()).length)).toBe(0);
		expect(await left.title()).toBe('Yopilgan');
		expect(await violations(left)).toEqual([]);
		// Elsewhere she has gone on: the server still knows her, and the page comes back as it was.
		await left.getByRole('button', { name: 'Sahifaga qaytish' }).click();
		await left.locator('main').waitFor();
		expect(await left.title()).not.toBe('Yopilgan');
		await left.clock.fastForward('21:00');
		await database.query(`update platform.session set last_seen_at = now() - interval '21 minutes' where ended_at is null`);
		await left.getByRole('button', { name: 'Sahifaga qaytish' }).click();
		await left.waitForURL(({ pathname }) => pathname === '/uz/unlock');
		await left.close();
		await database.query(`update platform.session set last_seen_at = now(), locked_at = null where ended_at is null`);
	});
	it('is enough to accept an invitation with, and what was typed before the script came over a slow line stays', async () => {
		const link = await invitation();
		await context.clearCookies();
		await page.goto(`${app.base}/uz/invitation/${link}`);
		const { promise: scriptComes, resolve: letScriptCome } = Promise.withResolvers<void>();
		await page.route('**/_app/**/*.js', (route) => scriptComes.then(() => route.continue()));
		await page.goto(`${app.base}/uz/invitation/${link}/passkey`, { waitUntil: 'commit' });
		await page.locator('[name=signInName]').fill('kalitli');
		expect(await page.getByRole('button', { name: 'Tayyorlanmoqda…' }).isDisabled()).toBe(true);
		letScriptCome();
		await page.getByRole('button', { name: 'Qabul qilish' }).waitFor();
		await page.unrouteAll();
		expect(await page.locator('[name=signInName]').inputValue()).toBe('kalitli');
		await axe();
		await page.locator('[name=signInName]').fill('');
		await page.locator('main form button').click();
		expect(await page.getByRole('alert').textContent()).toContain('Bu maydonni');
		await page.locator('[name=signInName]').fill('kalitli');
		await page.locator('main form button').click();
		await page.waitForURL(({ pathname }) => !pathname.includes('invitation'));
		await page.goto(`${app.base}/uz/account`);
		expect(where()).toBe('/uz/account');
		await context.close();
	});
});

describe('an invited person', () => {
	it('accepts with an authenticator app, once, without JavaScript', async () => {
		await open({ javaScriptEnabled: false });
		const link = await invitation();
		await page.goto(`${app.base}/ru/invitation/${link}`);
		await page.locator('[name=signInName]').fill('С приложением');
		await page.locator('[name=password]').fill(password);
		await page.locator('[name=by][value=totp]').check();
		await page.locator('main form button').click();
		expect(await page.locator('[role=alert], .error').count()).toBeGreaterThan(0);
		await page.locator('[name=signInName]').fill('приложение');
		await page.locator('[name=password]').fill(password);
		const secret = (await page.locator('main form code').textContent())?.replaceAll(' ', '') ?? '';
		await page.locator('[name=code]').fill(totpCode(secret, new Date()));
		await page.locator('main form button').click();
		expect(where()).toBe('/ru/account/codes');
		expect(await page.locator('main ol code').count()).toBe(10);
		const again = await page.goto(`${app.base}/ru/invitation/${link}`);
		expect(again?.status()).toBe(410);
	});
	it('leaves no console error, no refusal of the content policy and no foreign request behind in all of this', () => {
		expect(wrong).toEqual([]);
	});
});
