import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#platform/ids.ts';
import { convert } from '#xforms/convert.ts';
import { readXlsx } from '#xforms/readXlsx.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';

let app: App;
let browser: Browser;
let database: pg.Client;
const programme = newId();
const tokens = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')] as const;
const shots = process.env['HAMKOR_SHOTS'];

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	const found = readdirSync(app.folder, { recursive: true, encoding: 'utf8' }).find((name) => path.basename(name) === '.s.PGSQL.5432');
	if (!found) throw new Error('no socket of the embedded PostgreSQL was found');
	database = new pg.Client({ host: path.join(app.folder, path.dirname(found)), user: 'hamkor', database: 'hamkor' });
	await database.connect();
	await database.query('insert into network.programme (id, name) values ($1, \'{"uz":"Sinov"}\')', [programme]);
	for (const [i, token] of tokens.entries()) {
		const person = newId();
		await database.query('insert into network.person (id, display_name) values ($1, $2)', [person, ['Dilnoza', 'Aziz'][i]]);
		await database.query('insert into platform.account (person_id, sign_in_name) values ($1, $2)', [person, `person${i}`]);
		await database.query('insert into platform.session (id, token_hash, person_id, strong_at) values ($1, $2, $3, now())', [newId(), createHash('sha256').update(token).digest(), person]);
		await database.query("insert into network.role_grant (id, programme_id, person_id, role) values ($1, $2, $3, 'coordinator')", [newId(), programme, person]);
	}
});
afterAll(async () => {
	await database.end();
	await browser.close();
	await app.stop();
});

async function signedIn(token: string, options: { width?: number; javaScriptEnabled?: boolean } = {}): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
	const context = await browser.newContext({ viewport: { width: options.width ?? 1280, height: 900 }, javaScriptEnabled: options.javaScriptEnabled ?? true, acceptDownloads: true });
	await context.addCookies([{ name: 'hamkor_session', value: token, url: app.base }]);
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on('console', (message) => {
		if (message.type() === 'error' && !message.text().includes('409')) complaints.push(message.text());
	});
	page.on('pageerror', (error) => complaints.push(error.message));
	return { context, page, complaints };
}

const at = (locale: string, rest = ''): string => `${app.base}/${locale}/p/${programme}/assessment/instruments${rest}`;
const shot = async (page: Page, name: string): Promise<void> => {
	if (shots) await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true });
};
const uz = (page: Page) => page.getByRole('group', { name: 'Oʻzbekcha (uz)' }).first();

async function begin(page: Page, title: string): Promise<string> {
	await page.goto(at('uz', '/drafts/new'));
	await page.locator('#f-title-uz').fill(title);
	await page.locator('input[value=ru]').check();
	await page.getByRole('button', { name: 'Yozishni boshlash' }).click();
	await page.waitForURL(/drafts\/[0-9a-f-]{36}$/);
	return new URL(page.url()).pathname;
}

async function addQuestion(page: Page, kind: string): Promise<void> {
	const form = page.getByRole('form', { name: 'Savol qoʻshish' });
	await form.locator('select').selectOption({ label: kind });
	await form.getByRole('button').click();
	await page.waitForURL(/open=r/);
}

