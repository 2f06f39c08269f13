import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import pg from 'pg';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCodebook, readProject } from '#modules/assessment/coding/refi/read.ts';
import { newId } from '#platform/ids.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';

let app: App;
let browser: Browser;
let database: pg.Client;
const programme = newId();
const people = [{ id: newId(), name: 'Dilnoza', token: randomBytes(32).toString('base64url') }, { id: newId(), name: 'Aziz', token: randomBytes(32).toString('base64url') }] as const;
const shots = process.env['HAMKOR_SHOTS'];

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	const found = readdirSync(app.folder, { recursive: true, encoding: 'utf8' }).find((name) => path.basename(name) === '.s.PGSQL.5432');
	if (!found) throw new Error('no socket of the embedded PostgreSQL was found');
	database = new pg.Client({ host: path.join(app.folder, path.dirname(found)), user: 'hamkor', database: 'hamkor' });
	await database.connect();
	await database.query('insert into network.programme (id, name) values ($1, \'{"uz":"Sinov"}\')', [programme]);
	for (const { id, name, token } of people) {
		await database.query('insert into network.person (id, display_name) values ($1, $2)', [id, name]);
		await database.query('insert into platform.account (person_id, sign_in_name) values ($1, $2)', [id, name.toLowerCase()]);
		await database.query('insert into platform.session (id, token_hash, person_id, strong_at) values ($1, $2, $3, now())', [newId(), createHash('sha256').update(token).digest(), id]);
		await database.query("insert into network.role_grant (id, programme_id, person_id, role) values ($1, $2, $3, 'coordinator')", [newId(), programme, id]);
	}
});
afterAll(async () => {
	await database.end();
	await browser.close();
	await app.stop();
});

const at = (rest = '', locale = 'en'): string => `${app.base}/${locale}/p/${programme}/assessment/interviews${rest}`;
async function signedIn(who: 0 | 1, options: { javaScriptEnabled?: boolean; width?: number } = {}): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
	const context = await browser.newContext({ viewport: { width: options.width ?? 1280, height: 900 }, javaScriptEnabled: options.javaScriptEnabled ?? true, acceptDownloads: true });
	await context.addCookies([{ name: 'hamkor_session', value: people[who].token, url: app.base }]);
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
	page.on('pageerror', (error) => complaints.push(error.message));
	return { context, page, complaints };
}
const shot = async (page: Page, name: string): Promise<void> => {
	if (shots) await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true });
};
const main = (page: Page): Promise<string> => page.locator('main').innerText();

/** Files of the data folder, the database's own and its journal of writes among them, that hold some words. */
function filesWith(words: string): string[] {
	const needle = Buffer.from(words);
	return readdirSync(app.folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
		const file = path.join(app.folder, name);
		return statSync(file).isFile() && readFileSync(file).includes(needle);
	});
}

const paragraph = (text: string): string => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
const docx = (lines: readonly string[]): Buffer =>
	Buffer.from(zipSync({ 'word/document.xml': strToU8(`<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${lines.map(paragraph).join('')}</w:body></w:document>`) }));
const lines = [
	'Savol: Kim yordam berdi?',
	'Javob: Keyin Nodira Qodirova degan ayol keldi. Telefoni +998 90 123 45 67 edi. Sirli tepalik yonida turadi.',
	'Markazda bizni eshitishdi. Mahallada esa chida deyishdi.'
];

