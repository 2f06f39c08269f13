import path from 'node:path';
import pg from 'pg';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { layOutRound, type LaidOut } from '../../bench/round.ts';
import { runningPostgres } from '#server/postgres.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';
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
export const passphrase = 'togʻ bulogʻi sovuq';

export let app: App;
export let browser: Browser;
export let owner: pg.Pool;
/** What lies between the phones and the program; it can be cut. */
export let line: Line;
export let round: LaidOut;
/** A round of which nothing is kept on a device unless it is locked. */
export let sensitive: LaidOut;

/** Gives the tests of a file a program with two rounds, and phones to fill them in on. Call once at the top of the file. */
export function usePhones(): void {
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
}

export const addressOf = (locale: string, { token } = round): string => `${line.base}/${locale}/c/${token}`;
export const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name });

/** Tells a story on a phone of its own; errors of the content policy spoil it. A cut line is mended afterwards. */
export async function onPhone(story: (page: Page, context: BrowserContext) => Promise<void>): Promise<void> {
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
export async function visit(page: Page, address: string): Promise<void> {
	await page.goto(address);
	await page.getByText('opens without a connection').waitFor();
}

export async function answer(page: Page, district: string): Promise<void> {
	await button(page, 'I agree').click();
	await page.getByLabel('District').fill(district);
	await page.getByLabel('Yes', { exact: true }).check();
}

/** How many answers from a district have arrived. */
export const arrived = async (district: string): Promise<number> =>
	(await owner.query("select from assessment.submission where answers ->> '/data/you/district' = $1", [district])).rowCount ?? 0;

export async function expectNoViolations(page: Page): Promise<void> {
	expect(await violations(page)).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
}

/** Locks what is kept on this phone, from the page that lists it. */
export async function protect(page: Page): Promise<void> {
	await button(page, 'Lock with a passphrase').first().click();
	await page.getByLabel('New passphrase').fill(passphrase);
	await page.getByLabel('The passphrase once more').fill(passphrase);
	await page.getByRole('region', { name: 'Lock with a passphrase' }).getByRole('button', { name: 'Lock with a passphrase' }).click();
	await page.getByText('Only your passphrase or passkey opens them').waitFor();
}
