import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import pg from 'pg';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#platform/ids.ts';
import { layOutRound, type LaidOut } from '../../bench/round.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';

let app: App;
let browser: Browser;
let database: pg.Pool;
let round: LaidOut;
let base: string;
const secret = randomBytes(32).toString('base64url');
const faults: string[] = [];

const form = `
| survey   |
|          | type              | name | label::English (en) |
|          | start             | start |    |
|          | end               | end   |    |
|          | select_one sex    | sex  | Sex |
|          | integer           | age  | Age |
|          | text              | said | What is missing? |
|          | image             | photo | The way in |
|          | begin_repeat      | child | Child |
|          | integer           | years | Years |
|          | end_repeat        |       |       |
| choices  |
|          | list_name         | name | label::English (en) |
|          | sex               | f    | Woman |
|          | sex               | m    | Man |
| settings |
|          | form_id | version |
|          | story   | 1       |
`;

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	const found = readdirSync(app.folder, { recursive: true, encoding: 'utf8' }).find((name) => path.basename(name) === '.s.PGSQL.5432');
	if (!found) throw new Error('no socket of the embedded PostgreSQL was found');
	database = new pg.Pool({ host: path.join(app.folder, path.dirname(found)), user: 'hamkor', database: 'hamkor', max: 2 });
	round = await layOutRound(database, { form });
	const { analystId, programmeId, roundId } = round;
	await database.query("insert into platform.account (person_id, sign_in_name) values ($1, 'analyst')", [analystId]);
	await database.query('insert into platform.session (id, token_hash, person_id, strong_at) values ($1, $2, $3, now())', [newId(), createHash('sha256').update(secret).digest(), analystId]);
	const organisation = newId();
	await database.query(`insert into network.organisation (id, programme_id, type, name) values ($1, $2, 'women_led_cso', '{"en":"Scratch organisation"}')`, [organisation, programmeId]);
	await database.query("insert into network.role_grant (id, programme_id, person_id, role, organisation_id) values ($1, $2, $3, 'coordinator', $4)", [newId(), programmeId, analystId, organisation]);
	await database.query(`update assessment.round set opens_on = current_date - 9, closes_on = current_date + 10 where id = $1`, [roundId]);
	await database.query('insert into assessment.round_place (programme_id, round_id, place_id) select programme_id, $2, id from network.place where programme_id = $1 on conflict do nothing', [programmeId, roundId]);
	base = `${app.base}/en/p/${programmeId}/assessment/rounds/${roundId}`;
});
afterAll(async () => {
	await database.end();
	await browser.close();
	await app.stop();
});

async function signedIn(javaScriptEnabled: boolean, width = 1280): Promise<{ context: BrowserContext; page: Page }> {
	const context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 900 } });
	await context.addCookies([{ name: 'hamkor_session', value: secret, url: app.base }]);
	const page = await context.newPage();
	page.on('console', (message) => message.type() === 'error' && !message.text().includes('400 (Bad Request)') && faults.push(message.text()));
	page.on('request', (request) => !request.url().startsWith(app.base) && !request.url().startsWith('data:') && faults.push(request.url()));
	return { context, page };
}

type Sent = { age: number; said: string; minutes: number; photo?: { name: string; content: Buffer }; children?: number[] };
async function send(instance: string, { age, said, minutes, photo, children = [] }: Sent): Promise<number> {
	const xml = `<data id="story" version="1"><start>2026-01-05T08:00:00Z</start><end>2026-01-05T08:${String(minutes).padStart(2, '0')}:00Z</end><sex>f</sex><age>${age}</age><said>${said}</said>${photo ? `<photo>${photo.name}</photo>` : ''}${children.map((years) => `<child><years>${years}</years></child>`).join('')}<meta><instanceID>uuid:${instance}</instanceID></meta></data>`;
	const body = new FormData();
	body.append('xml_submission_file', new File([xml], 'submission.xml', { type: 'text/xml' }));
	if (photo) body.append(photo.name, new File([new Uint8Array(photo.content)], photo.name, { type: 'image/jpeg' }));
	return (await fetch(`${app.base}/key/${round.token}/submission`, { method: 'POST', headers: { 'x-openrosa-version': '1.0' }, body })).status;
}

const photograph = (): Promise<Buffer> => sharp({ create: { width: 40, height: 30, channels: 3, background: '#bb6633' } }).jpeg().toBuffer();
const main = (page: Page): Promise<string> => page.locator('main').innerText();

