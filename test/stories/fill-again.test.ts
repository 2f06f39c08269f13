import path from 'node:path';
import pg from 'pg';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { layOutRound, type LaidOut } from '../../bench/round.ts';
import { runningPostgres } from '#server/postgres.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';
import { ownerOf, signedInAs } from '../scene.ts';

const form = `
| survey   |
|          | type         | name   | label::English (en) |
|          | integer      | age    | How old are you? |
|          | begin_repeat | child  | Child |
|          | text         | name   | Name of the child |
|          | end_repeat   |        |       |
|          | image        | sign   | Picture of the sign |
| settings |
|          | form_id | form_title | version |
|          | again   | Door form  | 1       |
`;

let app: App;
let browser: Browser;
let owner: pg.Pool;
let round: LaidOut;
const faults: string[] = [];

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	owner = new pg.Pool({ ...runningPostgres(path.join(app.folder, 'data')).owner, max: 2 });
	round = await layOutRound(owner, { form });
});

afterAll(async () => {
	await owner.end();
	await browser.close();
	await app.stop();
});

type SomeoneThere = { readonly context: BrowserContext; readonly page: Page; readonly personId: string };

async function signedIn(role: string, more: { javaScriptEnabled?: boolean; width?: number } = {}): Promise<SomeoneThere> {
	const client = await ownerOf(app);
	const { token, personId } = await signedInAs(client, round.programmeId, role).finally(() => client.end());
	return { ...(await asHolder(token, more)), personId };
}

async function asHolder(token: string, { javaScriptEnabled = true, width = 320 }: { javaScriptEnabled?: boolean; width?: number }) {
	const context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 720 } });
	await context.addCookies([{ name: 'hamkor_session', value: token, url: app.base }]);
	const page = await context.newPage();
	page.on('console', (message) => void (message.type() === 'error' && faults.push(message.text())));
	page.on('pageerror', (error) => void faults.push(String(error)));
	return { context, page };
}

const seen = async (page: Page, name: string): Promise<void> => {
	const folder = process.env['HAMKOR_PICTURES'];
	if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
};

