import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#platform/ids.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';

let app: App;
let browser: Browser;
let token: string;
const ids = { programme: newId(), person: newId(), cso: newId(), ministry: newId(), finding: newId(), document: newId(), empty: newId(), draft: newId() };

/** Puts down what other parts of the program make: a programme, its coordinator signed in, and a finding that stands. */
async function setTheScene(): Promise<void> {
	const host = socketFolder();
	const owner = new pg.Client({ host, user: 'hamkor', database: 'hamkor' });
	await owner.connect();
	token = randomBytes(32).toString('base64url');
	const { programme, person, cso, ministry, finding, document, empty, draft } = ids;
	await owner.query('insert into network.programme (id, name) values ($1, \'{"uz":"Sinov","en":"Trial"}\')', [programme]);
	await owner.query('insert into network.programme (id, name) values ($1, \'{"uz":"Yangi","en":"New"}\')', [empty]);
	await owner.query('insert into network.person (id, display_name) values ($1, \'Dilnoza\')', [person]);
	await owner.query('insert into platform.account (person_id, sign_in_name) values ($1, \'dilnoza\')', [person]);
	await owner.query('insert into platform.session (id, token_hash, person_id, strong_at) values ($1, $2, $3, now())', [newId(), createHash('sha256').update(token).digest(), person]);
	await owner.query(`insert into network.organisation (id, programme_id, type, name) values ($1, $3, 'women_led_cso', '{"uz":"Tashkilot"}'), ($2, $3, 'ministry', '{"uz":"Vazirlik"}')`, [cso, ministry, programme]);
	await owner.query("insert into network.role_grant (id, programme_id, person_id, role, organisation_id) values ($1, $2, $3, 'coordinator', $4)", [newId(), programme, person, cso]);
	await owner.query("insert into network.role_grant (id, programme_id, person_id, role) values ($1, $2, $3, 'coordinator')", [newId(), empty, person]);
	await owner.query('begin');
	await owner.query(`insert into assessment.document (id, programme_id, number, title, source) values ($1, $2, 1, '{"uz":"Hujjat"}', 'Sinov')`, [document, programme]);
	await owner.query(`insert into assessment.finding (id, programme_id, number, statement, state) values ($1, $2, 1, '{"uz":"Xulosa"}', 'stands')`, [finding, programme]);
	await owner.query(`insert into assessment.finding (id, programme_id, number, statement) values ($1, $2, 2, '{"uz":"Avval"}')`, [draft, programme]);
	await owner.query('insert into assessment.finding_document (programme_id, finding_id, document_id) values ($1, $2, $3)', [programme, finding, document]);
	await owner.query('commit');
	await owner.end();
}

function socketFolder(): string {
	const found = readdirSync(app.folder, { recursive: true, encoding: 'utf8' }).find((name) => path.basename(name) === '.s.PGSQL.5432');
	if (!found) throw new Error('no socket of the embedded PostgreSQL was found');
	return path.join(app.folder, path.dirname(found));
}

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	await setTheScene();
});
afterAll(async () => {
	await browser.close();
	await app.stop();
});

/** Opens a page without script, signed in; whatever the page complains of spoils the story. */
async function signedIn(story: (page: Page) => Promise<void>, width = 1280): Promise<void> {
	const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width, height: 900 } });
	await context.addCookies([{ name: 'hamkor_session', value: token, url: app.base }]);
	context.setDefaultTimeout(20_000);
	const page = await context.newPage();
	const wrong: string[] = [];
	page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
	await story(page);
	await context.close();
	expect(wrong.filter((each) => !/status of 4(00|09)/.test(each))).toEqual([]);
}

const at = (rest: string): string => `${app.base}/en/p/${ids.programme}${rest}`;
const save = (page: Page) => page.getByRole('main').getByRole('button', { name: 'Save', exact: true });
const confirm = async (page: Page, label: string): Promise<void> => {
	await page.locator('summary', { hasText: label }).click();
	await page.getByRole('button', { name: label, exact: true }).click();
};

