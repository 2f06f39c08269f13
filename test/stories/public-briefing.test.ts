import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeUp } from '../../demo/made-up.ts';
import { startApp, type App } from '../app.ts';
import { launchBrowser } from '../browser.ts';

const slug = 'demonstration-what-is-missing';
let app: App;
let browser: Browser;
let page: Page;
let programme = '';

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp({ demonstration: true }), launchBrowser()]);
	page = await (await browser.newContext({ locale: 'en-GB', viewport: { width: 1100, height: 900 } })).newPage();
	await page.goto(`${app.base}/uz/demo-sign-in`);
	const code = page.locator('[name=code]');
	if ((await code.count()) > 0) {
		await code.fill(app.demoCode() ?? '');
		await page.locator('main form button').click();
	}
	await page.getByRole('button', { name: madeUp.accounts.find((account) => account.key === 'manager')?.name.uz ?? '', exact: true }).click();
	await page.waitForURL(/\/p\/|\/uz$/);
	programme = /\/p\/[0-9a-f-]{36}/.exec((await page.locator('a[href*="/p/"]').first().getAttribute('href')) ?? '')?.[0] ?? '';
});
afterAll(async () => {
	await browser.close();
	await app.stop();
});

const answer = (path: string): Promise<Response> => fetch(`${app.base}${path}`, { redirect: 'manual' });

describe('a published briefing', () => {
	it('opens each figure back to the question that was asked, on the page and in its table', async () => {
		await page.goto(`${app.base}/en/b/${slug}`);
		expect(await page.locator('article').innerText()).toMatch(/Question: \S/);
		const table = await (await answer(`/en/b/${slug}/figures.csv`)).text();
		const lines = table.replace('\ufeff', '').split('\r\n');
		expect(lines.filter((line) => /^,/.test(line))).toEqual([]);
		for (const heading of ['Figure,', 'Question,', 'n (how many it is about),', 'Source,', 'Answer,']) expect(lines.some((line) => line.startsWith(heading)), heading).toBe(true);
	});

	it('shows inside what it rests on and its whole thread, though nothing of it can be changed', async () => {
		await page.goto(`${app.base}/en${programme}/briefings`);
		const [published] = madeUp.briefing.title.en ? [madeUp.briefing.title.en] : [];
		await page.getByRole('link', { name: published ?? '' }).first().click();
		await page.locator('main form[action="?/withdraw"]').waitFor({ state: 'attached' });
		const evidence = await page.locator('aside a[href*="/assessment/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
		expect(evidence.length).toBeGreaterThan(1);
		expect((await page.goto(`${app.base}${evidence[0] ?? ''}`))?.status()).toBe(200);
		await page.goBack();
		await page.getByRole('link', { name: 'The whole thread' }).click();
		await page.waitForURL(/\/thread\/briefing\//);
		expect(await page.locator('main').innerText()).toMatch(/F-\d\d/);
	});

	it('that was never there is not there, and nobody is sent to sign in for it', async () => {
		for (const path of ['/en/b/nope', '/en/b/nope/briefing.pdf', '/en/b/nope/figures.csv']) expect((await answer(path)).status, path).toBe(404);
	});

	it('leads from its files to the page that says it was withdrawn', async () => {
		await page.goto(`${app.base}/en${programme}/briefings`);
		await page.getByRole('link', { name: madeUp.briefing.title.en ?? '' }).first().click();
		await page.locator('textarea[name=reason]').fill('A mistake');
		await page.locator('form[action="?/withdraw"] button').click();
		await page.locator('form[action="?/withdraw"]').waitFor({ state: 'detached' });
		for (const file of ['briefing.pdf', 'figures.csv']) {
			const found = await answer(`/en/b/${slug}/${file}`);
			expect([found.status, found.headers.get('location')]).toEqual([303, `/en/b/${slug}`]);
		}
		const told = await answer(`/en/b/${slug}`);
		expect(told.status).toBe(200);
		expect(await told.text()).toContain('withdrawn');
	});
});

it('stands beside each other at one height, what both sides tell of a commitment', async () => {
	await page.goto(`${app.base}/en${programme}/commitments`);
	await page.locator('main a[href*="/commitments/"]:not([href*="export"]):not([href*="new"])').first().click();
	const cards = page.locator('.sides > .card');
	await cards.first().waitFor();
	// What it measures, the style sheets have to be there for.
	await page.waitForLoadState();
	const tops = await cards.evaluateAll((all) => all.map((card) => card.getBoundingClientRect().top));
	expect(tops).toHaveLength(2);
	expect(tops[0]).toBe(tops[1]);
});
