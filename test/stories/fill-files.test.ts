import path from 'node:path';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layFormFile, layOutRound, type LaidOut } from '../../bench/round.ts';
import { runningPostgres } from '#server/postgres.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';
import { layLine, type Line } from '../line.ts';

const form = `
| survey |
|        | type                               | name  | label    | media::image | calculation                                       |
|        | select_one_from_file tumanlar.csv  | place | Tuman    | xarita ʻa.png |                                                   |
|        | select_one safe                    | safe  | Xavfsizmi? |              |                                                   |
|        | calculate                          | lines |          |              | pulldata('tumanlar', 'line', 'name', \${place})    |
|        | note                               | told  | Liniya: \${lines} |              |                                                   |
| choices |
|         | list_name | name | label | media::image | media::audio |
|         | safe      | yes  | Ha    | ha.png       | ha.wav       |
|         | safe      | no   | Yoʻq  |              |              |
| settings |
|          | form_id | form_title | version |
|          | fayllar | Fayllar    | 1       |
`;
const table = 'name,label,line\nchust,Chust tumani,1146\nzomin,Зомин тумани,1147\n';

/** A moment of silence. */
function silence(): Buffer {
	const head = Buffer.alloc(44);
	head.write('RIFF', 0);
	head.writeUInt32LE(36 + 800, 4);
	head.write('WAVEfmt ', 8);
	head.writeUInt32LE(16, 16);
	head.writeUInt16LE(1, 20);
	head.writeUInt16LE(1, 22);
	head.writeUInt32LE(8000, 24);
	head.writeUInt32LE(8000, 28);
	head.writeUInt16LE(1, 32);
	head.writeUInt16LE(8, 34);
	head.write('data', 36);
	head.writeUInt32LE(800, 40);
	return Buffer.concat([head, Buffer.alloc(800, 128)]);
}

let app: App;
let browser: Browser;
let owner: pg.Pool;
let line: Line;
let round: LaidOut;

/** Puts a file where the program keeps them, as its owner would find it there. */
async function lay(name: string, mediaType: string, content: Buffer): Promise<void> {
	await layFormFile(owner, path.join(app.folder, 'data'), round, { name, mediaType, content });
}

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	owner = new pg.Pool({ ...runningPostgres(path.join(app.folder, 'data')).owner, max: 2 });
	round = await layOutRound(owner, { form, draft: true });
	const picture = (background: string) => sharp({ create: { width: 40, height: 30, channels: 3, background } }).png().toBuffer();
	await lay('tumanlar.csv', 'text/csv', Buffer.from(table));
	await lay('xarita ʻa.png', 'image/png', await picture('green'));
	await lay('ha.png', 'image/png', await picture('red'));
	await lay('ha.wav', 'audio/wav', silence());
	await owner.query(`update assessment.round set state = 'open', opened_at = now() where id = $1`, [round.roundId]);
	line = await layLine(app.base);
});

afterAll(async () => {
	await line.close();
	await owner.end();
	await browser.close();
	await app.stop();
});

const shows = (page: Page, alt: string): Promise<boolean> =>
	page.locator(`.label img[alt="${alt}"]`).first().evaluate(async (image) => {
		if (!(image instanceof HTMLImageElement)) return false;
		await image.decode();
		return image.src.startsWith('blob:') && image.naturalWidth === 40;
	});

/** Everything that a form's files are for: a list, a value from it, pictures and a sound. */
async function fillIn(page: Page): Promise<void> {
	await page.getByLabel('Зомин тумани').waitFor();
	expect(await shows(page, '')).toBe(true);
	await page.getByLabel('Зомин тумани').check();
	await page.getByText('Liniya: 1147').waitFor();
	await page.locator('label audio[src^="blob:"]').waitFor({ state: 'attached' });
	expect(await page.locator('label img[src^="blob:"]').count()).toBe(1);
	expect(await violations(page)).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
}

describe('a form with files', () => {
	it('shows its lists, pictures and sounds, and after one visit without a connection as well; the browser keeps none of them in clear', async () => {
		const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
		try {
			const page = await context.newPage();
			const wrong: string[] = [];
			page.on('console', (message) => message.text().includes('Content Security Policy') && wrong.push(message.text()));
			page.on('pageerror', (error) => wrong.push(error.message));
			const fetched: string[] = [];
			page.on('request', (request) => request.url().includes('/media/') && fetched.push(decodeURIComponent(request.url().split('/').at(-1) ?? '')));
			await page.goto(`${line.base}/en/c/${round.token}`);
			await page.getByText('opens without a connection').waitFor();
			expect(fetched.toSorted(), 'each file is fetched once').toEqual(['ha.png', 'ha.wav', 'tumanlar.csv', 'xarita ʻa.png']);
			await page.getByRole('button', { name: 'I agree' }).click();
			await fillIn(page);
			await page.getByText(/kept on this device: \d\d:\d\d/).waitFor();
			line.cut();
			await page.reload();
			// The draft goes on where it was.
			await fillIn(page);
			const clear = await page.evaluate(async () => {
				const names: string[] = [];
				for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) names.push(request.url);
				return names.filter((url) => url.includes('/media/'));
			});
			expect(clear).toEqual([]);
			const readable = await page.evaluate(async () => {
				const database = await new Promise<IDBDatabase>((resolve, reject) => {
					const request = indexedDB.open('hamkor-offline');
					request.onsuccess = () => resolve(request.result);
					request.onerror = () => reject(new Error('no database'));
				});
				const all = await new Promise<unknown[]>((resolve, reject) => {
					const request = database.transaction('files').objectStore('files').getAll();
					request.onsuccess = () => resolve(request.result);
					request.onerror = () => reject(new Error('unread'));
				});
				const texts = all.map((each) => (typeof each === 'object' && each !== null && 'bytes' in each && each.bytes instanceof ArrayBuffer ? new TextDecoder().decode(each.bytes) : ''));
				return { count: all.length, clear: texts.filter((text) => text.includes('tumani')).length };
			});
			expect(readable).toEqual({ count: 4, clear: 0 });
			expect(wrong).toEqual([]);
		} finally {
			line.mend();
			await context.close();
		}
	});
});
