import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#platform/ids.ts';
import { writeWorkbook } from '#platform/spreadsheet.server.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';

let app: App;
let browser: Browser;
let database: pg.Client;
const token = randomBytes(32).toString('base64url');
const ids = { programme: newId(), person: newId(), country: newId() };

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	const found = readdirSync(app.folder, { recursive: true, encoding: 'utf8' }).find((name) => path.basename(name) === '.s.PGSQL.5432');
	if (!found) throw new Error('no socket of the embedded PostgreSQL was found');
	database = new pg.Client({ host: path.join(app.folder, path.dirname(found)), user: 'hamkor', database: 'hamkor' });
	await database.connect();
	const { programme, person, country } = ids;
	await database.query('insert into network.programme (id, name) values ($1, \'{"uz":"Sinov","en":"Trial"}\')', [programme]);
	await database.query(`insert into network.place (id, programme_id, path, kind, name) values ($1::uuid, $2, replace($1::uuid::text, '-', '')::ltree, 'country', '{"uz":"Oʻzbekiston"}')`, [country, programme]);
	await database.query("insert into network.person (id, display_name) values ($1, 'Dilnoza')", [person]);
	await database.query("insert into platform.account (person_id, sign_in_name) values ($1, 'dilnoza')", [person]);
	await database.query('insert into platform.session (id, token_hash, person_id, strong_at) values ($1, $2, $3, now())', [newId(), createHash('sha256').update(token).digest(), person]);
	await database.query("insert into network.role_grant (id, programme_id, person_id, role) values ($1, $2, $3, 'coordinator')", [newId(), programme, person]);
});
afterAll(async () => {
	await database.end();
	await browser.close();
	await app.stop();
});

const survey = (type: string) =>
	writeWorkbook([
		{ name: 'survey', columns: ['type', 'name', 'label::Oʻzbekcha (uz)', 'label::English (en)'], rows: [[type, 'sex', 'Jinsingiz', 'Sex'], ['text', 'phone', 'Telefon', 'Phone number']] },
		{ name: 'choices', columns: ['list_name', 'name', 'label::Oʻzbekcha (uz)', 'label::English (en)'], rows: [['sex', 'f', 'Ayol', 'Woman'], ['sex', 'm', 'Erkak', 'Man']] },
		{ name: 'settings', columns: ['form_id', 'form_title', 'version'], rows: [['base', 'Base', '1']] }
	]);