describe('an analyst who runs a round', () => {
	it('puts a team together, gives it a phone, sets a target and sees who is behind, without script', async () => {
		const { context, page } = await signedIn(false);
		await page.goto(`${base}/plan`);
		await page.getByLabel('Shortest interview').fill('10');
		await page.getByRole('button', { name: 'Save' }).click();
		expect(await main(page)).toContain('Saved.');
		await page.goto(`${base}/teams`);
		expect(await main(page)).toContain('There is no team yet');
		await page.getByRole('link', { name: 'New team' }).click();
		await page.getByLabel('Name of the team').fill('Zomin 1');
		await page.locator('[name=places]').first().check();
		await page.getByRole('button', { name: 'Save' }).click();
		expect(await main(page)).toContain('The team has nobody yet');
		await page.locator('#f-member').selectOption({ label: 'Scratch analyst · Scratch organisation (civil society)' });
		await page.getByRole('button', { name: 'Add a member' }).click();
		await page.getByRole('button', { name: 'The team is ready' }).click();
		expect(await main(page)).toContain('Ready');
		await page.getByLabel('Which phone').fill('black no. 2');
		await page.locator('#f-personId').selectOption({ index: 1 });
		await page.getByRole('button', { name: 'Add a phone' }).click();
		expect(await main(page)).toMatch(/\/c\/[A-Za-z0-9_-]{32}/);
		expect(await page.locator('main svg').count()).toBeGreaterThanOrEqual(2);
		await page.goto(`${base}/targets`);
		await page.locator('table input').first().fill('40');
		await page.getByRole('button', { name: 'Save' }).click();
		expect(await Promise.all([send('aaaa0001-1', { age: 30, said: 'law', minutes: 20 }), send('bbbb0002-2', { age: 31, said: 'home', minutes: 4 }), send('cccc0003-3', { age: 32, said: 'work', minutes: 25 })])).toEqual([201, 201, 201]);
		await page.goto(`${base}/progress`);
		expect(await main(page)).toMatch(/Far behind[\s\S]*3 of 40 received/);
		await context.close();
	});

	it('looks at what was flagged, corrects it, and reviews the rest together, without script', async () => {
		const { context, page } = await signedIn(false);
		await page.goto(`${base}/quality`);
		await page.getByRole('button', { name: 'Compare now' }).click();
		await expect.poll(async () => { await page.reload(); return main(page); }, { timeout: 120_000, interval: 1000 }).toContain('The interview took 4 min.');
		await page.getByRole('link', { name: 'BBBB0002' }).click();
		await page.locator('summary', { hasText: 'Dismiss the flag' }).click();
		await page.locator('form[action="?/dismiss"] input[name=reason]').fill('a short form');
		await page.locator('form[action="?/dismiss"] button').click();
		expect(await main(page)).toContain('Dismissed flags: 1');
		await page.getByRole('textbox', { name: 'Write a comment' }).fill('Was this one answered in a hurry? @analyst');
		await page.getByRole('button', { name: 'Send' }).click();
		expect(await main(page)).toContain('Was this one answered in a hurry?');
		await page.getByRole('link', { name: 'Correct the answers' }).click();
		await page.getByRole('textbox', { name: 'Age' }).fill('thirteen');
		await page.getByLabel('Why it is corrected').fill('asked the team');
		await page.getByRole('button', { name: 'Save as a new version' }).click();
		expect(await main(page)).toContain('cannot be answered so');
		await page.getByRole('textbox', { name: 'Age' }).fill('13');
		await page.getByRole('button', { name: 'Save as a new version' }).click();
		expect(await main(page)).toMatch(/corrected at review: Scratch analyst[\s\S]*Reason: asked the team[\s\S]*Age\s+31\s+13/);
		await page.goto(`${base}/answers`);
		await page.getByRole('link', { name: 'Tick all on this page' }).click();
		await page.getByRole('button', { name: 'Apply to the ticked ones' }).click();
		await page.goto(`${base}/answers?state=approved`);
		expect(await main(page)).toContain('Rows: 3 of 3');
		await context.close();
	});

	it('draws a back-check, holds a second interview and sees what differs, without script', async () => {
		const { context, page } = await signedIn(false);
		await page.goto(`${base}/back-checks`);
		await page.getByLabel('Share of answers').fill('100');
		await page.getByRole('checkbox', { name: 'Age' }).check();
		await page.getByRole('button', { name: 'Draw', exact: true }).click();
		expect(await main(page)).toContain('3 drawn of 3');
		await page.getByRole('link', { name: 'CCCC0003' }).click();
		expect(await main(page)).not.toContain('32');
		await page.getByRole('textbox', { name: 'Age' }).fill('33');
		await page.getByRole('button', { name: 'Write it down' }).click();
		expect(await main(page)).toMatch(/Age\s+32\s+33\s+differs/);
		await context.close();
	});

	it('opens a picture that came with answers, strikes it, and leaves out an instance that does not belong there, without script', async () => {
		const sent = { photo: { name: 'eshik oldi.jpg', content: await photograph() }, children: [3, 70] };
		expect(await send('dddd0004-4', { age: 33, said: 'work', minutes: 26, ...sent })).toBe(201);
		const { context, page } = await signedIn(false, 320);
		const { rows } = await database.query<{ id: string }>("select id from assessment.submission where instance_id = 'uuid:dddd0004-4'");
		const answer = `${base}/answers/${rows[0]?.id}`;
		await page.goto(answer);
		expect(await page.locator('main img').count()).toBe(0);
		await page.getByRole('link', { name: 'eshik oldi.jpg' }).click();
		expect(await main(page)).toContain('The way in');
		const shown = page.getByRole('img', { name: 'The way in' });
		await expect.poll(() => shown.evaluate((img) => img instanceof HTMLImageElement && img.naturalWidth)).toBe(40);
		const content = (await shown.getAttribute('src')) ?? '';
		const files = new URL(page.url()).pathname;
		await page.goto(`${app.base}${files}/strike`);
		await page.getByLabel('May endanger somebody').check();
		await page.getByRole('button', { name: 'Erase for good' }).click();
		expect(await main(page)).toMatch(/struck[\s\S]*Scratch analyst[\s\S]*May endanger somebody/i);
		expect((await context.request.get(new URL(content, app.base).href)).status()).toBe(404);
		expect(await send('dddd0004-4', { age: 33, said: 'work', minutes: 26, ...sent })).toBe(201);
		expect((await context.request.get(new URL(content, app.base).href)).status()).toBe(404);
		await page.goto(`${answer}/edit`);
		await page.getByRole('checkbox', { name: 'Leave Child (2) out' }).check();
		await page.getByLabel('Why it is corrected').fill('not a child');
		await page.getByRole('button', { name: 'Save as a new version' }).click();
		expect(await main(page)).toMatch(/Reason: not a child[\s\S]*Years \(2\)\s+70\s+–/);
		expect(await main(page)).toContain('file struck: eshik oldi.jpg');
		await context.close();
	});

	it('erases an answer on request by its receipt, and the phone cannot bring it back', async () => {
		const { context, page } = await signedIn(false);
		await page.goto(`${app.base}/en/p/${round.programmeId}/assessment/erasure?receipt=aaaa0001`);
		await page.locator('main h2 a').first().click();
		expect(await main(page)).toContain('The journal stays whole');
		await page.getByLabel('The person asked for it').check();
		await page.locator('#f-confirm_name').fill('WRONG');
		await page.getByRole('button', { name: 'Erase for good' }).click();
		expect(await main(page)).toContain('That is not the receipt');
		await page.locator('#f-confirm_name').fill('AAAA0001');
		await page.getByRole('button', { name: 'Erase for good' }).click();
		expect(await main(page)).toContain('Erased');
		expect((await database.query("select from assessment.submission where instance_id = 'uuid:aaaa0001-1'")).rowCount).toBe(0);
		expect(await send('aaaa0001-1', { age: 30, said: 'law', minutes: 20 })).toBe(403);
		await context.close();
	});

	it('goes from answer to answer by keyboard', async () => {
		const { context, page } = await signedIn(true);
		await page.goto(`${base}/answers`);
		const first = new URL((await page.getByRole('main').locator('tbody a').first().getAttribute('href')) ?? '', app.base).href;
		await page.goto(first);
		await page.keyboard.press('j');
		await page.waitForURL((url) => url.href.includes('/answers/') && url.href !== first);
		await page.waitForLoadState();
		await page.keyboard.press('k');
		await page.waitForURL(first);
		expect(faults).toEqual([]);
		await context.close();
	});

	it('finds every page accessible, and none wider than a small phone', async () => {
		const { context, page } = await signedIn(true, 320);
		expect(await send('eeee0005-5', { age: 34, said: 'law', minutes: 27, photo: { name: 'ikkinchi.jpg', content: await photograph() }, children: [4] })).toBe(201);
		const { rows } = await database.query<{ team: string; answer: string; check: string }>(`select (select id from assessment.team limit 1) as team, (select id from assessment.submission where instance_id = 'uuid:eeee0005-5') as answer, (select id from assessment.back_check limit 1) as check`);
		const [ids] = rows;
		for (const part of ['/plan', `/teams/${ids?.team}`, '/targets', '/progress', '/answers', ...['', '/edit', '/files/ikkinchi.jpg', '/files/ikkinchi.jpg/strike'].map((more) => `/answers/${ids?.answer}${more}`), '/quality', `/back-checks/${ids?.check}`]) {
			await page.goto(base + part);
			expect(await violations(page)).toEqual([]);
			expect([part, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)]).toEqual([part, true]);
		}
		expect(faults).toEqual([]);
		await context.close();
	});
});