describe('a programme officer', () => {
	it('carries a gap to a verified change, withdraws it, and sees what falls; without script', async () => {
		await signedIn(async (page) => {
			await page.goto(at('/gaps/new'));
			await save(page).click();
			expect(await page.locator('#errors').innerText()).toContain('Write it in at least one language');
			await page.locator('#f-title-uz').fill('Boshpana yoʻq');
			await page.getByLabel('Access').check();
			await save(page).click();
			await confirm(page, 'Put it into the register');
			expect(await page.getByRole('alert').first().innerText()).toContain('at least one finding');
			// Nothing can be chosen beside the button: the error leads to where it can.
			expect(await page.locator('#errors a').count()).toBe(0);
			await page.getByRole('link', { name: 'Choose what is missing under “Change”' }).click();
			await page.getByLabel('E-01 · Xulosa').check();
			await save(page).click();
			await confirm(page, 'Put it into the register');
			const gap = page.url().replace(/\?.*$/, '');
			await page.getByRole('link', { name: 'Respond with a training' }).click();
			await page.locator('#f-title-uz').fill('Trening');
			await page.getByLabel('Who leads it').selectOption(ids.cso);
			await page.getByLabel('Starts on').fill('2026-01-01');
			await page.getByLabel('Ends on').fill('2026-02-01');
			await save(page).click();
			await confirm(page, 'Move past draft');
			await page.getByRole('link', { name: 'Write a result' }).click();
			await page.locator('#f-statement-uz').fill('24 kishi oʻrgandi');
			await page.getByLabel('Value').fill('24');
			await page.getByLabel('Observed on').fill('2026-02-02');
			await page.getByLabel('D-01 · Hujjat').check();
			await save(page).click();
			await confirm(page, 'Let it stand');
			await page.getByRole('link', { name: 'Write a recommendation' }).click();
			await page.locator('#f-title-uz').fill('Bir varaqli yoʻllanma');
			await page.getByLabel('Addressed to').selectOption(ids.ministry);
			await save(page).click();
			await page.locator('summary', { hasText: 'Record the delivery' }).click();
			await page.getByLabel('Delivered on').fill('2026-03-01');
			await save(page).click();
			expect(await page.locator('body').innerText()).toContain('No reply since');
			await page.locator('summary', { hasText: 'Record the authority' }).click();
			await page.getByLabel('Accepted', { exact: true }).check();
			await page.getByLabel('Answered on').fill('2026-03-05');
			await save(page).click();
			expect(await page.locator('body').innerText()).toContain('recorded by Dilnoza on the authority');
			await page.getByRole('link', { name: 'Record a commitment' }).click();
			await page.locator('#f-title-uz').fill('Yoʻllanma joriy etiladi');
			await page.getByLabel('Undertaken on').fill('2026-03-05');
			await page.getByLabel('Due on').fill('2026-06-01');
			await save(page).click();
			await page.getByRole('link', { name: 'Write the change it brought' }).click();
			await page.locator('#f-statement-uz').fill('Yoʻllanma ishlayapti');
			await page.getByLabel('Verified by').selectOption(ids.cso);
			await page.getByLabel('Verified on').fill('2026-07-01');
			await page.getByLabel('D-01 · Hujjat').check();
			await save(page).click();
			await confirm(page, 'Let it stand as verified');
			await page.getByRole('link', { name: 'The whole thread' }).click();
			for (const code of ['D-01', 'E-01', 'G-01', 'T-01', 'R-01', 'N-01', 'C-01', 'V-01']) expect(await page.getByRole('main').innerText()).toContain(code);
			await page.goto(at('/cockpit'));
			expect(await page.getByRole('main').innerText()).toContain('changed, verified');
			await page.goto(at(''));
			expect(await page.getByRole('heading', { name: 'Where to begin' }).count()).toBe(0);
			await page.goto(`${gap}/withdraw`);
			expect(await page.getByRole('main').innerText()).toContain('This would then stand on nothing');
			await page.getByLabel('Reason').fill('Sinov uchun');
			await page.getByRole('button', { name: 'Withdraw G-01' }).click();
			const after = await page.getByRole('main').innerText();
			for (const code of ['This now stands on nothing', 'T-01', 'V-01']) expect(after).toContain(code);
		});
	});
	it('does not overwrite what was saved meanwhile in another window, and keeps what was typed', async () => {
		await signedIn(async (page) => {
			const finding = at(`/assessment/findings/${ids.draft}`);
			const other = await page.context().newPage();
			for (const each of [page, other]) await each.goto(`${finding}/edit`);
			await page.locator('#f-statement-uz').fill('Birinchi oyna');
			await page.getByRole('button', { name: 'Save as draft' }).click();
			for (let attempt = 0; attempt < 2; attempt++) {
				await other.locator('#f-statement-uz').fill('Ikkinchi oyna');
				await other.getByRole('button', { name: 'Save as draft' }).click();
				expect(await other.locator('#errors').innerText()).toContain('or you did in another window');
				expect(await other.locator('#f-statement-uz').inputValue()).toBe('Ikkinchi oyna');
			}
			await page.goto(finding);
			expect(await page.locator('h1').innerText()).toBe('Birinchi oyna');
			await other.goto(`${finding}/edit`);
			await other.locator('#f-statement-uz').fill('Ikkalasi');
			await other.getByRole('button', { name: 'Save as draft' }).click();
			expect(await other.locator('h1').innerText()).toBe('Ikkalasi');
		});
	});
	it('does not overwrite the words of a briefing’s block, and finds her own words open under the other ones', async () => {
		await signedIn(async (page) => {
			await page.goto(at('/briefings/new'));
			await page.locator('#f-title-uz').fill('Varaqa');
			await page.locator('#f-slug').fill('varaqa-sinov');
			await page.getByRole('main').locator('form button').last().click();
			await page.waitForURL(/briefings\/[0-9a-f-]{36}$/);
			const briefing = page.url();
			await page.locator('details:has(#f-words-uz) summary').first().click();
			await page.locator('#f-words-uz').first().fill('Matn');
			await page.getByRole('button', { name: 'Add this' }).first().click();
			const words = (of: Page) => of.locator('.blocks').locator('textarea').first();
			const change = (of: Page) => of.locator('.blocks').getByRole('button', { name: 'Save' }).first();
			const other = await page.context().newPage();
			for (const each of [page, other]) {
				await each.goto(briefing.replace(/[?#].*$/, ''));
				await each.locator('.blocks summary').first().click();
			}
			await words(page).fill('Birinchi');
			await change(page).click();
			await words(other).fill('Ikkinchi');
			await change(other).click();
			expect(await other.locator('#errors').innerText()).toContain('or you did in another window');
			expect(await words(other).inputValue()).toBe('Ikkinchi');
			expect(await other.locator('.blocks p').first().innerText()).toBe('Birinchi');
		});
	});
	it('is led from a finding that stands to a gap that cites it', async () => {
		await signedIn(async (page) => {
			await page.goto(at(`/assessment/findings/${ids.finding}`));
			await page.getByRole('link', { name: 'Write a gap from this finding' }).click();
			expect(await page.getByLabel('E-01 · Xulosa').isChecked()).toBe(true);
		});
	});
	it('is told in an empty programme where to begin', async () => {
		await signedIn(async (page) => {
			await page.goto(`${app.base}/en/p/${ids.empty}`);
			const main = page.getByRole('main');
			expect(await main.getByRole('heading', { name: 'Where to begin' }).isVisible()).toBe(true);
			for (const [name, path] of [['Questionnaire', 'instruments'], ['Round', 'rounds'], ['Figure, quotation or document', 'figures'], ['Finding', 'findings'], ['Gap', 'gaps']] as const) {
				expect(await main.getByRole('link', { name, exact: true }).getAttribute('href')).toMatch(new RegExp(`/${path}$`));
			}
			await page.goto(`${app.base}/en/p/${ids.empty}/cockpit`);
			await page.getByRole('link', { name: 'Where to begin' }).click();
			expect(await main.getByRole('heading', { name: 'Where to begin' }).isVisible()).toBe(true);
		});
	});
	it('finds every list, form and export in order, on a phone too', async () => {
		const context = await browser.newContext({ viewport: { width: 320, height: 700 } });
		await context.addCookies([{ name: 'hamkor_session', value: token, url: app.base }]);
		const page = await context.newPage();
		for (const folder of ['', '/cockpit', '/gaps', '/priorities/new', '/trainings?q=трен', '/plans/new', '/results', '/recommendations', '/commitments/new', '/changes']) {
			const response = await page.goto(at(folder));
			expect([folder, response?.status()]).toEqual([folder, 200]);
			expect(await violations(page)).toEqual([]);
			expect([folder, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([folder, true]);
		}
		await context.close();
		const csv = await fetch(at('/trainings/export.csv'), { headers: { cookie: `hamkor_session=${token}` } });
		expect([csv.status, await csv.text()]).toEqual([200, expect.stringContaining('T-01')]);
		const xlsx = await fetch(at('/cockpit/export.xlsx'), { headers: { cookie: `hamkor_session=${token}` } });
		expect([xlsx.status, xlsx.headers.get('content-type')]).toEqual([200, expect.stringContaining('spreadsheetml')]);
	});
});
