import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bookOf } from '#modules/assessment/instruments/book.ts';
import { newId } from '#platform/ids.ts';
import { readMarkdown } from '#xforms/readMarkdown.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';
import { fillByKeyboard, pressToGo } from '../keyboard.ts';
import { ownerOf, signedInAs } from '../scene.ts';

let app: App;
let browser: Browser;
let token: string;
const programme = newId();
const draft = newId();

/** A form that names a picture, a table of its own and a list of the programme. */
const book = bookOf(readMarkdown(`
| survey |
|        | type                               | name   | label::Oʻzbekcha (uz) | media::image |
|        | select_one_from_file xizmatlar.csv | xizmat | Qaysi xizmat?         |              |
|        | select_one_from_file tumanlar.csv  | tuman  | Qaysi tuman?          |              |
|        | note                               | rasm   | Xarita                | xarita.png   |
| settings |
|          | form_id | form_title | version |
|          | xizmat  | Xizmatlar  | 1       |
`));

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	const owner = await ownerOf(app);
	try {
		await owner.query('insert into network.programme (id, name) values ($1, \'{"uz":"Sinov","ru":"Проба"}\')', [programme]);
		({ token } = await signedInAs(owner, programme, 'analyst'));
		await owner.query('insert into assessment.instrument_draft (id, programme_id, title, book) values ($1, $2, \'{"uz":"Xizmatlar","ru":"Услуги"}\', $3)', [draft, programme, JSON.stringify(book)]);
		await owner.query('insert into assessment.instrument_draft_step (programme_id, draft_id, position, book) values ($1, $2, 0, $3)', [programme, draft, JSON.stringify(book)]);
	} finally {
		await owner.end();
	}
});

afterAll(async () => {
	await browser.close();
	await app.stop();
});

const at = (locale: string, rest: string): string => `${app.base}/${locale}/p/${programme}/assessment/${rest}`;

/** The page as it stands, in two languages, on a phone and at a desk: nothing overflows, nothing is left for a screen reader to trip over. */
async function looked(page: Page, name: string): Promise<void> {
	const here = new URL(page.url());
	for (const locale of ['ru', 'uz']) {
		await page.goto(app.base + here.pathname.replace(/^\/[^/]+/, `/${locale}`) + here.search);
		for (const width of [320, 1280]) {
			await page.setViewportSize({ width, height: 800 });
			expect(await page.evaluate(() => document.documentElement.scrollWidth), `${name} ${locale} ${width}`).toBeLessThanOrEqual(width);
			if (width === 1280) expect(await violations(page), `${name} ${locale}`).toEqual([]);
			const folder = process.env['HAMKOR_SHOTS'];
			if (folder) await page.screenshot({ path: path.join(folder, `${name}-${locale}-${width}.png`), fullPage: true });
		}
	}
}

it('an analyst makes a list, takes it in from a table after a look, and gives the form its files, by keyboard alone', { timeout: 300_000 }, async () => {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
	await context.addCookies([{ name: 'hamkor_session', value: token, url: app.base }]);
	const page = await context.newPage();
	const file = (name: string, content: string | Buffer): { file: string } => {
		const place = path.join(app.folder, name);
		writeFileSync(place, content);
		return { file: place };
	};

	await page.goto(at('uz', 'lists'));
	await looked(page, 'lists-none');
	await fillByKeyboard(page, { name: 'xizmatlar' });
	await pressToGo(page, page.getByRole('button', { name: 'Roʻyxat tuzish' }));
	await looked(page, 'list-import');

	// A row without a label: the preview names it, and nothing is taken in.
	await fillByKeyboard(page, { file: file('xato.csv', 'label,tuman\nMarkaz,Zomin\n,Forish\n') });
	await pressToGo(page, page.locator('main form button').first());
	await page.getByText('label boʻsh').waitFor();
	await looked(page, 'list-preview-wrong');
	expect(await page.locator('main form[method=post]').count()).toBe(0);
	await pressToGo(page, page.locator('main p a').last());

	await fillByKeyboard(page, { file: file('xizmatlar.csv', 'label,tuman,telefon\nReabilitatsiya va moslashtirish markazi,Zomin,1146\nIshonch telefoni,Forish,1147\n') });
	await pressToGo(page, page.locator('main form button').first());
	await looked(page, 'list-preview');
	await pressToGo(page, page.locator('main form button').first());
	await page.getByText('Ishonch telefoni').waitFor();
	await looked(page, 'list');
	await pressToGo(page, page.getByRole('button', { name: /Olib tashlash.*Ishonch/ }));
	await page.getByText('olib tashlangan').waitFor();
	await pressToGo(page, page.getByRole('button', { name: /Qaytarish.*Ishonch/ }));
	await page.goto(at('uz', 'lists'));
	await looked(page, 'lists');

	// The list stands for the file of its name; the others are missing until they are uploaded.
	await page.goto(at('uz', `instruments/drafts/${draft}/files`));
	await page.getByText('tumanlar.csv, xarita.png').or(page.getByText('xarita.png, tumanlar.csv')).waitFor();
	await looked(page, 'files-missing');
	await fillByKeyboard(page, { 'files[]': file('tumanlar.csv', 'nomi\nZomin\n') });
	await pressToGo(page, page.locator('main form[enctype] button').first());
	await page.getByRole('alert').first().waitFor();
	await looked(page, 'files-missing');
	await fillByKeyboard(page, { 'files[]': file('tumanlar.csv', 'name,label\nzomin,Zomin tumani\n') });
	await pressToGo(page, page.locator('main form[enctype] button').first());
	await fillByKeyboard(page, { 'files[]': file('xarita.png', await sharp({ create: { width: 40, height: 30, channels: 3, background: 'green' } }).png().toBuffer()) });
	await pressToGo(page, page.locator('main form[enctype] button').first());
	await page.getByText('Hamma fayllar bor').waitFor();
	await looked(page, 'files');
	await context.close();
});
