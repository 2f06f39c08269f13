import path from 'node:path';
import pg from 'pg';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layOutRound, type LaidOut } from '../../bench/round.ts';
import { runningPostgres } from '#server/postgres.ts';
import { locales } from '#platform/locales.ts';
import { startApp, type App } from '../app.ts';
import { budgets, weighed } from '../budget.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';

const form = `
| survey |
|        | type                | name     | label::Oʻzbekcha (uz)     | label::English (en)     | hint::English (en) | required | relevant         | constraint       | constraint_message::Oʻzbekcha (uz) | constraint_message::English (en) | calculation |
|        | note                | hello    | Salom                     | Hello                   |                    |          |                  |                  |                                    |                                  |             |
|        | begin_group         | you      | Siz haqingizda            | About you               |                    |          |                  |                  |                                    |                                  |             |
|        | text                | district | Tuman                     | District                | Where you live     | yes      |                  |                  |                                    |                                  |             |
|        | integer             | age      | Yosh                      | Age                     |                    | yes      |                  | . > 17 and . < 120 | Yosh 18 dan 119 gacha            | Age is from 18 to 119            |             |
|        | calculate           | next     |                           |                         |                    |          |                  |                  |                                    |                                  | \${age} + 1 |
|        | select_one yesno    | help     | Yordam soʻraganmisiz?     | Did you ask for help?   |                    | yes      |                  |                  |                                    |                                  |             |
|        | select_multiple who | whom     | Kimdan?                   | Whom?                   |                    |          | \${help} = 'yes' |                  |                                    |                                  |             |
|        | end_group           |          |                           |                         |                    |          |                  |                  |                                    |                                  |             |
|        | begin_repeat        | visit    | Tashrif                   | Visit                   |                    |          |                  |                  |                                    |                                  |             |
|        | date                | day      | Kuni                      | Day                     |                    |          |                  |                  |                                    |                                  |             |
|        | decimal             | hours    | Necha soat                | Hours                   |                    |          |                  |                  |                                    |                                  |             |
|        | end_repeat          |          |                           |                         |                    |          |                  |                  |                                    |                                  |             |
| choices |
|         | list_name | name   | label::Oʻzbekcha (uz) | label::English (en) |
|         | yesno     | yes    | Ha                    | Yes                 |
|         | yesno     | no     | Yoʻq                  | No                  |
|         | who       | police | Ichki ishlar          | Police              |
|         | who       | ngo    | Tashkilot             | Organisation        |
| settings |
|          | form_id | form_title | version | default_language |
|          | story   | Savollar   | 1       | Oʻzbekcha (uz)   |
`;
const ethics = {
	consent: { uz: 'Roziligingizni soʻraymiz.', en: 'We ask for your consent.' },
	refusal: { uz: 'Yoʻq deyishingiz mumkin.', en: 'You can say no at any time.' },
	distress: { uz: '1146 ga qoʻngʻiroq qiling.', en: 'Call 1146.' }
};

let app: App;
let browser: Browser;
let owner: pg.Pool;
let round: LaidOut;
let sensitive: LaidOut;

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	owner = new pg.Pool({ ...runningPostgres(path.join(app.folder, 'data')).owner, max: 2 });
	round = await layOutRound(owner, { form, ethics });
	sensitive = await layOutRound(owner, { form, ethics, sensitive: true });
});

afterAll(async () => {
	await owner.end();
	await browser.close();
	await app.stop();
});

const phone = { viewport: { width: 320, height: 640 } };

/** Chromium remarks on files fetched in the moment in which the page's worker takes over: they are then fetched from it. Nothing is lost. */
const handover = /^A preload for '[^']+' is found, but is not used because it is a cross-world service worker resource mismatch/;

/** Tells a story on a page of its own; console errors, refusals of the content policy and foreign requests spoil it. */
async function open(options: BrowserContextOptions, story: (page: Page, context: BrowserContext) => Promise<void>, forgiven = /^$/): Promise<void> {
	const context = await browser.newContext(options);
	const page = await context.newPage();
	const wrong: string[] = [];
	page.on('console', (message) => {
		if (['error', 'warning'].includes(message.type()) && !forgiven.test(message.text()) && !handover.test(message.text())) wrong.push(message.text());
	});
	page.on('pageerror', (error) => wrong.push(error.message));
	page.on('request', (request) => {
		if (!request.url().startsWith(`${app.base}/`) && !request.url().startsWith('data:')) wrong.push(`foreign request: ${request.url().slice(0, 80)}`);
	});
	try {
		await story(page, context);
		expect(wrong).toEqual([]);
	} finally {
		await context.close();
	}
}

const fillAddress = (locale: string, { token } = round): string => `${app.base}/${locale}/c/${token}`;