describe('an analyst', () => {
	it('takes an interview in without script: nothing of what is struck reaches the disk', async () => {
		const { context, page } = await signedIn(0, { javaScriptEnabled: false });
		await page.goto(at('/readers'));
		for (const { name } of people) await page.getByRole('checkbox', { name }).check();
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByRole('link', { name: 'Take in an interview' }).click();
		await page.getByLabel('May be quoted with the role').check();
		await page.getByLabel('Or a file').setInputFiles({ name: 'x.docx', mimeType: 'application/octet-stream', buffer: docx(lines) });
		await page.getByRole('button', { name: 'Look for names and places' }).click();
		const proposed = await main(page);
		expect(proposed).toContain('Nodira Qodirova');
		expect(proposed).toContain('Read from: a Word file');
		expect(proposed).toMatch(/it found \d+ of \d+ passages/);
		expect(proposed.toLowerCase()).not.toContain('anonymis');
		await shot(page, 'masking');
		expect((await database.query('select from assessment.interview')).rowCount).toBe(0);
		await page.getByLabel('What else to strike').fill('Sirli tepalik');
		await page.getByRole('button', { name: 'Strike and store' }).click();
		const stored = await main(page);
		expect(stored).toContain('[ism 1]');
		expect(stored).toContain('[telefon]');
		for (const gone of ['Nodira Qodirova', 'Sirli tepalik', '123 45 67']) {
			expect(stored).not.toContain(gone);
			expect(app.said()).not.toContain(gone);
			await database.query('checkpoint');
			expect(filesWith(gone)).toEqual([]);
		}
		// The search is able to find: what was kept is there.
		expect(filesWith('bizni eshitishdi').length).toBeGreaterThan(0);
		await context.close();
	});

	it('writes a codebook without script, and takes steps back', async () => {
		const { context, page } = await signedIn(0, { javaScriptEnabled: false });
		for (const name of ['Tinglash', 'Chida deyish']) {
			await page.goto(at('/codebook/new'));
			await page.locator('#f-name-uz').fill(name);
			await page.getByRole('button', { name: 'Save' }).click();
		}
		await page.goto(at('/codebook'));
		expect(await main(page)).toMatch(/Tinglash[\s\S]*Chida deyish/);
		await page.getByRole('button', { name: 'Undo' }).click();
		expect(await page.locator('.tree').innerText()).not.toContain('Chida deyish');
		await page.getByRole('button', { name: 'Do it again' }).click();
		expect(await page.locator('.tree').innerText()).toContain('Chida deyish');
		await context.close();
	});

	it('codes with the keyboard, takes back, and does again', async () => {
		const { context, page, complaints } = await signedIn(0);
		await page.goto(at());
		await page.getByRole('link', { name: /I-01/ }).click();
		await page.getByRole('button', { name: 'Code this interview' }).click();
		await page.waitForSelector('kbd');
		await page.getByRole('group', { name: 'Text' }).focus();
		for (let i = 0; i < 30 && !(await page.locator('.chosen').innerText()).includes('Markazda bizni'); i++) await page.keyboard.press('ArrowDown');
		expect(await page.locator('.chosen').innerText()).toContain('Markazda bizni eshitishdi.');
		await page.keyboard.press('1');
		await page.locator('blockquote', { hasText: 'Markazda bizni eshitishdi.' }).waitFor();
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('Shift+ArrowRight');
		await page.keyboard.press('2');
		await page.locator('blockquote', { hasText: /^Mahallada esa$/ }).waitFor();
		await page.keyboard.press('Control+z');
		await page.locator('blockquote', { hasText: /^Mahallada esa$/ }).waitFor({ state: 'detached' });
		await page.keyboard.press('Control+y');
		await page.locator('blockquote', { hasText: /^Mahallada esa$/ }).waitFor();
		// By mouse: a selection within the text, and a click on a code.
		await page.locator('p[data-line]', { hasText: 'Savol' }).locator('[data-at]').first().dblclick({ position: { x: 5, y: 10 } });
		await page.getByRole('button', { name: /Tinglash/ }).click();
		await page.locator('blockquote', { hasText: /^Savol:?$/ }).waitFor();
		await shot(page, 'coding');
		expect(await violations(page)).toEqual([]);
		expect(complaints).toEqual([]);
		await page.goto(at());
		await page.getByRole('link', { name: /I-01/ }).click();
		await page.getByRole('button', { name: 'I am done' }).click();
		expect(await main(page)).toContain('Coders do not see each other');
		await context.close();
	});

	it('is joined by a second coder who sees nothing of it, works without script, and then both are compared', async () => {
		const { context, page } = await signedIn(1, { javaScriptEnabled: false });
		await page.goto(at());
		await page.getByRole('link', { name: /I-01/ }).click();
		expect(await page.locator('[data-segment]').count()).toBe(0);
		await page.getByRole('button', { name: 'Code this interview' }).click();
		await page.getByLabel('The passage to code').fill('yoʻq bunday soʻz');
		await page.getByRole('checkbox', { name: 'Tinglash' }).check();
		await page.getByRole('button', { name: 'Give the code' }).click();
		expect(await main(page)).toContain('These words are not in the text');
		await page.getByLabel('The passage to code').fill('Markazda bizni eshitishdi.');
		await page.getByRole('checkbox', { name: 'Tinglash' }).check();
		await page.getByRole('button', { name: 'Give the code' }).click();
		expect(await page.locator('blockquote').allInnerTexts()).toEqual(['Markazda bizni eshitishdi.']);
		await page.getByText('Bounds, memo, quotation, remove').click();
		await page.getByLabel('Memo on the passage').fill('Muhim joy');
		await page.getByRole('button', { name: 'Save the memo' }).first().click();
		await page.goto(at());
		await page.getByRole('link', { name: /I-01/ }).click();
		await page.getByRole('button', { name: 'I am done' }).click();
		await page.getByRole('link', { name: 'Compare and reconcile' }).click();
		expect(await main(page)).toMatch(/Tinglash\s+0[.,]\d+/);
		await page.getByRole('button', { name: 'Begin to reconcile' }).click();
		await page.getByRole('button', { name: 'Take it' }).first().click();
		expect(await main(page)).toContain('taken');
		await page.getByRole('button', { name: 'The agreed coding is done' }).click();
		await shot(page, 'compare');
		await context.close();
	});

	it('finds passages again, counts them, makes a quotation, and hands the project over and back', async () => {
		const { context, page } = await signedIn(0, { javaScriptEnabled: false });
		await page.goto(at('/passages'));
		expect(await main(page)).toContain('Markazda bizni eshitishdi.');
		await page.locator('article', { hasText: 'Markazda bizni' }).getByRole('link', { name: 'Make a quotation' }).first().click();
		await page.locator('#f-spokenBy-uz').fill('Xodim');
		await page.getByLabel('may be published as it stands').check();
		await page.getByRole('button', { name: 'Save the quotation' }).click();
		expect(page.url()).toContain('/quotations/');
		expect(await main(page)).toContain('Markazda bizni eshitishdi.');
		await page.goto(at('/matrix?by=type'));
		expect(await page.locator('table').first().innerText()).toMatch(/Tinglash/);
		await page.goto(at('/agreement'));
		expect(await main(page)).toContain('Interviews: 1');
		const csv = await (await context.request.get(at('/passages/export.csv'))).text();
		expect(csv).toContain('Markazda bizni eshitishdi.');
		const project = readProject(new Uint8Array(await (await context.request.get(at('/exchange/project.qdpx'))).body()));
		if (!project.ok) throw new Error(project.reason);
		expect(project.value.sources[0]?.text).toContain('[ism 1]');
		expect(project.value.users.map(({ name }) => name).sort()).toEqual(['Agreed coding', 'Aziz', 'Dilnoza']);
		const codebook = readCodebook(new Uint8Array(await (await context.request.get(at('/exchange/codebook.qdc'))).body()));
		expect(codebook.ok && codebook.value.map(({ name }) => name)).toEqual(['Tinglash', 'Chida deyish']);
		await page.goto(at('/exchange'));
		await page.getByLabel('Project file').setInputFiles({ name: 'p.qdpx', mimeType: 'application/zip', buffer: await (await context.request.get(at('/exchange/project.qdpx'))).body() });
		await page.getByRole('button', { name: 'Look for names and places' }).click();
		expect(await main(page)).toContain('Texts: 1');
		await page.getByRole('button', { name: 'Strike and store' }).click();
		expect(await main(page)).toContain('I-02');
		await context.close();
	});

	it('finds the pages clean to a screen reader and narrow enough for a phone', async () => {
		const { context, page } = await signedIn(0, { width: 320 });
		const { rows } = await database.query<{ id: string; segment: string }>('select c.interview_id as id, s.id as segment from assessment.segment s join assessment.coding c on c.id = s.coding_id order by c.created_at limit 1');
		const [row] = rows;
		for (const part of ['', '/new', '/codebook', '/codebook/new', '/passages', '/matrix', '/agreement', '/exchange', '/readers', `/${row?.id}`, `/${row?.id}/edit`, `/${row?.id}/compare`, `/${row?.id}/quote/${row?.segment}`]) {
			await page.goto(at(part, 'uz'));
			expect(await violations(page)).toEqual([]);
			expect([part, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([part, 320]);
		}
		await context.close();
	});
});