describe('a programme officer in Jizzakh', () => {
	it('writes a questionnaire in Uzbek without script, from nothing to a version', async () => {
		const { context, page } = await signedIn(tokens[0], { javaScriptEnabled: false, width: 360 });
		const draft = await begin(page, 'Mahalla soʻrovi');
		await addQuestion(page, 'Bitta javob tanlash');
		await uz(page).getByLabel('Savol matni').fill('Yordam olganmisiz?');
		await page.getByRole('button', { name: 'Saqlash', exact: true }).click();
		await page.getByRole('link', { name: 'Variantlarni tahrirlash' }).click();
		const boxes = page.locator('textarea[lang=uz]');
		await boxes.nth(0).fill('Ha');
		await boxes.nth(1).fill('Yoʻq');
		await page.getByRole('button', { name: 'Roʻyxatni saqlash' }).click();
		await page.goto(`${app.base}${draft}`);
		await addQuestion(page, 'Butun son');
		await uz(page).getByLabel('Savol matni').fill('Necha marta?');
		await page.getByLabel('Qachon soʻraladi?').selectOption({ label: 'Yordam olganmisiz?: Ha' });
		await page.getByRole('button', { name: 'Saqlash', exact: true }).click();
		expect(await page.locator('main').innerText()).toContain('Soʻrovnoma tayyor');
		await shot(page, 'editor-360');
		await page.locator('button[aria-label^="Yuqoriga: Necha marta"]').click();
		expect(await page.locator('.outline li').first().innerText()).toContain('Necha marta?');
		await page.getByRole('button', { name: 'Ortga qaytarish' }).click();
		expect(await page.locator('.outline li').first().innerText()).toContain('Yordam olganmisiz?');
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
		await page.getByRole('link', { name: 'Versiya sifatida saqlash' }).click();
		await page.getByRole('button', { name: 'Versiyani saqlash' }).click();
		expect(await page.locator('main').innerText()).toContain('Necha marta?');
		await context.close();
	});

	it('tries it, changes it, sees what changed, exports it and takes it in again', async () => {
		const { context, page, complaints } = await signedIn(tokens[0]);
		await page.goto(at('uz'));
		await page.getByRole('link', { name: 'Mahalla soʻrovi' }).first().click();
		await page.waitForLoadState('networkidle');
		const draft = new URL(page.url()).pathname;
		await page.locator('.outline a', { hasText: 'Necha marta?' }).click();
		await page.waitForURL(/open=/);
		await uz(page).getByLabel('Savol matni').fill('Necha marta yordam oldingiz?');
		await page.getByText(/^Saqlandi: /).waitFor();
		await page.locator('.outline a', { hasText: 'Necha marta yordam oldingiz?' }).waitFor();
		await page.getByRole('button', { name: 'Yonida koʻrsatish' }).click();
		await page.locator('aside').getByText('Yordam olganmisiz?').first().waitFor();
		await shot(page, 'editor-1280');
		expect(await violations(page)).toEqual([]);
		await page.locator('.outline a', { hasText: 'Necha marta yordam oldingiz?' }).press('Alt+ArrowUp');
		await page.locator('.outline li').first().getByText('Necha marta yordam oldingiz?').waitFor();
		await page.goto(`${app.base}${draft}/try`);
		await page.locator('form').getByText('Yordam olganmisiz?').first().waitFor();
		await shot(page, 'try');
		const sent = Number((await database.query('select count(*) from assessment.submission')).rows[0].count);
		await page.getByLabel('Ha', { exact: true }).check();
		await page.getByRole('button', { name: 'Tugatish' }).click();
		await page.getByRole('status').getByText('Sinov tugadi').waitFor();
		expect(Number((await database.query('select count(*) from assessment.submission')).rows[0].count)).toBe(sent);
		await page.goto(`${app.base}${draft}/changes`);
		const said = await page.locator('main').innerText();
		expect(said).toContain('Necha marta yordam oldingiz?');
		expect(said).toContain('koʻchirildi');
		await shot(page, 'changes');
		const download = page.waitForEvent('download');
		await page.getByRole('link', { name: 'XLSForm (Excel)' }).click();
		const file = await (await download).path();
		const bytes = new Uint8Array(readFileSync(file));
		const converted = convert(await readXlsx(bytes));
		expect(converted.ok && converted.xml).toContain('Necha marta yordam oldingiz?');
		await page.goto(at('uz'));
		await page.locator('input[type=file]').setInputFiles({ name: 'qayta.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: Buffer.from(bytes) });
		await page.locator('form[enctype] button').click();
		expect(await page.locator('main').innerText()).toContain('Necha marta yordam oldingiz?');
		expect(complaints).toEqual([]);
		await context.close();
	});

	it('starts from a ready questionnaire, in Russian, on a phone', async () => {
		const { context, page } = await signedIn(tokens[0], { width: 360, javaScriptEnabled: false });
		await page.goto(at('ru', '/shipped'));
		await shot(page, 'shipped-ru');
		expect(await page.locator('main').innerText()).toContain('Областей: 10, критериев: 60');
		await page.getByRole('link', { name: 'Качество услуг убежища или центра' }).click();
		await shot(page, 'shipped-one-ru');
		expect(await page.locator('main').innerText()).toContain('критический критерий безопасности');
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
		await page.getByRole('button', { name: 'Начать с этого' }).click();
		expect(await page.locator('main').innerText()).toContain('Анкета готова');
		for (const part of ['choices', 'settings', 'save', 'changes']) {
			await page.goto(`${page.url().replace(/\/(choices|settings|save|changes)$/, '')}/${part}`);
			await shot(page, `draft-${part}-ru`);
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
		}
		await context.close();
		const scripted = await signedIn(tokens[0]);
		for (const rest of ['/shipped', '/shipped/coordination', '/drafts/new', '']) {
			await scripted.page.goto(at('ru', rest));
			expect(await violations(scripted.page)).toEqual([]);
		}
		await scripted.context.close();
	});

	it('is told when a colleague was quicker, and loses no word', async () => {
		const [one, other] = [await signedIn(tokens[0], { javaScriptEnabled: false }), await signedIn(tokens[1], { javaScriptEnabled: false })];
		const draft = await begin(one.page, 'Birga yozamiz');
		await addQuestion(one.page, 'Matn');
		const open = one.page.url();
		await other.page.goto(open);
		await uz(other.page).getByLabel('Savol matni').fill('Aziz yozgani');
		await uz(one.page).getByLabel('Savol matni').fill('Dilnoza yozgani');
		await one.page.getByRole('button', { name: 'Saqlash', exact: true }).click();
		await other.page.getByRole('button', { name: 'Saqlash', exact: true }).click();
		const said = await other.page.locator('main').innerText();
		expect(said).toContain('boshqa kishi shu savolni oʻzgartirdi');
		expect(said).toContain('Dilnoza yozgani');
		expect(await uz(other.page).getByLabel('Savol matni').inputValue()).toBe('Aziz yozgani');
		await other.page.goto(`${app.base}${draft}`);
		expect(await other.page.locator('.outline').innerText()).toContain('Dilnoza yozgani');
		await one.context.close();
		await other.context.close();
	});
});
