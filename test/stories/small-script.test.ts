import type pg from 'pg';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#platform/ids.ts';
import { searchText } from '#platform/search-text.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';
import { ownerOf, signedInAs } from '../scene.ts';

let app: App;
let browser: Browser;
let owner: pg.Client;
let context: BrowserContext;
let page: Page;
const programme = newId();
const wrong: string[] = [];

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	owner = await ownerOf(app);
	await owner.query(`insert into network.programme (id, name) values ($1, '{"uz":"Sinov"}')`, [programme]);
	await owner.query(
		`insert into network.organisation (id, programme_id, type, name) select gen_random_uuid(), $1, 'cso', jsonb_build_object('uz', 'Tashkilot ' || n) from generate_series(1, 60) n`,
		[programme]
	);
	await owner.query(`insert into network.organisation (id, programme_id, type, name, search) values ($1, $2, 'cso', '{"uz":"Shifo markazi"}', $3)`, [newId(), programme, searchText({ uz: 'Shifo markazi' })]);
	const { token } = await signedInAs(owner, programme, 'coordinator');
	context = await browser.newContext();
	await context.addCookies([{ name: 'hamkor_session', value: token, url: app.base }]);
	page = await context.newPage();
	page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
});
afterAll(async () => {
	await context.close();
	await owner.end();
	await browser.close();
	await app.stop();
});

const at = (rest: string, locale = 'en'): string => `${app.base}/${locale}/p/${programme}${rest}`;

describe('a table', () => {
	it('is searched while one types, in either script, and the address shows the same again', async () => {
		await page.goto(at('/network/organisations'));
		await page.keyboard.press('/');
		expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
		await page.keyboard.type('шифо');
		await page.getByRole('cell', { name: 'Shifo markazi' }).waitFor();
		await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
		expect(await page.getByRole('status').first().innerText()).toContain('1');
		expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
		expect(new URL(page.url()).searchParams.get('q')).toBe('шифо');
		const file = await page.getByRole('link', { name: 'CSV' }).getAttribute('href');
		expect(new URLSearchParams(file?.replace(/^[^?]*/, '')).get('q')).toBe('шифо');
		await page.reload();
		expect(await page.locator('tbody tr').count()).toBe(1);
		await page.getByRole('searchbox').fill('yoʻq bunday');
		await page.getByText('Nothing matches this search.').waitFor();
	});
});

describe('the keyboard', () => {
	it('leads to the sections under any layout, says how, and leaves who types alone', async () => {
		await page.goto(at('/network/organisations'));
		await page.keyboard.press('?');
		await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
		expect(await violations(page, 'dialog')).toEqual([]);
		await page.keyboard.press('Escape');
		await page.getByRole('searchbox').focus();
		await page.keyboard.type('gc');
		expect(await page.getByRole('searchbox').inputValue()).toBe('gc');
		await page.locator('h1').click();
		// The keys of g and c under a Russian layout.
		await page.evaluate(() => {
			for (const key of [{ key: 'п', code: 'KeyG' }, { key: 'с', code: 'KeyC' }]) document.body.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true }));
		});
		await page.waitForURL('**/cockpit');
	});
	it('can be told to leave single keys alone', async () => {
		await page.goto(at('/gaps'));
		await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
		await page.getByRole('checkbox', { name: 'Single keys are in use' }).uncheck();
		await page.getByRole('button', { name: 'Close' }).click();
		await page.reload();
		await page.keyboard.press('?');
		expect(await page.getByRole('dialog').count()).toBe(0);
		await page.evaluate(() => localStorage.clear());
	});
});

describe('a form that is not sent', () => {
	it('keeps what was typed, offers it when the page is opened again, and forgets it when it is carried out', async () => {
		await page.goto(at('/gaps/new'));
		await page.locator('#f-title-uz').fill('Oʻrtoqlar uchun boshpana yoʻq');
		await page.getByLabel('Access').check();
		await page.getByText('is kept until you send it').waitFor();
		await page.goto(at('/gaps/new'));
		await page.getByRole('button', { name: 'Put it back' }).click();
		expect(await page.locator('#f-title-uz').inputValue()).toBe('Oʻrtoqlar uchun boshpana yoʻq');
		expect(await page.getByLabel('Access').isChecked()).toBe(true);
		await page.getByRole('main').getByRole('button', { name: 'Save', exact: true }).click();
		await page.waitForURL(({ pathname }) => !pathname.endsWith('/new'));
		const { rows } = await owner.query('select path from platform.kept_form');
		expect(rows).toEqual([]);
		await page.goto(at('/gaps/new'));
		await page.waitForLoadState('networkidle');
		expect(await page.getByRole('button', { name: 'Put it back' }).isVisible()).toBe(false);
	});
	it('says so while there is no connection, and keeps it when there is one again', async () => {
		await page.goto(at('/gaps/new'));
		await context.setOffline(true);
		await page.locator('#f-title-uz').fill('Aloqa yoʻq');
		await page.getByText('Not kept yet').waitFor();
		await context.setOffline(false);
		await page.getByText('is kept until you send it').waitFor();
		wrong.splice(0, wrong.length, ...wrong.filter((each) => !each.includes('ERR_INTERNET_DISCONNECTED')));
		await page.goto(at('/gaps/new'));
		await page.getByRole('button', { name: 'Throw it away' }).click();
		await expect.poll(async () => (await owner.query('select 1 from platform.kept_form')).rowCount).toBe(0);
	});
	it('is seen by nobody else, takes no secrets, and is refused in words that a script understands', async () => {
		const other = await signedInAs(owner, programme, 'coordinator');
		const address = `${app.base}/en/kept?of=/p/${programme}/gaps/new`;
		const send = (token: string | undefined, method: string, body?: string, type = 'application/json') =>
			fetch(address, { method, body: body ?? null, headers: { ...(token ? { cookie: `hamkor_session=${token}` } : {}), 'content-type': type, origin: app.base } });
		const mine = (await context.cookies()).find((cookie) => cookie.name === 'hamkor_session')?.value;
		expect((await send(mine, 'PUT', '[["title.uz","a"]]')).status).toBe(204);
		expect((await send(mine, 'GET')).status).toBe(200);
		expect((await send(other.token, 'GET')).status).toBe(204);
		expect((await send(undefined, 'GET')).status).toBe(401);
		for (const hostile of ['[["password","a"]]', '{}', '[["a"]]', 'nonsense', '[["a","\\u0000"]]', JSON.stringify([['a', 'x'.repeat(500_000)]])]) {
			expect((await send(mine, 'PUT', hostile)).status).toBe(400);
		}
		expect((await send(mine, 'PUT', '[]', 'text/plain')).status).toBeGreaterThanOrEqual(400);
		expect(wrong).toEqual([]);
	});
});
