import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#platform/ids.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';
import { readyCriteria } from '../scoring.ts';

let app: App;
let browser: Browser;
let database: pg.Client;
const programme = newId();
const round = newId();
const organisations = { cso: newId(), ministry: newId(), shelter: newId() };
const people = { coordinator: newId(), civil: newId(), authority: newId(), shelter: newId(), member: newId() };
const tokens = new Map(Object.keys(people).map((name) => [name, randomBytes(32).toString('base64url')]));

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	const found = readdirSync(app.folder, { recursive: true, encoding: 'utf8' }).find((name) => path.basename(name) === '.s.PGSQL.5432');
	if (!found) throw new Error('no socket of the embedded PostgreSQL was found');
	database = new pg.Client({ host: path.join(app.folder, path.dirname(found)), user: 'hamkor', database: 'hamkor' });
	await database.connect();
	await database.query('insert into network.programme (id, name) values ($1, \'{"uz":"Sinov","en":"Trial"}\')', [programme]);
	const kinds = { cso: 'women_led_cso', ministry: 'ministry', shelter: 'cso_shelter' } as const;
	for (const key of ['cso', 'ministry', 'shelter'] as const) {
		await database.query('insert into network.organisation (id, programme_id, type, name) values ($1, $2, $3, $4)', [organisations[key], programme, kinds[key], JSON.stringify({ uz: key, en: key })]);
	}
	const held = { coordinator: ['coordinator', null], civil: ['member', organisations.cso], authority: ['official', organisations.ministry], shelter: ['member', organisations.shelter], member: ['member', organisations.cso] } as const;
	for (const name of ['coordinator', 'civil', 'authority', 'shelter', 'member'] as const) {
		await database.query('insert into network.person (id, display_name) values ($1, $2)', [people[name], name]);
		await database.query('insert into platform.account (person_id, sign_in_name) values ($1, $2)', [people[name], name]);
		await database.query('insert into platform.session (id, token_hash, person_id, strong_at) values ($1, $2, $3, now())', [newId(), createHash('sha256').update(tokens.get(name) ?? '').digest(), people[name]]);
		await database.query('insert into network.role_grant (id, programme_id, person_id, role, organisation_id) values ($1, $2, $3, $4, $5)', [newId(), programme, people[name], held[name][0], held[name][1]]);
	}
	const instrument = newId();
	const version = newId();
	const { model, xml } = readyCriteria();
	await database.query('insert into assessment.instrument (id, programme_id, form_id, title) values ($1, $2, \'quality\', \'{"uz":"Sifat","en":"Quality"}\')', [instrument, programme]);
	await database.query("insert into assessment.instrument_version (id, programme_id, instrument_id, version, xform, model, md5) values ($1, $2, $3, '1', $4, $5, 'm')", [version, programme, instrument, xml, JSON.stringify(model)]);
	await database.query("set session_replication_role = replica");
	await database.query("insert into assessment.round (id, programme_id, instrument_version_id, number, name, kind, unit, state) values ($1, $2, $3, 1, '{\"uz\":\"Birinchi\",\"en\":\"First\"}', 'baseline', 'people', 'open')", [round, programme, version]);
	await database.query('set session_replication_role = origin');
});
afterAll(async () => {
	await database.end();
	await browser.close();
	await app.stop();
});

const base = (): string => `${app.base}/en/p/${programme}/assessment/scoring`;
async function as(name: keyof typeof people, options: Parameters<Browser['newContext']>[0] = {}): Promise<{ context: BrowserContext; page: Page }> {
	const context = await browser.newContext({ viewport: { width: 360, height: 800 }, ...options });
	await context.addCookies([{ name: 'hamkor_session', value: tokens.get(name) ?? '', url: app.base }]);
	return { context, page: await context.newPage() };
}
const confirm = async (page: Page, label: string): Promise<void> => {
	await page.locator('summary', { hasText: label }).click();
	await page.getByRole('button', { name: 'Yes, continue' }).click();
};
const main = (page: Page): Promise<string> => page.locator('main').innerText();
const score = async (page: Page, at: number, word: string): Promise<void> => {
	const criterion = page.locator(`fieldset[id^="criterion-"]`).nth(at);
	await criterion.getByLabel(word, { exact: true }).check();
	if (word !== 'Not applicable') await criterion.getByLabel('Seen', { exact: true }).check();
};
const clean = async (page: Page): Promise<void> => {
	expect(await violations(page)).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBeLessThanOrEqual(360);
};

