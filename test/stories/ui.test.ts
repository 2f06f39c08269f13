import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locales } from '#platform/locales.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';
import { budgets, weighed } from '../budget.ts';

let app: App;
let browser: Browser;

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp({ env: { HAMKOR_UI_GALLERY: '1' } }), launchBrowser()]);
});

afterAll(async () => {
	await browser.close();
	await app.stop();
});

/** Tells a story on a page of its own; console errors, refusals of the content policy and foreign requests spoil it. */
async function open(path: string, options: BrowserContextOptions, story: (page: Page) => Promise<void>): Promise<void> {
	const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
	const page = await context.newPage();
	const wrong: string[] = [];
	page.on('console', (message) => {
		if (['error', 'warning'].includes(message.type())) wrong.push(message.text());
	});
	page.on('pageerror', (error) => wrong.push(error.message));
	page.on('request', (request) => {
		if (!request.url().startsWith(`${app.base}/`)) wrong.push(`foreign request: ${request.url()}`);
	});
	try {
		await page.goto(app.base + path);
		await story(page);
		expect(wrong).toEqual([]);
	} finally {
		await context.close();
	}
}

/** Bytes on the wire, with all its parts. */
async function firstVisit(path: string): Promise<number> {
	const context = await browser.newContext(phone);
	const page = await context.newPage();
	const weight = await weighed(page);
	await page.goto(app.base + path, { waitUntil: 'networkidle' });
	const bytes = weight();
	await context.close();
	return bytes;
}

const phone = { viewport: { width: 320, height: 640 } };
const desk = { viewport: { width: 1280, height: 900 } };
const openAll = (page: Page): Promise<void> =>
	page.evaluate(() => {
		for (const details of document.querySelectorAll('details')) details.open = true;
	});

