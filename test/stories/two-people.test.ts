import { createHash, randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runningPostgres } from '#server/postgres.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';

let app: App;
let browser: Browser;
let database: pg.Client;
const programme = randomUUID();
const people = { nodira: randomUUID(), rustam: randomUUID(), admin: randomUUID(), guli: randomUUID() };

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	database = new pg.Client(runningPostgres(path.join(app.folder, 'data')).owner);
	await database.connect();
	await database.query(`insert into network.programme (id, name) values ($1, '{"uz": "Hamkorlik"}')`, [programme]);
	for (const [name, id] of Object.entries(people)) {
		await database.query('insert into network.person (id, display_name) values ($1, $2)', [id, name]);
		await database.query('insert into platform.account (person_id, sign_in_name) values ($1, $2)', [id, name]);
	}
	for (const [id, role] of [[people.nodira, 'coordinator'], [people.rustam, 'coordinator'], [people.admin, 'administrator'], [people.guli, 'collector']]) {
		await database.query('insert into network.role_grant (id, programme_id, person_id, role) values ($1, $2, $3, $4)', [randomUUID(), programme, id, role]);
	}
});

afterAll(async () => {
	await database.end();
	await browser.close();
	await app.stop();
});

/** Does something in a browser of somebody who is signed in and has just proved presence; of nobody's, without a person. */
async function as<T>(person: keyof typeof people | undefined, work: (page: Page) => Promise<T>): Promise<T> {
	const context = await browser.newContext({ viewport: { width: 320, height: 720 }, locale: 'uz', javaScriptEnabled: person !== 'rustam' });
	if (person !== undefined) {
		const token = randomUUID();
		await database.query('insert into platform.session (id, token_hash, person_id, strong_at) values ($1, $2, $3, now())', [randomUUID(), createHash('sha256').update(token).digest(), people[person]]);
		await context.addCookies([{ name: 'hamkor_session', value: token, url: app.base }]);
	}
	try {
		return await work(await context.newPage());
	} finally {
		await context.close();
	}
}

const at = (rest: string): string => `${app.base}/uz/p/${programme}${rest}`;

/** Opens the question behind a button, and answers it. */
async function confirm(page: Page, label: string): Promise<void> {
	await page.locator('main summary', { hasText: label }).click();
	await page.locator('main details[open] form button').click();
}

const roles = async (): Promise<string[]> =>
	(await database.query<{ role: string }>('select role from network.role_grant where person_id = $1 and ended_at is null order by role', [people.guli])).rows.map(({ role }) => role);

describe('a role that opens content, given by an administrator', () => {
	it('opens nothing until a coordinator, who finds it among her work, confirms it', async () => {
		await as('admin', async (page) => {
			await page.goto(at(`/network/people/${people.guli}`));
			await page.locator('[name=role]').selectOption('analyst');
			await page.getByRole('button', { name: 'Yana vazifa berish' }).click();
			await page.getByText('Koordinator tasdigʻini kutayotgan vazifalar').waitFor();
			expect(await page.locator('main summary', { hasText: 'Vazifani tasdiqlash' }).count()).toBe(0);
		});
		expect(await roles()).toEqual(['collector']);
		await as('nodira', async (page) => {
			await page.goto(at(''));
			const card = page.locator('.card', { hasText: 'Tasdigʻingizni kutmoqda' });
			await card.getByRole('link', { name: 'guli' }).click();
			await page.waitForURL(at('/network/people'));
			expect(await violations(page)).toEqual([]);
			await confirm(page, 'Vazifani tasdiqlash');
			await expect.poll(roles).toEqual(['analyst', 'collector']);
			await page.goto(at(''));
			await page.getByRole('heading', { level: 1 }).waitFor();
			expect(await page.getByText('Tasdigʻingizni kutmoqda').count()).toBe(0);
		});
	});
});

describe('who lost password, phone and codes', () => {
	it('comes back into the same account by what two people give: a code and a link, once', async () => {
		const code = await as('nodira', async (page) => {
			await page.goto(at(`/network/people/${people.guli}`));
			await page.getByRole('link', { name: 'Hisobni qaytarish' }).click();
			await confirm(page, 'Qaytarishni soʻrash');
			const shown = await page.locator('main code').textContent();
			expect(await violations(page)).toEqual([]);
			await page.goto(at(''));
			await page.getByRole('heading', { level: 1 }).waitFor();
			expect(await page.getByText('Tasdigʻingizni kutmoqda').count(), 'who asked does not confirm').toBe(0);
			return shown ?? '';
		});
		const link = await as('rustam', async (page) => {
			await page.goto(at(''));
			await page.locator('.card', { hasText: 'Tasdigʻingizni kutmoqda' }).getByRole('link', { name: 'guli' }).click();
			await confirm(page, 'Tasdiqlash va havola olish');
			const [shown] = /http\S+\/recover\/\S+/.exec(await page.locator('main').innerText()) ?? [];
			expect(await page.locator('main').innerText(), 'the second person does not learn the code').not.toContain(code);
			return shown ?? '';
		});
		await as(undefined, async (page) => {
			await page.goto(link);
			expect(await violations(page)).toEqual([]);
			const fill = async (secret: string): Promise<void> => {
				await page.locator('[name=recovery-secret]').fill(secret);
				await page.locator('[name=password]').fill('toʻrt oq ot choʻlda');
				await page.locator('[name=by][value=codes]').check();
				await page.locator('main form button').click();
			};
			await fill('AAAA-AAAA-AAAA');
			await page.getByRole('alert').first().waitFor();
			await fill(code);
			await page.waitForURL(/\/account\/codes/);
			expect(await page.locator('main ol code').count()).toBe(10);
			await page.goto(at(''));
			await page.getByRole('heading', { level: 1 }).waitFor();
			expect((await page.goto(link))?.status()).toBe(410);
		});
		expect(await roles()).toEqual(['analyst', 'collector']);
	});
});