describe('a shelter scored by two sides', () => {
	let assessment = '';
	it('is begun by a coordinator, and scored by civil society on a phone without script', async () => {
		const coordinator = await as('coordinator', { javaScriptEnabled: false });
		await coordinator.page.goto(`${base()}/new`);
		await coordinator.page.getByLabel('Service', { exact: true }).selectOption({ label: 'shelter' });
		await coordinator.page.getByLabel(/^civil/).check();
		await coordinator.page.getByRole('button', { name: 'Start scoring a service' }).click();
		expect(await main(coordinator.page)).toContain('Each side needs at least one scorer');
		await coordinator.page.getByLabel(/^authority/).check();
		await coordinator.page.getByRole('button', { name: 'Start scoring a service' }).click();
		assessment = new URL(coordinator.page.url()).pathname.split('/').at(-1) ?? '';
		expect(await main(coordinator.page)).toContain('The sheets are sealed');

		const { context, page } = await as('civil', { javaScriptEnabled: false });
		await page.goto(base());
		await page.getByRole('link', { name: 'shelter' }).first().click();
		await page.getByRole('link', { name: 'Safety', exact: true }).click();
		await score(page, 0, '1 – started');
		await page.getByRole('button', { name: 'Save, next area' }).click();
		await score(page, 0, '3 – fully');
		await score(page, 1, 'Not applicable');
		await page.getByRole('button', { name: 'Save and close' }).click();
		expect(await main(page)).toContain('Criteria still open: 1');
		await page.getByRole('link', { name: 'Safety', exact: true }).click();
		await score(page, 1, '3 – fully');
		await page.getByRole('button', { name: 'Save and close' }).click();
		await confirm(page, 'Hand in and seal');
		expect(await main(page)).toContain('Now waiting for: Authority');
		await context.close();
		await coordinator.context.close();
	});
	it('keeps what the authority chooses while it chooses, and shows nobody else a score', async () => {
		const { context, page } = await as('authority');
		const errors: string[] = [];
		page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
		await page.goto(`${base()}/${assessment}/compare`);
		expect(await main(page)).not.toContain('started');
		await page.goto(`${base()}/${assessment}/sheet/1`);
		await clean(page);
		await score(page, 0, '3 – fully');
		await page.getByText('Saved at').waitFor();
		await score(page, 1, '3 – fully');
		await page.waitForResponse((response) => response.request().method() === 'POST' && response.url().includes('/sheet/1'));
		await page.getByText('Saved at').waitFor();
		await page.goto(`${base()}/${assessment}/sheet/2`);
		await score(page, 0, '3 – fully');
		await score(page, 1, '2 – mostly');
		await page.getByRole('button', { name: 'Save and close' }).click();
		const coordinator = await as('coordinator');
		await coordinator.page.goto(`${base()}/${assessment}`);
		const seen = await main(coordinator.page);
		expect(seen).toContain('4 of 4 criteria scored');
		expect(seen).not.toMatch(/fully|started|mostly/);
		const file = await coordinator.context.request.get(`${base()}/${assessment}/export.csv`);
		expect(await file.text()).not.toMatch(/Seen|,3,/);
		await coordinator.context.close();
		await confirm(page, 'Hand in and seal');
		expect(await main(page)).toContain('Being reconciled');
		expect(errors.filter((text) => !text.includes('404'))).toEqual([]);
		await context.close();
	});
	it('is compared, settled with one dissent kept, and signed by both, without script', async () => {
		const { context, page } = await as('civil', { javaScriptEnabled: false });
		await page.goto(`${base()}/${assessment}/compare`);
		expect(await main(page)).toContain('Differences: 2');
		await page.getByRole('link', { name: 'Who enters is controlled' }).click();
		await page.getByLabel('Each keeps its own').check();
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		expect(await main(page)).toContain('write down the reasons of both sides');
		await page.getByLabel("Civil society's reason").first().fill('Nobody stood at the door');
		await page.getByLabel("The authority's reason").first().fill('There is a rota');
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await page.getByRole('link', { name: 'Plain words' }).click();
		await page.locator('fieldset[id^="criterion-"]').nth(1).getByLabel('2 – mostly').check();
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await page.getByRole('button', { name: 'Sign for my side' }).click();
		const authority = await as('authority');
		await authority.page.goto(`${base()}/${assessment}/compare`);
		await clean(authority.page);
		await authority.page.goto(`${base()}/${assessment}/reconcile/1`);
		await clean(authority.page);
		await authority.page.goto(`${base()}/${assessment}/compare`);
		await authority.page.getByRole('button', { name: 'Sign for my side' }).click();
		const result = await main(authority.page);
		expect(result).toContain('As civil society reads it');
		expect(result).toMatch(/Safety\s+1 … 3/);
		await clean(authority.page);
		await authority.context.close();
		await context.close();
	});
	it('opens to members when the shelter agrees, and closes when it withdraws', async () => {
		const member = await as('member');
		await member.page.goto(`${base()}/${assessment}`);
		expect(await main(member.page)).toContain('The result is signed but not open to you');
		const { context, page } = await as('shelter', { javaScriptEnabled: false });
		await page.goto(`${base()}/${assessment}`);
		expect(await main(page)).toContain('Graded mean');
		await page.getByLabel('Within the programme').check();
		await page.getByLabel('Day of the agreement').fill('2026-11-20');
		await page.getByRole('button', { name: 'Record the agreement' }).click();
		await member.page.reload();
		expect(await main(member.page)).toContain('Graded mean');
		expect(await main(member.page)).not.toContain('Compare the scores');
		await clean(member.page);
		await confirm(page, 'Withdraw the agreement');
		await member.page.reload();
		expect(await main(member.page)).toContain('The result is signed but not open to you');
		await member.page.goto(base());
		await clean(member.page);
		await member.page.goto(`${base()}/rounds/${round}`);
		await clean(member.page);
		await context.close();
		await member.context.close();
	});
});
