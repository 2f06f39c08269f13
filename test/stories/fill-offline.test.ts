import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layOutRound, type LaidOut } from '../../bench/round.ts';
import { runningPostgres } from '#server/postgres.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser, startOnProfile } from '../browser.ts';
import { layLine, type Line } from '../line.ts';

const form = `
| survey |
|        | type                | name     | label::Oʻzbekcha (uz) | label::English (en) | required |
|        | begin_group         | you      | Siz haqingizda        | About you           |          |
|        | text                | district | Tuman                 | District            | yes      |
|        | select_one yesno    | help     | Yordam kerakmi?       | Need help?          |          |
|        | end_group           |          |                       |                     |          |
|        | begin_group         | shown    | Rasm                  | Picture             |          |
|        | image               | photo    | Surat                 | Photo               |          |
|        | end_group           |          |                       |                     |          |
| choices |
|         | list_name | name | label::Oʻzbekcha (uz) | label::English (en) |
|         | yesno     | yes  | Ha                    | Yes                 |
|         | yesno     | no   | Yoʻq                  | No                  |
| settings |
|          | form_id | form_title | version | default_language |
|          | village | Village    | 1       | Oʻzbekcha (uz)   |
`;
const passphrase = 'togʻ bulogʻi sovuq';

let app: App;
let browser: Browser;
let owner: pg.Pool;
let line: Line;
let round: LaidOut;
let sensitive: LaidOut;

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	owner = new pg.Pool({ ...runningPostgres(path.join(app.folder, 'data')).owner, max: 2 });
	round = await layOutRound(owner, { form });
	sensitive = await layOutRound(owner, { form, sensitive: true });
	line = await layLine(app.base);
});

afterAll(async () => {
	await line.close();
	await owner.end();
	await browser.close();
	await app.stop();
});

const addressOf = (locale: string, { token } = round): string => `${line.base}/${locale}/c/${token}`;
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** Tells a story on a phone of its own; errors of the content policy spoil it. A cut line is mended afterwards. */
async function onPhone(story: (page: Page, context: BrowserContext) => Promise<void>): Promise<void> {
	const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
	const page = await context.newPage();
	const wrong: string[] = [];
	page.on('console', (message) => message.text().includes('Content Security Policy') && wrong.push(message.text()));
	page.on('pageerror', (error) => wrong.push(error.message));
	try {
		await story(page, context);
		expect(wrong).toEqual([]);
	} finally {
		line.mend();
		await context.close();
	}
}

/** The one visit after which it works without a connection. */
async function visit(page: Page, address: string): Promise<void> {
	await page.goto(address);
	await page.getByText('opens without a connection').waitFor();
}

async function answer(page: Page, district: string): Promise<void> {
	await button(page, 'I agree').click();
	await page.getByLabel('District').fill(district);
	await page.getByLabel('Yes', { exact: true }).check();
}

const arrived = async (district: string): Promise<number> =>
	(await owner.query("select from assessment.submission where answers ->> '/data/you/district' = $1", [district])).rowCount ?? 0;

async function expectNoViolations(page: Page): Promise<void> {
	expect(await violations(page)).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
}

/** Locks what is kept on this phone, from the page that lists it. */
async function protect(page: Page): Promise<void> {
	await button(page, 'Lock with a passphrase').first().click();
	await page.getByLabel('New passphrase').fill(passphrase);
	await page.getByLabel('The passphrase once more').fill(passphrase);
	await page.getByRole('region', { name: 'Lock with a passphrase' }).getByRole('button', { name: 'Lock with a passphrase' }).click();
	await page.getByText('Only your passphrase or passkey opens them').waitFor();
}

