import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LaidOut } from '../../bench/round.ts';
import { newId } from '#platform/ids.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';
import { filesIn, filledXml, layOutExport, newInstance, putXml, readCsv } from '../exports.ts';

let app: App;
let browser: Browser;
let owner: pg.Pool;
let round: LaidOut;
let exportsPage: string;

/** Signs somebody in, with presence proved just now or not. */
async function signedIn(personId: string, strong: boolean, script = false): Promise<BrowserContext> {
	const token = randomBytes(32).toString('base64url');
	await owner.query('insert into platform.account (person_id, sign_in_name) values ($1, $2) on conflict do nothing', [personId, personId]);
	await owner.query('insert into platform.session (id, token_hash, person_id, strong_at) values ($1, $2, $3, $4)', [newId(), createHash('sha256').update(token).digest(), personId, strong ? new Date() : null]);
	const context = await browser.newContext({ javaScriptEnabled: script, viewport: { width: 1280, height: 900 } });
	await context.addCookies([{ name: 'hamkor_session', value: token, url: app.base }]);
	return context;
}

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	const found = readdirSync(app.folder, { recursive: true, encoding: 'utf8' }).find((name) => path.basename(name) === '.s.PGSQL.5432');
	if (!found) throw new Error('no socket of the embedded PostgreSQL was found');
	owner = new pg.Pool({ host: path.join(app.folder, path.dirname(found)), user: 'hamkor', database: 'hamkor', max: 3 });
	round = await layOutExport(owner);
	exportsPage = `${app.base}/en/p/${round.programmeId}/assessment/rounds/${round.roundId}/exports`;
	await putXml(owner, round, filledXml({ note_text: '=1+1', sex: 'f', needs: 'law', members: [{ name: 'A' }] }, newInstance()));
	await putXml(owner, round, filledXml({ note_text: 'Oʻzbekcha', sex: 'm' }, newInstance()));
	await putXml(owner, round, filledXml({ note_text: 'no' }, newInstance()), undefined, { state: 'rejected' });
});
afterAll(async () => {
	await owner.end();
	await browser.close();
	await app.stop();
});

async function downloaded(page: Page, press: () => Promise<void>): Promise<{ name: string; files: Map<string, Buffer> }> {
	const [download] = await Promise.all([page.waitForEvent('download'), press()]);
	return { name: download.suggestedFilename(), files: filesIn(readFileSync(await download.path())) };
}

describe('a named analyst', () => {
	it('counts, takes answers out, and fetches a larger export when it is ready, without script', async () => {
		const context = await signedIn(round.analystId, true);
		const page = await context.newPage();
		await page.goto(`${app.base}/en/p/${round.programmeId}/assessment/rounds/${round.roundId}`);
		await page.getByRole('link', { name: 'Exports' }).click();
		expect(await page.getByRole('status').first().innerText()).toBe('2 of 3 submissions match.');
		await page.getByLabel('Rejected').check();
		await page.getByRole('button', { name: 'Count again' }).click();
		expect(await page.getByRole('status').first().innerText()).toBe('1 of 3 submissions match.');
		await page.goto(exportsPage);
		const { name, files } = await downloaded(page, () => page.getByRole('button', { name: 'Download' }).click());
		expect(name).toBe('S-01-2-3.zip');
		expect(readCsv(files.get('submissions.csv')?.toString('utf8') ?? '').map((row) => row[8])).toEqual(['note_text', "'=1+1", 'Oʻzbekcha']);
		expect(files.get('README.txt')?.toString('utf8')).toContain('This export holds 2 of 3 submissions.');
		await page.goto(exportsPage);
		expect(await page.locator('table').innerText()).toMatch(/Scratch analyst\s+CSV.*\s+2 of 3/);
		await page.getByLabel('Pictures, sound and other files').check();
		await page.getByRole('button', { name: 'Download' }).click();
		expect(page.url()).toContain('/jobs/');
		while (!/Done|Failed/.test(await page.locator('main').innerText())) {
			await page.waitForTimeout(500);
			await page.reload();
		}
		await page.getByRole('link', { name: 'See the result' }).click();
		const kept = await downloaded(page, () => page.getByRole('link', { name: /^Download \(/ }).click());
		expect([...kept.files.keys()]).toEqual(['submissions.csv', 'member.csv', 'visit.csv', 'codebook.csv', 'README.txt']);
		await page.setViewportSize({ width: 320, height: 800 });
		await page.goto(exportsPage);
		expect(await page.evaluate('document.documentElement.scrollWidth <= 320')).toBe(true);
		await context.close();
	});

	it('makes a feed that a spreadsheet reads, and ends it', async () => {
		const context = await signedIn(round.analystId, true, true);
		const page = await context.newPage();
		await page.goto(exportsPage);
		expect(await violations(page)).toEqual([]);
		await page.getByLabel('What reads it').fill('Monthly report');
		await page.getByRole('button', { name: 'Make a feed' }).click();
		const shown = (await page.locator('dl').first().innerText()).split('\n').map((line) => line.trim());
		const after = (term: string): string => shown[shown.indexOf(term) + 1] ?? '';
		const read = (rest: string) => fetch(`${after('Address')}${rest}`, { headers: { authorization: `Basic ${Buffer.from(`${after('User name')}:${after('Password')}`).toString('base64')}` } });
		expect((await read('/$metadata')).status).toBe(200);
		const answer = await read('/Submissions?$count=true&labels=uz');
		expect(await answer.json()).toMatchObject({ '@odata.count': 2, value: [{ sex: 'Ayol' }, { sex: 'Erkak' }] });
		await page.goto(exportsPage);
		await page.locator('summary', { hasText: 'End it' }).click();
		await page.getByRole('button', { name: 'Yes, continue' }).click();
		expect((await read('/Submissions')).status).toBe(401);
		await context.close();
	});

	it('is asked for presence before anything leaves', async () => {
		const context = await signedIn(round.analystId, false);
		const page = await context.newPage();
		await page.goto(exportsPage);
		await page.getByRole('button', { name: 'Download' }).click();
		expect(page.url()).toContain('/step-up');
		await page.goto(`${exportsPage}/file?format=csv`);
		expect(page.url()).toContain('/step-up');
		await context.close();
	});
});

describe('a coordinator who is not named', () => {
	it('sees who took answers out, and can take none', async () => {
		const person = newId();
		await owner.query("insert into network.person (id, display_name) values ($1, 'Dilnoza')", [person]);
		await owner.query("insert into network.role_grant (id, programme_id, person_id, role) values ($1, $2, $3, 'coordinator')", [newId(), round.programmeId, person]);
		const context = await signedIn(person, true);
		const page = await context.newPage();
		await page.goto(exportsPage);
		const text = await page.locator('main').innerText();
		expect(text).toContain('Answers row by row open to the analysts named');
		expect(text).toContain('Scratch analyst');
		expect(await page.getByRole('button', { name: 'Download' }).count()).toBe(0);
		expect((await page.goto(`${exportsPage}/file?format=csv`))?.status()).toBe(403);
		await context.close();
	});
});