it('a collector reads what the reviewer asks, opens the answers again with their picture, and sends them corrected', { timeout: 240_000 }, async () => {
	const collector = await signedIn('collector');
	const { page } = collector;
	const base = `${app.base}/en/p/${round.programmeId}/assessment/rounds/${round.roundId}`;
	await page.goto(`${base}/fill`);
	await page.getByRole('button', { name: 'I agree' }).click();
	await page.getByLabel('How old are you?').fill('7');
	await page.getByRole('button', { name: 'Next' }).click();
	await page.getByLabel('Name of the child').fill('Lola');
	await page.getByRole('button', { name: 'Next' }).click();
	const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'green' } }).png().toBuffer();
	await page.getByLabel('Picture of the sign').setInputFiles({ name: 'sign.png', mimeType: 'image/png', buffer: picture });
	await page.getByText('sign').last().waitFor();
	await page.getByRole('button', { name: 'Send' }).click();
	await page.getByText('Your answers have arrived and are kept').waitFor();

	const analyst = await signedIn('analyst', { width: 1280, javaScriptEnabled: false });
	await owner.query('insert into assessment.round_analyst (programme_id, round_id, person_id) values ($1, $2, $3)', [round.programmeId, round.roundId, analyst.personId]);
	await analyst.page.goto(`${base}/answers`);
	await analyst.page.locator('tbody a').first().click();
	await analyst.page.getByLabel('Has issues').check();
	await analyst.page.getByLabel('Note').fill('Seven years old?');
	await analyst.page.getByRole('button', { name: 'Save the review' }).click();
	await analyst.page.getByText('Seven years old?').waitFor();

	// The list is a plain page; it says how things stand and what is asked, and no answer.
	await page.goto(`${app.base}/en/c/device`);
	await page.getByRole('link', { name: 'What I sent' }).click();
	await page.getByRole('heading', { name: 'To be corrected' }).waitFor();
	await page.getByText('Seven years old?').waitFor();
	expect(await page.locator('main').textContent()).not.toContain('Lola');
	expect(await violations(page)).toEqual([]);
	for (const locale of ['uz', 'ru']) {
		for (const width of [320, 1280]) {
			await page.setViewportSize({ width, height: 720 });
			await page.goto(`${app.base}/${locale}/c/sent`);
			expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
			await seen(page, `sent-${locale}-${width}`);
		}
	}
	await page.setViewportSize({ width: 320, height: 720 });
	await page.goto(`${app.base}/en/c/sent`);

	await page.getByRole('link', { name: 'Open the answers and correct them' }).click();
	await page.getByLabel('How old are you?').waitFor();
	await expect.poll(() => page.getByLabel('How old are you?').inputValue()).toBe('7');
	await page.getByLabel('How old are you?').fill('70');
	// It is a draft like any other: reloaded, it goes on where it was.
	await page.getByText(/Your answers are kept on this device:/).first().waitFor();
	await expect.poll(() => new URL(page.url()).search).toBe('');
	await page.reload();
	await page.getByLabel('How old are you?').waitFor();
	await expect.poll(() => page.getByLabel('How old are you?').inputValue()).toBe('70');
	await page.getByRole('button', { name: 'Next' }).click();
	await expect.poll(() => page.getByLabel('Name of the child').inputValue()).toBe('Lola');
	await page.getByRole('button', { name: 'Next' }).click();
	await page.getByRole('button', { name: 'Send' }).click();
	await page.getByText('Your answers have arrived and are kept').waitFor();

	const { rows } = await owner.query(
		`select s.answers ->> '/data/age' as age, s.answers -> '/data/child/name' as children, s.superseded_by is null as counts, s.replaces_id is not null as edit, s.review_state,
			(select count(*)::int from assessment.attachment a where a.submission_id = s.id and a.file_id is not null) as files
		from assessment.submission s where s.person_id = $1 order by s.received_at`,
		[collector.personId]
	);
	expect(rows).toEqual([
		{ age: '7', children: ['Lola'], counts: false, edit: false, review_state: 'has_issues', files: 1 },
		{ age: '70', children: ['Lola'], counts: true, edit: true, review_state: 'received', files: 1 }
	]);
	await page.goto(`${app.base}/en/c/sent`);
	await page.getByText('Corrected, not reviewed yet').waitFor();
	await analyst.page.goto(`${base}/answers?state=edited`);
	await analyst.page.locator('tbody').getByText('Edited, to be looked at anew').waitFor();

	// The picture is struck at review: the answers come back without it, and go out again.
	await analyst.page.locator('tbody a').first().click();
	await analyst.page.getByRole('link', { name: /sign.*png/ }).click();
	await analyst.page.getByRole('link', { name: 'Strike the file' }).click();
	await analyst.page.getByLabel('There was no consent').check();
	await analyst.page.getByRole('button', { name: 'Erase for good' }).click();
	await analyst.page.getByText('There was no consent').waitFor();
	await analyst.page.getByRole('link', { name: /^[0-9A-F]{8}$/ }).click();
	await analyst.page.getByLabel('Has issues').check();
	await analyst.page.getByRole('button', { name: 'Save the review' }).click();
	await page.goto(`${app.base}/en/c/sent`);
	await page.getByRole('link', { name: 'Open the answers and correct them' }).click();
	await page.getByLabel('How old are you?').fill('71');
	await page.getByRole('button', { name: 'Next' }).click();
	await page.getByRole('button', { name: 'Next' }).click();
	await page.getByRole('button', { name: 'Send' }).click();
	await page.getByText('Your answers have arrived and are kept').waitFor();
	expect((await owner.query(`select a.file_id, a.struck_at is not null as struck from assessment.attachment a join assessment.submission s on s.id = a.submission_id where s.answers ->> '/data/age' = '71'`)).rows.filter((row) => row.file_id !== null)).toEqual([]);

	// Whoever else is signed in, or holds the address, is refused with a sentence.
	const { rows: old } = await owner.query<{ id: string }>('select id from assessment.submission where person_id = $1 order by received_at', [collector.personId]);
	expect(faults).toEqual([]);
	const other = await signedIn('collector');
	await other.page.goto(`${base}/fill?again=${old[0]?.id ?? ''}`);
	await other.page.getByText('These answers cannot be opened now').waitFor();
	await other.page.getByText('They come back only to who sent them').waitFor();
	await other.page.goto(`${app.base}/en/c/sent`);
	await other.page.getByText('You have not sent anything under your own name').waitFor();
	for (const { context } of [collector, analyst, other]) await context.close();
});