describe('filling without a connection', () => {
	it('opens after one visit, is left and continued, and sends once when the connection is back', async () => {
		await onPhone(async (page, context) => {
			await visit(page, addressOf('en'));
			await forgetLoaded(page);
			line.cut();
			await page.reload();
			await answer(page, 'Zomin');
			await page.getByText(/kept on this device: \d\d:\d\d/).waitFor();
			await page.close();

			const later = await context.newPage();
			await later.goto(addressOf('en'));
			await later.getByText('Begun and not finished').waitFor();
			await expectNoViolations(later);
			await button(later, 'Continue').first().click();
			expect(await later.getByLabel('District').inputValue()).toBe('Zomin');
			expect(await later.getByLabel('Yes', { exact: true }).isChecked()).toBe(true);
			await button(later, 'Next').click();
			await later.getByLabel('Photo').setInputFiles({ name: 'house.png', mimeType: 'image/png', buffer: readFileSync('docs/pictures/fill-en-phone.png') });
			await later.getByText('File:').waitFor();
			await button(later, 'Send').click();
			await later.getByText('Your answers have not arrived yet').waitFor();
			await expectNoViolations(later);
			await later.goto(`${line.base}/en/c/device`);
			await later.getByText('Waits for a connection').waitFor();
			await expectNoViolations(later);
			expect(await arrived('Zomin')).toBe(0);
			expect(await later.getByRole('button', { name: /^Back to the answers/ }).count()).toBe(0);
			line.mend();
			await button(later, 'Send now').click();
			await later.getByText('Nothing waits').waitFor();
			await later.getByRole('heading', { name: 'Has arrived' }).waitFor();
		});
		expect(await arrived('Zomin')).toBe(1);
		const { rows } = await owner.query("select a.file_id from assessment.attachment a join assessment.submission s on s.id = a.submission_id where s.answers ->> '/data/you/district' = 'Zomin'");
		expect(rows).toEqual([{ file_id: expect.any(String) }]);
	});

	it('asks for consent again for the next person, and keeps both interviews apart', async () => {
		await onPhone(async (page, context) => {
			await visit(page, addressOf('en'));
			await answer(page, 'First');
			await page.getByText(/kept on this device: \d\d:\d\d/).waitFor();
			const other = await context.newPage();
			await other.goto(addressOf('en'));
			await button(other, 'Continue').first().click();
			await other.getByText('open in another window').waitFor();
			await button(other, 'Start a new one').click();
			await other.getByText('Do you agree?').waitFor();
			await answer(other, 'Second');
			await other.getByText(/kept on this device: \d\d:\d\d/).waitFor();
			await page.close();
			await other.goto(`${line.base}/en/c/device`);
			await other.getByRole('heading', { name: 'Begun and not finished' }).waitFor();
			await expect.poll(() => other.getByRole('link', { name: 'Continue' }).count()).toBe(2);
		});
	});

	it('counts a refusal that was said without a connection, once', async () => {
		await onPhone(async (page) => {
			await visit(page, addressOf('en'));
			line.cut();
			await page.reload();
			await button(page, 'I do not agree').click();
			await page.getByText('It will be counted when there is a connection').waitFor();
			line.mend();
			await page.goto(`${line.base}/en/c/device`);
			await page.getByText('Somebody said no').waitFor();
			await page.getByText('Nothing waits').waitFor();
		});
		const { rows } = await owner.query('select during from assessment.refusal where round_id = $1', [round.roundId]);
		expect(rows).toEqual([{ during: false }]);
	});

	it('has the distress protocol one touch away, and stops with everything deleted and the stop counted', async () => {
		await onPhone(async (page) => {
			await page.goto(addressOf('en'));
			await answer(page, 'Stopped');
			await page.getByText(/kept on this device: \d\d:\d\d/).waitFor();
			await page.getByText('If it becomes hard').click();
			await page.getByText('You may stop.').waitFor();
			await button(page, 'Stop and delete the answers').click();
			await button(page, 'Stop and delete').last().click();
			await page.getByText('It was counted, with nothing about you.').waitFor();
			await page.goto(`${line.base}/en/c/device`);
			await page.getByText('Nothing is half-finished').waitFor();
		});
		const { rowCount } = await owner.query('select from assessment.refusal where round_id = $1 and during', [round.roundId]);
		expect(rowCount).toBe(1);
	});
});