const upload = async (page: Page, type: string): Promise<void> => {
	await page.locator('input[type=file]').setInputFiles({ name: 'base.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: Buffer.from(await survey(type)) });
	await page.getByRole('button', { name: 'Upload and check' }).click();
};
const confirm = async (page: Page, label: string): Promise<void> => {
	await page.locator('summary', { hasText: label }).click();
	await page.getByRole('button', { name: 'Yes, continue' }).click();
};

describe('a programme officer', () => {
	it('carries a spreadsheet to a figure and a finding, without script', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
		await context.addCookies([{ name: 'hamkor_session', value: token, url: app.base }]);
		const page = await context.newPage();
		const base = `${app.base}/en/p/${ids.programme}/assessment`;
		await page.goto(`${base}/instruments`);
		await upload(page, 'nonsense');
		expect(await page.locator('table').innerText()).toMatch(/survey\s+2\s+type/);
		await upload(page, 'select_one sex');
		expect(await page.locator('main').innerText()).toContain('asks for a phone number');
		await page.getByRole('button', { name: 'Save this version' }).click();
		await page.getByRole('link', { name: 'Prepare a round' }).click();
		await page.locator('#f-name-uz').fill('Boshlangʻich');
		for (const part of ['consent', 'refusal', 'minors', 'distress']) await page.locator(`#f-${part}-uz`).fill('Matn');
		await page.getByLabel('Oʻzbekiston').check();
		await page.getByRole('button', { name: 'Save as draft' }).click();
		const round = page.url();
		await confirm(page, 'Open the round');
		expect(await page.locator('main').innerText()).toContain('The round cannot open yet');
		await page.goto(round);
		await page.getByRole('checkbox', { name: 'Dilnoza' }).check();
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await confirm(page, 'Open the round');
		await page.getByRole('link', { name: 'Collection links' }).click();
		await page.getByLabel('What it is for').fill('Zomin');
		await page.getByRole('button', { name: 'Make a link' }).click();
		expect(await page.locator('main').innerText()).toMatch(/\/c\/[A-Za-z0-9_-]{32}/);
		expect(await page.locator('main').innerText()).toContain('The round is sensitive');
		const roundId = round.split('/').at(-1);
		for (const sex of [...Array<string>(12).fill('f'), ...Array<string>(7).fill('m')]) {
			await database.query("insert into assessment.submission (id, programme_id, round_id, instance_id, xml, xml_sha256, answers) values ($1::uuid, $2, $3, 'uuid:' || $1::uuid::text, '<data/>', '\\x00', $4)", [newId(), ids.programme, roundId, JSON.stringify({ '/data/sex': sex })]);
		}
		await page.goto(`${round}/answers`);
		expect(await page.locator('main').innerText()).toContain('Woman');
		await page.locator('td a').first().click();
		expect(await page.locator('h1').innerText()).toBe('One answer');
		await page.goto(`${round}/figure`);
		await page.locator('#f-of').selectOption({ label: 'Sex' });
		await page.getByRole('button', { name: 'Next' }).click();
		await page.locator('#f-title-uz').fill('Koʻpchilik ayollar');
		await page.getByRole('button', { name: 'Save the figure' }).click();
		expect(await page.locator('main').innerText()).toMatch(/n\s=\s19/);
		await page.getByRole('link', { name: 'Write a finding' }).click();
		await page.locator('#f-statement-uz').fill('Ayollar koʻproq');
		await page.getByRole('button', { name: 'Save as draft' }).click();
		await page.getByRole('button', { name: 'Let it stand' }).click();
		expect(await page.locator('main').innerText()).toContain('stands');
		const finding = page.url();
		await page.getByRole('link', { name: 'Withdraw', exact: true }).click();
		expect(await page.locator('main').innerText()).toContain('Nothing rests on this.');
		await page.goto(finding);
		await page.getByRole('link', { name: 'Koʻpchilik ayollar' }).first().click();
		const figure = page.url();
		await page.getByRole('link', { name: 'Withdraw', exact: true }).click();
		expect(await page.locator('main').innerText()).toMatch(/Will stand on nothing\s+E-01/);
		await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
		expect(await page.locator('#errors').innerText()).toContain('reason');
		await page.getByLabel('Why it is withdrawn').fill('Half of the answers were entered twice');
		await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
		expect(page.url()).toBe(figure);
		expect(await page.locator('main').innerText()).toContain('Half of the answers were entered twice');
		await page.goto(`${base}/figures`);
		expect(await page.locator('tbody').innerText()).toContain('withdrawn');
		await page.goto(`${base}/findings/new`);
		expect(await page.locator('main').innerText()).not.toContain('Koʻpchilik ayollar');
		await page.goto(finding);
		expect(await page.locator('main').innerText()).toContain('All the evidence of this finding has been withdrawn');
		await page.goto(figure);
		await page.getByRole('link', { name: 'Put back' }).click();
		expect(await page.locator('main').innerText()).toMatch(/Will stand again\s+E-01/);
		await page.getByLabel('Why it is put back').fill('Counted again, it holds');
		await page.getByRole('button', { name: 'Put back' }).click();
		expect(await page.locator('main').innerText()).toContain('Withdrawn and put back before: 1');
		await page.goto(finding);
		expect(await page.locator('main').innerText()).not.toContain('has been withdrawn');
		const csv = await context.request.get(`${round}/answers/export.csv`);
		expect((await csv.text()).split('\r\n').length).toBe(21);
		await context.close();
	});
	it('finds the pages clean to a screen reader', async () => {
		const context = await browser.newContext({ viewport: { width: 320, height: 800 } });
		await context.addCookies([{ name: 'hamkor_session', value: token, url: app.base }]);
		const page = await context.newPage();
		for (const part of ['instruments', 'rounds', 'rounds/new', 'figures', 'documents/new', 'quotations/new', 'findings', 'findings/new']) {
			await page.goto(`${app.base}/uz/p/${ids.programme}/assessment/${part}`);
			expect(await violations(page)).toEqual([]);
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
		}
		const { rows } = await database.query<{ id: string }>('select id from assessment.figure');
		for (const part of [`figures/${rows[0]?.id}`, `figures/${rows[0]?.id}/withdraw`]) {
			await page.goto(`${app.base}/uz/p/${ids.programme}/assessment/${part}`);
			expect(await violations(page)).toEqual([]);
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
		}
		await context.close();
	});
});
