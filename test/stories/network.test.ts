import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#platform/ids.ts';
import { runningPostgres } from '#server/postgres.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';

let app: App;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** The same person with script in the browser: axe needs its timers. */
let checker: Page;
let base: string;
let database: pg.Client;
const programmeId = newId();
const wrong: string[] = [];

/** A coordinator with a programme, two regions and a session that was confirmed a moment ago. */
async function layOut(): Promise<string> {
	const [person, country, region] = [newId(), newId(), newId()];
	const token = randomBytes(24).toString('base64url');
	const label = (id: string): string => id.replaceAll('-', '');
	await database.query(`insert into network.programme (id, name) values ($1, '{"en": "Partnership"}')`, [programmeId]);
	await database.query(
		`insert into network.place (id, programme_id, parent_id, path, kind, code, name, search) values
			($2, $1, null, $4::ltree, 'country', 'UZ', '{"en": "Uzbekistan"}', 'uzbekistan'), ($3, $1, $2, $5::ltree, 'region', 'UZ-JI', '{"en": "Jizzakh"}', 'jizzakh')`,
		[programmeId, country, region, label(country), `${label(country)}.${label(region)}`]
	);
	await database.query(`insert into network.person (id, display_name) values ($1, 'Nodira')`, [person]);
	await database.query(`insert into platform.account (person_id, sign_in_name) values ($1, 'nodira')`, [person]);
	await database.query(`insert into network.role_grant (id, programme_id, person_id, role) values ($1, $2, $3, 'coordinator')`, [newId(), programmeId, person]);
	await database.query(`insert into platform.session (id, token_hash, person_id, strong_at) values ($1, $2, $3, now())`, [
		newId(),
		createHash('sha256').update(token).digest(),
		person
	]);
	return token;
}

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	database = new pg.Client(runningPostgres(path.join(app.folder, 'data')).owner);
	await database.connect();
	const token = await layOut();
	context = await browser.newContext({ viewport: { width: 320, height: 800 }, javaScriptEnabled: false });
	await context.addCookies([{ name: 'hamkor_session', value: token, url: app.base }]);
	page = await context.newPage();
	const scripted = await browser.newContext({ viewport: { width: 320, height: 10_000 } });
	await scripted.addCookies([{ name: 'hamkor_session', value: token, url: app.base }]);
	checker = await scripted.newPage();
	base = `${app.base}/en/p/${programmeId}/network`;
	page.on('console', (message) => {
		if (['error', 'warning'].includes(message.type()) && !/status of 4\d\d/.test(message.text())) wrong.push(`${page.url()}: ${message.text()}`);
	});
	page.on('request', (request) => {
		if (!request.url().startsWith(`${app.base}/`) && !request.url().startsWith('data:')) wrong.push(`foreign request: ${request.url()}`);
	});
});

afterAll(async () => {
	await database.end();
	await browser.close();
	await app.stop();
});