describe('the worker', () => {
	it('stands over the filling pages alone, and gives no other page', async () => {
		await onPhone(async (page, context) => {
			await visit(page, addressOf('en'));
			const scopes = await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname));
			expect(scopes).toEqual(['/en/c/']);
			for (const elsewhere of ['/en/sign-in', '/en', '/uz/c/device', '/en/changes']) {
				await page.goto(`${line.base}${elsewhere}`).catch(() => undefined);
				expect(await page.evaluate(() => navigator.serviceWorker.controller), elsewhere).toBeNull();
			}
			line.cut();
			await expect(page.goto(`${line.base}/en/sign-in`)).rejects.toThrow(/ERR_/);
			await expect(page.goto(`${line.base}/en`)).rejects.toThrow(/ERR_/);
			const unknown = await context.newPage();
			await unknown.goto(`${line.base}/en/c/${'n'.repeat(32)}`);
			await unknown.getByText('This form is not on this device yet').waitFor();
		});
	});

	it('keeps no form, no answer and no name in its own store', async () => {
		await onPhone(async (page) => {
			await visit(page, addressOf('en'));
			const kept = await page.evaluate(async () => {
				const texts: string[] = [];
				for (const name of await caches.keys()) {
					const cache = await caches.open(name);
					for (const request of await cache.keys()) if (!request.url.includes('/_app/')) texts.push(`${request.url} ${await (await cache.match(request))?.text()}`);
				}
				return texts;
			});
			expect(kept).toHaveLength(1);
			expect(kept.join()).toContain('/en/c/device');
			expect(kept.join()).not.toContain('Village');
			expect(kept.join()).not.toContain(round.token);
		});
	});

	it('goes on in a form that was open when a new version came, with the parts that it had not loaded yet', async () => {
		let next = false;
		// The next version: another worker, and none of this one's files on the server any more but those that the worker asks for.
		const deployed = http.createServer((request, response) => void answerAs(next, request, response)).listen(0);
		const address = deployed.address();
		const base = `http://localhost:${typeof address === 'object' ? address?.port : ''}`;
		await onPhone(async (page) => {
			await visit(page, `${base}/en/c/${round.token}`);
			await answer(page, 'Deployed');
			await forgetLoaded(page);
			next = true;
			const states = await page.evaluate(async () => {
				const registration = await navigator.serviceWorker.getRegistration();
				await registration?.update();
				while (registration?.waiting?.state !== 'installed') await new Promise((resolve) => setTimeout(resolve, 50));
				return [registration.active?.state, registration.waiting.state];
			});
			expect(states).toEqual(['activated', 'installed']);
			await button(page, 'Next').click();
			await page.getByLabel('Photo').waitFor();
			await page.getByText(/kept on this device: \d\d:\d\d/).waitFor();
			await page.reload();
			await page.getByLabel('Photo').waitFor();
			expect(await page.evaluate(async () => (await caches.keys()).length)).toBe(2);
			// The next time it is opened the new version has taken over, and the old one's files are gone.
			await page.goto('about:blank');
			await page.waitForTimeout(1000);
			await page.goto(`${base}/en/c/device`);
			await page.getByText('Begun and not finished').waitFor();
		}).finally(() => deployed.close());
	});
});

/** Passes a request on to the program, or answers as its next version would. */
async function answerAs(next: boolean, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
	const { url = '/' } = request;
	if (next && /\/_app\/immutable\/(?:nodes|chunks)\//.test(url) && request.headers['sec-fetch-dest'] !== 'empty') return void response.writeHead(404).end();
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(Buffer.from(chunk));
	const headers = Object.fromEntries(Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' && !['host', 'connection', 'accept-encoding', 'content-length'].includes(name) ? [[name, value]] : [])));
	const answered = await fetch(`${app.base}${url}`, { method: request.method ?? 'GET', headers, redirect: 'manual', ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}) });
	const body = Buffer.from(await answered.arrayBuffer());
	const changed = next && url === '/service-worker.js' ? Buffer.from(body.toString().replace(/version:`\d+`/, 'version:`next`')) : body;
	const kept = [...answered.headers].filter(([name]) => !['content-length', 'content-encoding', 'transfer-encoding', 'connection'].includes(name));
	response.writeHead(answered.status, Object.fromEntries(kept)).end(changed);
}