/** Moves with the Tab key until what has the focus answers to this name, and then stops. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
	for (let tabs = 0; tabs < 60; tabs += 1) {
		await page.keyboard.press('Tab');
		const here = await page.evaluate(() => {
			const element = document.activeElement;
			if (!(element instanceof HTMLElement)) return '';
			const label = element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.labels?.[0]?.textContent : undefined;
			const named = element instanceof HTMLInputElement && (element.type === 'radio' || element.type === 'checkbox') ? null : element.getAttribute('aria-labelledby');
			const elsewhere = named === null ? undefined : document.getElementById(named)?.textContent;
			return (element.getAttribute('aria-label') ?? elsewhere ?? label ?? element.textContent ?? '').trim();
		});
		if (name.test(here)) return;
	}
	throw new Error(`no way by keyboard to ${name}`);
}

async function expectNoViolations(page: Page): Promise<void> {
	expect(await violations(page)).toEqual([]);
}

const lastAnswers = async (roundId: string) =>
	(await owner.query('select answers from assessment.submission where round_id = $1 order by received_at desc limit 1', [roundId])).rows[0]?.answers;

describe('filling by a link', () => {
	it('goes from consent to sent with the keyboard alone, in Uzbek, on a small phone', async () => {
		await open(phone, async (page) => {
			await page.goto(fillAddress('uz'));
			await page.getByText('Roziligingizni soʻraymiz.').waitFor();
			expect(await page.title()).toBe('Savollar · Hamkor');
			await page.getByRole('button', { name: 'Roziman' }).waitFor();
			await expectNoViolations(page);
			await tabTo(page, /^Roziman/);
			await page.keyboard.press('Enter');
			await page.getByText('Salom').waitFor();
			await tabTo(page, /^Keyingi/);
			await page.keyboard.press('Enter');

			await page.getByLabel('Tuman').waitFor();
			await tabTo(page, /^Keyingi/);
			await page.keyboard.press('Enter');
			await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('errors');
			await expectNoViolations(page);
			await page.keyboard.press('Tab');
			await page.keyboard.press('Enter');
			await page.keyboard.type('Zomin');
			await tabTo(page, /^Yosh/);
			await page.keyboard.type('12x');
			await tabTo(page, /^Ha$/);
			await page.getByText('Butun sonni raqam bilan yozing').first().waitFor();
			await page.keyboard.press('Space');
			await page.getByRole('group', { name: 'Kimdan?' }).waitFor();
			await tabTo(page, /^Ichki ishlar/);
			await page.keyboard.press('Space');
			await page.keyboard.press('Tab');
			await page.keyboard.press('Space');
			await page.getByLabel('Yosh').focus();
			await page.keyboard.press('Control+A');
			await page.keyboard.type('17');
			await page.keyboard.press('Tab');
			await page.getByText('Yosh 18 dan 119 gacha').first().waitFor();
			await page.getByLabel('Yosh').focus();
			await page.keyboard.press('Control+A');
			await page.keyboard.type('31');
			await tabTo(page, /^Keyingi/);
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
			await page.keyboard.press('Enter');

			await page.getByRole('heading', { name: 'Tashrif: 1' }).waitFor();
			await page.getByLabel('Kuni').fill('2026-03-08');
			await page.getByLabel('Necha soat').fill('1,5');
			await tabTo(page, /^Qoʻshish: Tashrif/);
			await page.keyboard.press('Enter');
			await page.getByRole('heading', { name: 'Tashrif: 2' }).waitFor();
			await expectNoViolations(page);
			await tabTo(page, /^Yuborish/);
			await page.keyboard.press('Enter');
			await page.getByText('Javoblaringiz yetib keldi va saqlandi.').waitFor();
			await expectNoViolations(page);
		});
		expect(await lastAnswers(round.roundId)).toMatchObject({
			'/data/you/district': 'Zomin', '/data/you/age': '31', '/data/you/next': '32', '/data/you/help': 'yes',
			'/data/you/whom': 'police ngo', '/data/visit/day': ['2026-03-08', ''], '/data/visit/hours': ['1.5', '']
		});
	});

	it('speaks English, switches to Uzbek, keeps a draft over a reload, and removes an entry after asking', async () => {
		await open({}, async (page) => {
			await page.goto(fillAddress('en'));
			await page.getByRole('button', { name: 'I agree' }).click();
			await page.getByText('Hello').waitFor();
			await page.getByLabel('Language of the questions').selectOption('Oʻzbekcha (uz)');
			await page.getByText('Salom').waitFor();
			await page.getByLabel('Language of the questions').selectOption('English (en)');
			await page.getByRole('button', { name: 'Next' }).click();
			await page.getByLabel('District').fill('Forish');
			await page.getByLabel('Age', { exact: true }).fill('44');
			await page.getByLabel('No', { exact: true }).check();
			expect(await page.getByRole('group', { name: 'Whom?' }).count()).toBe(0);
			await page.getByText(/kept on this device: \d\d:\d\d/).waitFor();
			await page.reload();
			await page.getByText(/kept on this device: \d\d:\d\d/).waitFor();
			expect(await page.getByLabel('Language of the questions').inputValue()).toBe('English (en)');
			expect(await page.getByLabel('District').inputValue()).toBe('Forish');
			expect(await page.getByLabel('Age', { exact: true }).inputValue()).toBe('44');
			expect(await page.getByLabel('No', { exact: true }).isChecked()).toBe(true);
			await page.getByRole('button', { name: 'Next' }).click();
			await page.getByLabel('Hours').fill('2');
			await page.getByRole('button', { name: 'Add: Visit' }).click();
			await page.getByRole('button', { name: 'Remove: 2' }).click();
			await page.getByText('Entry 2 will be gone').waitFor();
			await page.getByRole('alert').getByRole('button', { name: 'Remove', exact: true }).click();
			expect(await page.getByRole('heading', { name: /^Visit: / }).count()).toBe(1);
			await page.getByRole('button', { name: 'Send' }).click();
			await page.getByText('Your answers have arrived and are kept.').waitFor();
			await page.reload();
			await page.getByRole('button', { name: 'I agree' }).waitFor();
		});
		expect(await lastAnswers(round.roundId)).toMatchObject({ '/data/you/district': 'Forish', '/data/visit/hours': ['2'] });
	});

	it('says that it could not send, keeps the answers, and sends them once when the connection is back', async () => {
		await open({}, async (page, context) => {
			await page.goto(fillAddress('en'));
			await page.getByRole('button', { name: 'I agree' }).click();
			await page.getByRole('button', { name: 'Next' }).click();
			await page.getByLabel('District').fill('Offline');
			await page.getByLabel('Age', { exact: true }).fill('50');
			await page.getByLabel('No', { exact: true }).check();
			await page.getByRole('button', { name: 'Next' }).click();
			await context.setOffline(true);
			await page.getByRole('button', { name: 'Send' }).click();
			await page.getByText('Your answers have not arrived yet').waitFor();
			await page.getByText('go out by themselves when there is a connection').waitFor();
			await context.setOffline(false);
			await page.getByText('Your answers have arrived and are kept.').waitFor();
		}, /ERR_INTERNET_DISCONNECTED|Failed to load/);
		const kept = await owner.query("select from assessment.submission where answers ->> '/data/you/district' = 'Offline'");
		expect(kept.rowCount).toBe(1);
	});

	it('takes no for an answer', async () => {
		await open(phone, async (page) => {
			await page.goto(fillAddress('en'));
			await page.getByText('You can say no at any time.').waitFor();
			await page.getByText('Call 1146.').waitFor();
			await page.getByRole('button', { name: 'I do not agree' }).click();
			await page.getByText('It was counted, with nothing about you.').waitFor();
			await expectNoViolations(page);
		});
		const told = await owner.query('select during, person_id, place_id from assessment.refusal where round_id = $1', [round.roundId]);
		expect(told.rows).toEqual([{ during: false, person_id: null, place_id: null }]);
	});

	it('keeps nothing on the device in a sensitive round', async () => {
		await open({}, async (page) => {
			await page.goto(fillAddress('en', sensitive));
			await page.getByRole('button', { name: 'I agree' }).click();
			await page.getByText('nothing is kept on the device').waitFor();
			await page.getByRole('button', { name: 'Next' }).click();
			await page.getByLabel('District').fill('Secret');
			await page.waitForTimeout(1200);
			await page.reload();
			await page.getByRole('button', { name: 'I agree' }).waitFor();
			expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
		});
	});

	it('says what is needed without script, and without WebAssembly', async () => {
		await open({ javaScriptEnabled: false }, async (page) => {
			await page.goto(fillAddress('en'));
			expect(await page.locator('noscript').first().innerText()).toContain('This page needs JavaScript');
			expect(await page.getByText('The questions are opening').isVisible()).toBe(false);
		});
		await open({}, async (page) => {
			await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly'));
			await page.goto(fillAddress('en'));
			await page.getByText('This browser cannot open the questions').waitFor();
		});
	});

	it('allows WebAssembly on this page alone', async () => {
		const policy = async (address: string): Promise<string> => (await fetch(address)).headers.get('content-security-policy') ?? '';
		expect(await policy(fillAddress('en'))).toContain("'wasm-unsafe-eval'");
		expect(await policy(`${app.base}/en`)).not.toContain('wasm');
	});

	it('is 403 with a sentence when the link is none', async () => {
		const answer = await fetch(`${app.base}/en/c/${'x'.repeat(32)}`);
		expect(answer.status).toBe(403);
		expect(await answer.text()).toContain('There is no such link.');
	});

	it.each(locales)('weighs at most 350 kB on the first visit, engine and headers included, in %s', async (locale) => {
		await open(phone, async (page) => {
			const bytes = await weighed(page);
			await page.goto(fillAddress(locale));
			await page.locator('main button.primary').click();
			await page.locator('main form').waitFor();
			await page.waitForLoadState('networkidle');
			expect(bytes()).toBeGreaterThan(100_000);
			expect(bytes(), `${bytes()} bytes`).toBeLessThanOrEqual(budgets.filling);
		});
	});
});
