import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { madeUp } from '../../demo/made-up.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';

/** Set to a folder, pictures of the pages are written there. */
const pictures = process.env['HAMKOR_PICTURES'];

let app: App;
let browser: Browser;
let administrator: Page;
let programme = '';
const wrong: string[] = [];

async function open(): Promise<Page> {
	const context: BrowserContext = await browser.newContext({ locale: 'uz-UZ', viewport: { width: 1100, height: 900 } });
	const page = await context.newPage();
	page.on('console', (message) => {
		if (['error', 'warning'].includes(message.type()) && !/status of 4\d\d/.test(message.text())) wrong.push(`${page.url()}: ${message.text()}`);
	});
	page.on('request', (request) => {
		if (!request.url().startsWith(`${app.base}/`) && !request.url().startsWith('data:')) wrong.push(`foreign request: ${request.url()}`);
	});
	return page;
}

async function look(page: Page, name: string): Promise<void> {
	expect(await violations(page)).toEqual([]);
	if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
}

const go = async (page: Page, address: string): Promise<void> => {
	const answer = await page.goto(`${app.base}${address}`);
	expect(answer?.status(), address).toBe(200);
};

/** Opens the demonstration's door with the code from the terminal, once for a browser, and enters as somebody of the cast. */
async function enterAs(page: Page, name: string): Promise<void> {
	await go(page, '/uz/demo-sign-in');
	const code = page.locator('[name=code]');
	if ((await code.count()) > 0) {
		await code.fill(app.demoCode() ?? '');
		await page.locator('main form button').click();
	}
	await page.getByRole('button', { name, exact: true }).click();
}

beforeAll(async () => {
	if (pictures) mkdirSync(pictures, { recursive: true });
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	administrator = await open();
});

afterAll(async () => {
	await browser.close();
	await app.stop();
});

it('makes the demonstration at the first run', async () => {
	const page = administrator;
	await go(page, '/uz/first-run');
	for (const [name, text] of Object.entries({ code: app.firstRunCode() ?? '', name: 'Nodira', signInName: 'nodira', password: 'toʻrt oq ot choʻlda' })) {
		await page.locator(`[name=${name}]`).fill(text);
	}
	await page.locator('[name=begin][value=demonstration]').check();
	await page.locator('main form button').last().click();
	// Asked without being drawn, so that who waits does not hold up what is made.
	await expect.poll(async () => new URL((await page.request.get(`${app.base}/uz/`)).url()).pathname, { timeout: 60_000, interval: 500 }).toMatch(/^\/uz\/p\/[0-9a-f-]{36}/);
	await page.goto(`${app.base}/uz/`);
	programme = /\/p\/[0-9a-f-]{36}/.exec(page.url())?.[0] ?? '';
	// The frame comes first; the story is there when its thirteen gaps are.
	await expect.poll(async () => (await (await page.request.get(`${app.base}/uz${programme}/gaps`)).text()).split('<tr').length > madeUp.gaps.length, { timeout: 60_000, interval: 500 }).toBe(true);
	await page.goto(`${app.base}/uz${programme}/gaps`);
	expect(await page.getByRole('main').getByRole('table').first().locator('tbody tr').count()).toBe(madeUp.gaps.length);
});

it('shows the cockpit, in Uzbek and in Russian, with what is broken and since when', async () => {
	const page = administrator;
	for (const locale of ['uz', 'ru'] as const) {
		await go(page, `/${locale}${programme}/cockpit`);
		for (const { key, title } of madeUp.gaps) expect(await page.getByText(title[locale]).count(), key).toBeGreaterThan(0);
		await look(page, `cockpit-${locale}`);
	}
});

it('says on every page that it is a demonstration', async () => {
	const page = administrator;
	for (const path of ['', '/gaps', '/trainings', '/plans', '/results', '/recommendations', '/commitments', '/changes', '/priorities', '/briefings', '/assessment/rounds', '/assessment/findings', '/assessment/figures', '/network/organisations', '/network/places']) {
		await go(page, `/uz${programme}${path}`);
		expect(await page.locator('body').innerText(), path).toMatch(/namoyish/i);
		await look(page, `list${path.replaceAll('/', '-')}-uz`);
	}
});

it('signs in as somebody of the cast with one click, after the code from the terminal', async () => {
	const page = await open();
	await go(page, '/uz/demo-sign-in');
	expect(await page.getByRole('button', { name: /Namoyish:/ }).count()).toBe(0);
	await page.locator('[name=code]').fill(app.demoCode() ?? '');
	await page.locator('main form button').click();
	expect(await page.getByRole('button', { name: /^Namoyish:/ }).count()).toBe(madeUp.accounts.length);
	await look(page, 'demo-sign-in-uz');
	await enterAs(page, 'Namoyish: tahlilchi');
	await go(page, `/ru${programme}/gaps`);
	await page.locator('tbody a').first().click();
	await look(page, 'gap-ru');
});