/** Empties what the browser itself remembers of earlier loading: what is left is what the worker keeps. */
async function forgetLoaded(page: Page): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('Network.clearBrowserCache');
	await session.detach();
}

describe('what lies on the phone', () => {
	it('is not to be read there, with a passphrase or without', async () => {
		const profile = mkdtempSync(path.join(os.tmpdir(), 'hamkor-phone-'));
		const phone = await startOnProfile(profile);
		try {
			const [context] = phone.browser.contexts();
			const page = await context?.newPage();
			if (!page) throw new Error('no page');
			await visit(page, addressOf('en'));
			await answer(page, 'Qorasuvlik ayol');
			await page.getByText(/kept on this device: \d\d:\d\d/).waitFor();
			await page.goto(`${line.base}/en/c/device`);
			await protect(page);
			await page.goto(addressOf('en', sensitive));
			await page.getByText('What is kept here is locked').waitFor();
			await page.getByLabel('Passphrase', { exact: true }).fill(passphrase.replace(/ʻ/g, "'"));
			await button(page, 'Unlock').click();
			await answer(page, 'Nurotalik ayol');
			await page.getByText(/kept on this device: \d\d:\d\d/).waitFor();
			await phone.kill();
			const lying = Buffer.concat(filesUnder(profile).map((file) => readFileSync(file)));
			for (const word of ['Qorasuvlik', 'Nurotalik', 'District', 'Need help', passphrase]) {
				for (const encoding of ['utf8', 'utf16le'] as const) expect(lying.includes(Buffer.from(word, encoding)), `${word} ${encoding}`).toBe(false);
			}
		} finally {
			await phone.kill();
			rmSync(profile, { recursive: true, force: true });
		}
	});

	it('opens with its passphrase alone, locks when nobody is there, and takes up the interview again', async () => {
		await onPhone(async (page) => {
			await page.clock.install();
			await page.goto(addressOf('en', sensitive));
			await page.getByText('nothing is kept on this device unless you lock it').waitFor();
			await protect(page);
			await answer(page, 'Guarded');
			await page.getByText(/kept on this device: \d\d:\d\d/).waitFor();
			await page.clock.fastForward('11:00');
			await page.getByText('The page locked itself').waitFor();
			expect(await page.getByLabel('District').count()).toBe(0);
			await expectNoViolations(page);
			await page.getByLabel('Passphrase', { exact: true }).fill('some other passphrase');
			await button(page, 'Unlock').click();
			await page.getByText('That is not the passphrase of this device').waitFor();
			await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
			await button(page, 'Unlock').click();
			await button(page, 'Continue').first().click();
			expect(await page.getByLabel('District').inputValue()).toBe('Guarded');
		});
	});

	it('opens with a passkey of the phone', async () => {
		await onPhone(async (page, context) => {
			const session = await context.newCDPSession(page);
			await session.send('WebAuthn.enable');
			await session.send('WebAuthn.addVirtualAuthenticator', {
				options: { protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, hasPrf: true, automaticPresenceSimulation: true }
			});
			await page.goto(`${line.base}/en/c/device`);
			await button(page, 'Lock with a passphrase').first().click();
			await button(page, 'Lock with a passkey').click();
			await page.getByText('Only your passphrase or passkey opens them').waitFor();
			await button(page, 'Lock now').click();
			await page.getByText('What is kept here is locked').waitFor();
			await button(page, 'Unlock with the passkey').click();
			await page.getByText('Only your passphrase or passkey opens them').waitFor();
		});
	});

	it('is gone when the phone is told to forget, and so is every worker', async () => {
		await onPhone(async (page) => {
			await visit(page, addressOf('en'));
			await answer(page, 'Forgotten');
			await page.getByText(/kept on this device: \d\d:\d\d/).waitFor();
			await page.goto(`${line.base}/en/c/device`);
			await button(page, 'Forget everything on this device').click();
			await page.getByText('Not sent yet: 1').waitFor();
			await button(page, 'Yes, forget everything').click();
			await page.getByText('Nothing is kept on this device any more').waitFor();
			const left = await page.evaluate(async () => [
				(await indexedDB.databases()).length, (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length
			]);
			expect(left).toEqual([0, 0, 0]);
		});
	});
});

describe('on paper', () => {
	it('has every question with its choices and says in words when it is asked, without script, in the language that is chosen', async () => {
		const context = await browser.newContext({ viewport: { width: 320, height: 640 }, javaScriptEnabled: false });
		const page = await context.newPage();
		await page.goto(`${addressOf('uz')}/paper`);
		await page.getByText('Yordam kerakmi?').waitFor();
		await page.getByLabel('Savollar tili').selectOption('English (en)');
		await button(page, 'Koʻrsatish').click();
		for (const words of ['1. District', '2. Need help?', 'Mark one', 'Not on paper', 'Do you agree?', 'You may stop.', 'Do not write down the name']) await page.getByText(words).first().waitFor();
		await page.emulateMedia({ media: 'print' });
		expect(await page.getByRole('button').count()).toBe(0);
		await context.close();
		expect((await fetch(`${app.base}/en/c/${'x'.repeat(32)}/paper`)).status).toBe(403);
		expect((await fetch(`${addressOf('en')}/paper?language=xx`)).status).toBe(404);
	});
});

describe('a rescue file', () => {
	it('carries what waits to another phone, and counts once wherever it goes out first', async () => {
		let file = '';
		await onPhone(async (page) => {
			await visit(page, addressOf('en'));
			line.cut();
			await answer(page, 'Rescued');
			await button(page, 'Next').click();
			await button(page, 'Send').click();
			await page.getByText('Your answers have not arrived yet').waitFor();
			await page.goto(`${line.base}/en/c/device`);
			await page.getByText('Save a rescue file').click();
			await page.getByLabel('Passphrase for the file').fill(passphrase);
			await page.getByLabel('The passphrase once more').fill(passphrase);
			const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save the file').click()]);
			file = path.join(os.tmpdir(), `hamkor-${process.pid}.rescue`);
			await download.saveAs(file);
			expect(readFileSync(file).includes('Rescued')).toBe(false);
			line.mend();
			await onPhone(async (other) => {
				await other.goto(`${line.base}/en/c/device`);
				await bring(other, file, 'wrong passphrase');
				await other.getByText('The passphrase is another one').first().waitFor();
				await bring(other, file, passphrase);
				await other.getByText('Brought in from the file: 1').waitFor();
				await other.getByText('Nothing waits').waitFor();
				await expectNoViolations(other);
			});
			expect(await arrived('Rescued')).toBe(1);
			// It may have gone out by itself by now, since the line is there again.
			await Promise.race([button(page, 'Send now').click().catch(() => undefined), page.getByText('Nothing waits').waitFor()]);
			await page.getByText('Nothing waits').waitFor();
		});
		rmSync(file, { force: true });
		expect(await arrived('Rescued')).toBe(1);
	});
});

async function bring(page: Page, file: string, secret: string): Promise<void> {
	await page.getByLabel('Rescue file').setInputFiles(file);
	await page.getByLabel('Passphrase of the file').fill(secret);
	await button(page, 'Bring in').click();
}

const filesUnder = (folder: string): string[] =>
	readdirSync(folder).flatMap((name) => {
		const full = path.join(folder, name);
		const found = statSync(full, { throwIfNoEntry: false });
		return found?.isDirectory() ? filesUnder(full) : found?.isFile() ? [full] : [];
	});
