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
const tokens = { dilnoza: '', official: '' };
const ids = { programme: newId(), dilnoza: newId(), official: newId(), cso: newId(), ministry: newId() };
const gaps = [newId(), newId(), newId()];

/** A programme with a coordinator of a CSO and an official of a ministry, both signed in, and three open gaps on two findings. */
async function setTheScene(): Promise<void> {
	const socket = readdirSync(app.folder, { recursive: true, encoding: 'utf8' }).find((name) => path.basename(name) === '.s.PGSQL.5432') ?? '';
	const owner = new pg.Client({ host: path.join(app.folder, path.dirname(socket)), user: 'hamkor', database: 'hamkor' });
	await owner.connect();
	const { programme, cso, ministry } = ids;
	await owner.query('insert into network.programme (id, name) values ($1, \'{"uz":"Sinov","en":"Trial"}\')', [programme]);
	await owner.query(`insert into network.organisation (id, programme_id, type, name) values ($1, $3, 'women_led_cso', '{"uz":"Tashkilot"}'), ($2, $3, 'ministry', '{"uz":"Vazirlik"}')`, [cso, ministry, programme]);
	for (const [who, role, organisation] of [['dilnoza', 'coordinator', cso], ['official', 'official', ministry]] as const) {
		tokens[who] = randomBytes(32).toString('base64url');
		await owner.query('insert into network.person (id, display_name) values ($1, $2)', [ids[who], who]);
		await owner.query('insert into platform.account (person_id, sign_in_name) values ($1, $2)', [ids[who], who]);
		await owner.query('insert into platform.session (id, token_hash, person_id, strong_at) values ($1, $2, $3, now())', [newId(), createHash('sha256').update(tokens[who]).digest(), ids[who]]);
		await owner.query('insert into network.role_grant (id, programme_id, person_id, role, organisation_id) values ($1, $2, $3, $4, $5)', [newId(), programme, ids[who], role, organisation]);
	}
	await owner.query('begin');
	const findings = [newId(), newId()];
	for (const [i, finding] of findings.entries()) {
		const document = newId();
		await owner.query(`insert into assessment.document (id, programme_id, number, title, source, dated) values ($1, $2, $3, '{"uz":"Hujjat"}', $4, current_date)`, [document, programme, i + 1, `Manba ${i}`]);
		await owner.query(`insert into assessment.finding (id, programme_id, number, statement, state) values ($1, $2, $3, '{"uz":"Xulosa"}', 'stands')`, [finding, programme, i + 1]);
		await owner.query('insert into assessment.finding_document (programme_id, finding_id, document_id) values ($1, $2, $3)', [programme, finding, document]);
	}
	for (const [i, gap] of gaps.entries()) {
		await owner.query(`insert into gaps.gap (id, programme_id, number, title, search, barrier, state, opened_at) values ($1, $2, $3, $4, 'kamchilik', 'law', 'open', now())`, [gap, programme, i + 1, JSON.stringify({ uz: `Kamchilik ${i + 1}` })]);
		for (const finding of i === 0 ? findings : findings.slice(0, 1)) await owner.query('insert into gaps.gap_finding (programme_id, gap_id, finding_id) values ($1, $2, $3)', [programme, gap, finding]);
	}
	await owner.query(`insert into network.counter (programme_id, kind, last) values ($1, 'gap', 3)`, [programme]);
	await owner.query('commit');
	await owner.end();
}

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	await setTheScene();
});
afterAll(async () => {
	await browser.close();
	await app.stop();
});

/** Opens a page as somebody; whatever the page complains of spoils the story. */
async function as(who: keyof typeof tokens, story: (page: Page) => Promise<void>, { script = false, width = 1280 } = {}): Promise<void> {
	const context = await browser.newContext({ javaScriptEnabled: script, viewport: { width, height: 800 } });
	await context.addCookies([{ name: 'hamkor_session', value: tokens[who], url: app.base }]);
	const page = await context.newPage();
	const wrong: string[] = [];
	page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
	await story(page);
	await context.close();
	expect(wrong.filter((each) => !/status of 4(00|09)/.test(each))).toEqual([]);
}
const at = (rest: string): string => `${app.base}/en/p/${ids.programme}/gaps${rest}`;
const main = (page: Page) => page.getByRole('main');
const press = (page: Page, name: string) => main(page).getByRole('button', { name, exact: true }).click();
let session = '';