/** Fits on the smallest phone, and axe finds nothing. */
async function wellMade(): Promise<void> {
	expect(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBe(320);
	await checker.goto(page.url());
	expect(await violations(checker)).toEqual([]);
}

const upload = async (kind: string, name: string, text: string): Promise<void> => {
	await page.goto(`${base}/${kind}/import`);
	await page.getByLabel('File (CSV or XLSX)').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
	await page.getByRole('button', { name: 'Upload and preview' }).click();
};
const body = (): Promise<string> => page.locator('main').innerText();

describe('a coordinator on a phone, without JavaScript', () => {
	it('brings districts in from a file: errors first, then a preview, then all of it', async () => {
		await page.goto(`${base}/places/import`);
		await wellMade();
		await upload('places', 'places.csv', 'kind;parent;name_en\ndistrict;UZ-JI;Zomin\ndistrict;Atlantis;Nowhere\n');
		expect(await body()).toContain('The place it lies in was not found: Atlantis');
		expect(await page.getByRole('button', { name: /^Confirm/ }).count()).toBe(0);
		await wellMade();
		await upload('places', 'places.csv', '\ufeffkind;parent;code;name_en\nmahalla;D-1;;Orchard\ndistrict;UZ-JI;D-1;Zomin\n');
		await page.getByRole('button', { name: 'Confirm: add 2, change 0' }).click();
		expect(new URL(page.url()).pathname).toBe(`/en/p/${programmeId}/network/places`);
		await page.getByRole('link', { name: /^Uzbekistan: / }).click();
		await page.getByRole('link', { name: /^Jizzakh: / }).click();
		await wellMade();
		await page.getByRole('link', { name: 'Zomin', exact: true }).click();
		expect(await body()).toContain('Orchard');
		await wellMade();
	});

	it('is told in a field what cannot be read', async () => {
		await upload('places', 'places.csv', 'name_en\nZomin\n');
		expect(await page.getByRole('alert').innerText()).toContain('These columns are missing in the first row: kind');
	});

	it('enters a ministry and the one that follows it, and no address for a shelter', async () => {
		await page.goto(`${base}/organisations/new`);
		await wellMade();
		await page.locator('[name="name.en"]').fill('Ministry of Families');
		await page.getByLabel('Type').selectOption('ministry');
		await page.getByRole('button', { name: 'Save' }).click();
		expect(await page.locator('h1').innerText()).toBe('Ministry of Families');
		await page.goto(`${base}/organisations/new`);
		await page.locator('[name="name.en"]').fill('Committee on Women');
		await page.getByLabel('Type').selectOption('commission');
		await page.locator('[name="validTo"]').fill('2022-12-31');
		await page.locator('[name="successorId"]').selectOption({ label: 'Ministry of Families' });
		await page.getByRole('button', { name: 'Save' }).click();
		expect(await body()).toMatch(/Before and after[\s\S]*Committee on Women[\s\S]*Ministry of Families/);
		await wellMade();
		await page.goto(`${base}/organisations/new`);
		await page.locator('[name="name.en"]').fill('Shelter B');
		await page.getByLabel('Type').selectOption('cso_shelter');
		await page.locator('[name="contact.address"]').fill('Navoi 5');
		await page.getByRole('button', { name: 'Save' }).click();
		expect(await page.getByRole('alert').innerText()).toContain('the people there could be found');
		expect(await page.locator('[name="name.en"]').inputValue()).toBe('Shelter B');
		await page.goto(`${base}/organisations?valid=today`);
		expect(await page.locator('table tbody tr').count()).toBe(1);
		await wellMade();
	});

	it('invites somebody: the link and its QR code are shown once', async () => {
		await page.goto(`${base}/people/invite`);
		await wellMade();
		await page.getByLabel('Name').fill('Aziza');
		await page.locator('[name="role"]').selectOption('member');
		await page.getByRole('button', { name: 'Make the invitation' }).click();
		const link = await page.locator('main code').innerText();
		expect(link).toMatch(/\/en\/invitation\/[\w-]{32}$/);
		expect(page.url()).not.toContain(link.slice(-32));
		expect(await page.getByRole('img', { name: 'QR code of the invitation link' }).locator('path').getAttribute('d')).toMatch(/^M0 0h1v1h-1z/);
		await wellMade();
		await page.goto(`${base}/people`);
		expect(await body()).toContain('Aziza');
		expect(await page.content()).not.toContain(link.slice(-32));
		await wellMade();
		await page.getByText('Revoke the invitation').click();
		await page.getByRole('button', { name: 'Yes, continue' }).click();
		expect(await body()).toContain('No open invitations.');
	});

	it('finds all of it in the journal, and reads jobs, messages and the programme', async () => {
		await page.goto(`${base.replace('/network', '')}/journal`);
		expect(await body()).toContain('place.import');
		await wellMade();
		for (const path of ['/jobs', '/outbox', '/network/programme', '/network/programme/edit']) {
			await page.goto(base.replace('/network', '') + path);
			await wellMade();
		}
		await page.goto(`${app.base}/en/programmes`);
		await wellMade();
		const [download] = await Promise.all([page.waitForEvent('download'), page.goto(`${base}/organisations/export.csv`).catch(() => {})]);
		expect(download.suggestedFilename()).toBe('organisations.csv');
		expect(wrong).toEqual([]);
	});

	it('is asked to prove presence again before an export, when that was long ago', async () => {
		await database.query(`update platform.session set strong_at = now() - interval '1 hour'`);
		await page.goto(`${base}/organisations/export.csv`);
		expect(new URL(page.url()).pathname).toBe('/en/step-up');
	});
});