describe('the gallery of components', () => {
	it.each([
		['uz', 'light', 320],
		['uz', 'dark', 1280],
		['ru', 'dark', 320],
		['en', 'light', 1280]
	] as const)('passes axe in %s, %s, at %i px', async (locale, colorScheme, width) => {
		await open(`/${locale}/_ui`, { colorScheme, viewport: { width, height: 800 } }, async (page) => {
			await openAll(page);
			expect(await violations(page)).toEqual([]);
		});
	});

	it.each(locales)('never scrolls sideways on the smallest phone, in %s', async (locale) => {
		await open(`/${locale}/_ui`, phone, async (page) => {
			await openAll(page);
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
		});
	});

	it('searches, sorts, turns pages and chooses columns without JavaScript', async () => {
		await open('/en/_ui', { ...desk, javaScriptEnabled: false }, async (page) => {
			const titles = page.locator('table[role=table] tbody tr td:first-child a');
			await page.getByRole('searchbox').fill('shelter');
			await page.getByRole('button', { name: 'Search' }).click();
			expect(await titles.allTextContents()).toEqual(['Shelter staff have no supervision after night shifts']);
			expect(await page.getByRole('status').filter({ hasText: 'Rows' }).textContent()).toContain('1 of 5');

			await page.goto(`${app.base}/en/_ui`);
			await page.getByRole('columnheader', { name: 'Gap' }).getByRole('link').click();
			expect(await page.getByRole('columnheader', { name: 'Gap' }).getAttribute('aria-sort')).toBe('ascending');
			expect(await titles.first().textContent()).toContain('Makhalla');
			await page.getByRole('link', { name: 'Next' }).click();
			expect(await titles.allTextContents()).toHaveLength(1);

			await page.locator('summary', { hasText: 'Columns' }).click();
			await page.getByRole('checkbox', { name: 'Code' }).check();
			await page.getByRole('checkbox', { name: 'Priority' }).uncheck();
			await page.getByRole('button', { name: 'Search' }).click();
			await page.getByRole('columnheader', { name: 'Code' }).waitFor();
			const heads = (await page.locator('table[role=table] th').allTextContents()).join(' ');
			expect(heads).toContain('Code');
			expect(heads).not.toContain('Priority');
			expect(page.url()).toContain('sort=title');
		});
	});

	it('opens the menu and the languages on a phone without JavaScript', async () => {
		await open('/ru/_ui', { ...phone, javaScriptEnabled: false }, async (page) => {
			await page.locator('summary', { hasText: 'Меню' }).click();
			expect(await page.getByRole('navigation', { name: 'Основные разделы' }).getByRole('link').count()).toBe(10);
			await page.locator('summary', { hasText: 'Русский' }).click();
			await page.getByRole('link', { name: 'Oʻzbekcha' }).click();
			expect(new URL(page.url()).pathname).toBe('/uz/_ui');
			expect(await page.locator('html').getAttribute('lang')).toBe('uz-Latn');
		});
	});

	it('puts the reader on the errors, and leads from each to its field', async () => {
		await open('/en/_ui', desk, async (page) => {
			const summary = page.getByRole('alert').filter({ hasText: 'Please check' });
			expect(await summary.getByRole('link').allTextContents()).toEqual(['What is missing? Write what is missing, in one sentence.', 'People affected in a year: Write a whole number, for example 600.']);
			await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('errors');
			await summary.getByRole('link').nth(1).press('Enter');
			await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('f-people');
			const described = await page.locator('#f-people').getAttribute('aria-describedby');
			expect(await page.locator(`#${described}`).textContent()).toContain('Write a whole number');
		});
	});

	it('lets a phone sort a table, with no stop of the keyboard out of sight', async () => {
		await open('/en/_ui', phone, async (page) => {
			expect(await page.locator('thead a:visible').count()).toBe(0);
			const order = page.locator('select[name="sort"]').first();
			const [wanted] = await order.locator('option:not(:checked)').evaluateAll((options) => options.map((option) => option.getAttribute('value') ?? ''));
			await order.selectOption(wanted ?? '');
			await page.locator('form', { has: order }).locator('button').last().click();
			await expect.poll(() => new URL(page.url()).searchParams.get('sort')).toBe(wanted);
		});
	});

	it('gives every button, field and choice a target of 44 px', async () => {
		await open('/uz/_ui', phone, async (page) => {
			const small = await page.evaluate(() =>
				[...document.querySelectorAll('button, a.button, select, textarea, summary, input:not([type=hidden])')]
					.filter((element) => element.getClientRects().length > 0)
					.map((element) => {
						const choice = element.matches('[type=radio], [type=checkbox]') ? element.parentElement : element;
						return { height: choice?.getBoundingClientRect().height ?? 0, html: element.outerHTML.slice(0, 90) };
					})
					.filter(({ height }) => height < 43.9)
			);
			expect(small).toEqual([]);
		});
	});

	it('tells the state of every step of the thread in words', async () => {
		await open('/en/_ui', desk, async (page) => {
			const steps = page.getByRole('list', { name: 'The thread' }).first().getByRole('listitem');
			const said = await steps.allTextContents();
			expect(said.map((text) => text.replace(/\u00ad/g, '').replace(/\s+/g, ' ').trim())).toEqual([
				'Evidence 9 in place',
				'Gap 1 in place',
				'Response 2 in place',
				'Result 1 in place',
				'Recommendation 1 in place',
				'Commitment no reply, 31 days',
				'Change nothing yet'
			]);
		});
	});

	it('draws charts with the table behind them, and hides what is hidden in both', async () => {
		await open('/en/_ui', desk, async (page) => {
			const figure = page.locator('figure.chart').nth(1);
			await figure.locator('summary').click();
			expect(await figure.getByRole('img').count()).toBe(1);
			expect(await figure.getByRole('row', { name: /the same day/ }).textContent()).toContain('fewer than 5');
			expect(await figure.getByRole('row', { name: /eight days/ }).textContent()).toContain('withheld');
			expect(await page.locator('[style]').count()).toBe(0);
		});
	});

	it('prints without what only a screen can use, and with the funder', async () => {
		await open('/en/_ui', desk, async (page) => {
			await page.emulateMedia({ media: 'print' });
			expect(await page.getByRole('navigation', { name: 'Main sections' }).count()).toBe(0);
			expect(await page.locator('form').first().isVisible()).toBe(false);
			expect(await page.getByText('Funder’s emblem').isVisible()).toBe(true);
			expect(await page.getByText('made up').first().isVisible()).toBe(true);
		});
	});

	it.each(locales)('weighs less than a signed-in page may, though it shows everything at once, in %s', async (locale) => {
		const bytes = await firstVisit(`/${locale}/_ui`);
		expect(bytes).toBeGreaterThan(15_000);
		expect(bytes).toBeLessThan(budgets.signedIn);
	});

	it.each(locales)('leaves a public page light: the first one weighs less than 80 kB in %s', async (locale) => {
		expect(await firstVisit(`/${locale}`)).toBeLessThan(budgets.public);
	});
});

describe('the gallery in real use', () => {
	it('is not there', async () => {
		const usual = await startApp();
		try {
			expect((await fetch(`${usual.base}/en/_ui`)).status).toBe(404);
		} finally {
			await usual.stop();
		}
	});
});