describe('a programme officer and an official', () => {
	it('weigh gaps and see them ranked, endorse one from both sides and dissent from another; without script', async () => {
		await as('dilnoza', async (page) => {
			for (const [i, severity] of [5, 2].entries()) {
				await page.goto(at(`/${gaps[i]}`));
				expect(await main(page).innerText()).toContain('Not ranked: severity, feasibility not known');
				await page.getByRole('link', { name: 'Severity, people, feasibility' }).click();
				await page.getByRole('group', { name: /Severity/ }).getByRole('radio').nth(severity).check();
				await page.getByRole('group', { name: /Feasibility/ }).getByRole('radio').nth(3).check();
				await page.getByLabel('At least').fill('100');
				await press(page, 'Save');
				expect(await main(page).innerText()).toContain('Write where the number comes from');
				await page.getByLabel('Where the number comes from').fill('Estimate of 2026');
				await press(page, 'Save');
			}
			expect(await main(page).innerText()).toContain('Place 2 of 2');
			await page.goto(at(''));
			expect(await page.locator('tbody tr').first().innerText()).toContain('Kamchilik 1');
			expect(await main(page).innerText()).toContain('in 100% of weightings');
			await page.goto(at(`/${gaps[0]}/endorse`));
			await page.getByLabel('We endorse it').check();
			await press(page, 'Save');
			expect(await main(page).innerText()).toContain('Endorsed by civil society only');
		});
		await as('official', async (page) => {
			await page.goto(at(`/${gaps[0]}/endorse`));
			await page.getByLabel('We endorse it').check();
			await press(page, 'Save');
			expect(await main(page).innerText()).toContain('Endorsed by both sides');
			expect(await page.getByRole('link', { name: 'Merge others into it' }).count()).toBe(0);
			await page.goto(at(`/${gaps[1]}/endorse`));
			await page.getByLabel('We do not agree').check();
			await press(page, 'Save');
			expect(await main(page).innerText()).toContain('Say why you do not agree');
			await page.locator('#f-reason-uz').fill('Boshqacha koʻramiz');
			await press(page, 'Save');
			expect(await main(page).innerText()).toContain('dissent: 1');
			await page.goto(at('?endorsed=dissent'));
			expect(await main(page).getByRole('table').first().locator('tbody tr').count()).toBe(1);
		});
	});
	it('score in a session, one of them by the code on a phone; the scores are kept as they are chosen; the spread comes afterwards', async () => {
		let code = '';
		await as('dilnoza', async (page) => {
			await page.goto(at('/sessions/new'));
			await page.locator('#f-title-uz').fill('Birinchi sessiya');
			await press(page, 'Prepare a session');
			session = page.url().split('/').at(-1) ?? '';
			code = await page.locator('.code').innerText();
			expect(code).toMatch(/^[A-Z2-9]{6}$/);
			await press(page, 'Open scoring');
			await press(page, 'Take part');
			for (let i = 0; i < 3; i++) {
				await page.getByRole('group', { name: /Severity/ }).getByRole('radio').nth(4).check();
				await page.getByRole('group', { name: /Feasibility/ }).getByRole('radio').nth(2).check();
				await press(page, 'Save and go on');
			}
			expect(await main(page).innerText()).toContain('You have scored everything');
		});
		await as('official', async (page) => {
			await page.goto(at('/sessions'));
			await page.locator('#f-code').fill(code.toLowerCase());
			await press(page, 'Join with a code');
			await page.waitForURL(/vote/);
			await page.waitForLoadState('networkidle');
			await page.getByRole('group', { name: /Severity/ }).getByRole('radio').nth(1).check();
			await page.getByRole('group', { name: /Feasibility/ }).getByRole('radio').nth(2).check();
			await page.getByText('Saved at').waitFor();
			await page.reload();
			expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
			await page.goto(at(`/sessions/${session}`));
			expect(await main(page).innerText()).toContain('1 of 2 have scored everything');
			expect(await page.locator('circle').count()).toBe(0);
		}, { script: true, width: 320 });
		await as('dilnoza', async (page) => {
			await page.goto(at(`/sessions/${session}`));
			await press(page, 'End the turn and show the spread');
			expect(await main(page).innerText()).toContain('2 voices');
			expect(await page.locator('circle').count()).toBeGreaterThan(0);
			await press(page, 'Adopt the medians');
			expect(await main(page).innerText()).toContain('Adopted: 3.5');
			await page.goto(at(`/${gaps[0]}`));
			expect(await main(page).innerText()).toContain('adopted from session W-01');
		});
	});
	it('merge two gaps, undo it, split another, and close one by a finding; without script', async () => {
		await as('dilnoza', async (page) => {
			await page.goto(at(`/${gaps[1]}/merge`));
			await page.getByLabel('G-03 · Kamchilik 3').check();
			await page.getByLabel('Reason').fill('Bir xil kamchilik');
			await press(page, 'Merge into G-02');
			expect(await main(page).innerText()).toContain('G-03 was merged into G-02');
			await page.goto(at(`/${gaps[2]}`));
			expect(await main(page).innerText()).toContain('This gap lives on');
			await page.getByRole('link', { name: 'Undo' }).click();
			await press(page, 'Undo');
			expect(await main(page).innerText()).toContain('undone');
			await page.goto(at(`/${gaps[0]}/split`));
			await page.locator('#f-title1-uz').fill('Birinchi qism');
			await page.locator('#f-title2-uz').fill('Ikkinchi qism');
			await page.getByLabel('Reason').fill('Ikki xil narsa');
			await press(page, 'Split G-01');
			expect(await main(page).innerText()).toContain('Birinchi qism');
			await page.goto(at(`/${gaps[1]}`));
			await page.locator('summary', { hasText: 'Close the gap' }).click();
			await press(page, 'Save');
			expect(await main(page).innerText()).toContain('closed by a finding');
			await page.locator('details[open]').getByLabel('E-02 · Xulosa').check();
			await press(page, 'Save');
			expect(await main(page).innerText()).toContain('closed');
		});
	});
	it('finds every page in order, on a phone too, and the register as a file', async () => {
		const pages = ['', '?sort=-people&cols=rank,people,code', '?w=2,1,1,1', '/weights', '/sessions', '/sessions/new', `/sessions/${session}`, `/${gaps[1]}`, `/${gaps[0]}`, `/${gaps[2]}/weigh`, `/${gaps[2]}/endorse`, `/${gaps[2]}/merge`, `/${gaps[2]}/split`, `/${gaps[2]}/watch`];
		const context = await browser.newContext({ viewport: { width: 320, height: 700 } });
		await context.addCookies([{ name: 'hamkor_session', value: tokens.dilnoza, url: app.base }]);
		const page = await context.newPage();
		for (const folder of pages) {
			const response = await page.goto(at(folder));
			expect([folder, response?.status()]).toEqual([folder, 200]);
			expect(await violations(page)).toEqual([]);
			expect([folder, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([folder, true]);
		}
		await context.close();
		const csv = await fetch(at('/export.csv?cols=rank,severity,holds,code'), { headers: { cookie: `hamkor_session=${tokens.dilnoza}` } });
		expect([csv.status, await csv.text()]).toEqual([200, expect.stringContaining('G-02')]);
		const xlsx = await fetch(at('/export.xlsx'), { headers: { cookie: `hamkor_session=${tokens.dilnoza}` } });
		expect([xlsx.status, xlsx.headers.get('content-type')]).toEqual([200, expect.stringContaining('spreadsheetml')]);
	});
});