it('shows an official the commitments of his authority, and no answers row by row', async () => {
	const page = await open();
	await enterAs(page, 'Namoyish: hududiy idora vakili, Samarqand');
	await go(page, `/ru${programme}/commitments`);
	expect(await page.locator('body').innerText()).toContain('Ввести порядок перенаправления во всех районах');
	await look(page, 'commitments-official-ru');
	await go(page, `/uz${programme}/assessment/rounds`);
	await page.locator('main a[href*="/assessment/rounds/"]').first().click();
	const round = new URL(page.url()).pathname;
	const rows = await page.goto(`${app.base}${round}/submissions`);
	expect(rows?.status()).toBeGreaterThanOrEqual(403);
});

it('shows everybody the published briefing, in three languages', async () => {
	const page = await open();
	for (const [locale, words] of [['uz', 'Bir varaqlik yoʻnaltirish tartibini'], ['ru', 'Утвердить порядок перенаправления'], ['en', 'Confirm the one-sheet referral pathway']] as const) {
		await go(page, `/${locale}/b/${madeUp.briefing.slug}`);
		expect(await page.locator('body').innerText()).toContain(words);
		await look(page, `briefing-${locale}`);
	}
	// The draft is not there for the public, as at an address that does not exist: nobody learns there that it is being written.
	expect((await page.goto(`${app.base}/uz/b/${madeUp.waitingBriefing.slug}`))?.status()).toBe(404);
	expect(new URL(page.url()).pathname).toBe(`/uz/b/${madeUp.waitingBriefing.slug}`);
	expect(await page.locator('body').innerText()).not.toContain(madeUp.waitingBriefing.title.uz);
});

it('asked nobody else for anything, and the browser had nothing to complain of', () => {
	expect(wrong).toEqual([]);
});

it('shows everybody figures with cells held back, as page, PDF and CSV, and never says which of them are small', async () => {
	const page = await open();
	for (const [locale, held, why] of [['uz', 'yashirilgan', '5 tadan kam odam yoki'], ['ru', 'скрыто', 'меньше 5 человек или число'], ['en', 'withheld', 'fewer than 5 people, or a number']] as const) {
		for (const slug of madeUp.pages.map((each) => each.slug)) {
			await go(page, `/${locale}/b/${slug}`);
			expect(await page.locator('main').innerText()).toContain(held);
			expect(await page.locator('main').innerText()).toContain(why);
			await look(page, `${slug}-${locale}`);
		}
		const csv = await (await fetch(`${app.base}/${locale}/b/${madeUp.pages[0]?.slug}/figures.csv`)).text();
		expect(csv).toContain(held);
		expect(csv).not.toMatch(/(^|,)[1-4](,|\r)/);
	}
	const pdf = await fetch(`${app.base}/ru/b/${madeUp.pages[0]?.slug}/briefing.pdf`);
	expect([pdf.status, Buffer.from(await pdf.arrayBuffer()).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
});

it('lets a figure be published by itself after a look at what everybody will see, and tells what a release would reveal without making it', async () => {
	const page = await open();
	await enterAs(page, madeUp.accounts.find((account) => account.key === 'manager')?.name.uz ?? '');
	await go(page, `/en${programme}/briefings/ledger`);
	const entries = await page.locator('main h2').count();
	await page.locator('select[name=figure]').selectOption({ label: (await page.locator('select[name=figure] option', { hasText: 'norm' }).or(page.locator('select[name=figure] option').nth(1)).first().innerText()) });
	await page.getByRole('button', { name: 'Look' }).click();
	expect(await page.locator('main').innerText()).toMatch(/held back/);
	expect(await page.locator('main h2').count()).toBe(entries);
	await look(page, 'ledger-en');
	await go(page, `/en${programme}/assessment/figures`);
	await page.getByRole('link', { name: /intake|admit|reach/i }).or(page.locator('tbody a')).first().click();
	await page.getByRole('button', { name: 'Publish this figure' }).click();
	await page.waitForURL(/\/briefings\/[0-9a-f-]{36}/);
	expect(await page.locator('main').innerText()).toContain('What everyone will see');
	expect(await page.locator('main').innerText()).toMatch(/held back/);
	await look(page, 'figure-alone-en');
	await page.getByRole('button', { name: 'Publish', exact: true }).click();
	await page.waitForURL(/step-up|briefings/);
});
