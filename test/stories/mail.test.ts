import type { Browser, Page } from 'playwright-core';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#platform/ids.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';
import { ownerOf, signedInAs } from '../scene.ts';
import { openPostbox, type Postbox } from '../smtp.ts';

let app: App;
let browser: Browser;
let owner: pg.Client;
let postbox: Postbox;
const programme = newId();
beforeAll(async () => {
	postbox = await openPostbox();
	[app, browser] = await Promise.all([startApp({ env: { SMTP_URL: postbox.url, MAIL_FROM: 'hamkor@example.org' } }), launchBrowser()]);
	owner = await ownerOf(app);
	await owner.query(`insert into network.programme (id, name) values ($1, '{"uz": "Hamkorlik"}')`, [programme]);
});
afterAll(async () => {
	await owner.end();
	await browser.close();
	await app.stop();
	await postbox.close();
});

async function pageOf(token: string): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 320, height: 720 } });
	await context.addCookies([{ name: 'hamkor_session', value: token, url: app.base }]);
	return context.newPage();
}
const lettersTo = (address: string): string[] => postbox.letters.filter(({ to }) => to === address).map(({ text }) => text);

describe('messages by e-mail', () => {
	it('go where a coordinator has shown that she reads, say that something waits and never what, and end when she wishes', async () => {
		const coordinator = await signedInAs(owner, programme, 'coordinator');
		const administrator = await signedInAs(owner, programme, 'administrator');
		const colleague = await signedInAs(owner, programme, 'collector');
		const page = await pageOf(coordinator.token);
		const setUp = async (address: string): Promise<void> => {
			await page.goto(`${app.base}/uz/account`);
			await page.getByLabel('Pochta manzili').fill(address);
			await page.getByRole('button', { name: 'Kod yuborish' }).click();
			await page.getByText(`${address} manziliga kod yuborildi`).waitFor();
		};
		const proposeRole = async (role: string): Promise<void> => {
			const other = await pageOf(administrator.token);
			await other.goto(`${app.base}/uz/p/${programme}/network/people/${colleague.personId}`);
			await other.locator('[name=role]').selectOption(role);
			await other.getByRole('button', { name: 'Yana vazifa berish' }).click();
			await other.getByText('Koordinator tasdigʻini kutayotgan vazifalar').waitFor();
			await other.context().close();
		};

		await setUp('nodira@example.org');
		expect(await violations(page)).toEqual([]);
		await expect.poll(() => lettersTo('nodira@example.org').length, { timeout: 30_000 }).toBe(1);
		// Nothing else goes there before she has shown that she reads it.
		await proposeRole('analyst');
		await expect.poll(async () => (await owner.query(`select from platform.mail where state = 'outbox'`)).rowCount, { timeout: 30_000 }).toBe(1);
		expect(lettersTo('nodira@example.org')).toHaveLength(1);

		const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(lettersTo('nodira@example.org')[0] ?? '')?.[0] ?? '';
		await page.getByLabel('Xabardagi kod').fill(code.startsWith('A') ? 'BBBB-BBBB' : 'AAAA-AAAA');
		await page.getByRole('button', { name: 'Manzilni tasdiqlash' }).click();
		await page.getByText('Bu boshqa kod').first().waitFor();
		// Said where the code is asked for, and nowhere else.
		expect(await page.getByText('Bu boshqa kod').count()).toBe(2);
		await page.getByLabel('Xabardagi kod').fill(code.toLowerCase());
		await page.getByRole('button', { name: 'Manzilni tasdiqlash' }).click();
		await page.getByText('Xabarlar nodira@example.org manziliga yuboriladi').waitFor();

		await proposeRole('reviewer');
		await expect.poll(() => lettersTo('nodira@example.org').length, { timeout: 30_000 }).toBe(2);
		const [, told = ''] = lettersTo('nodira@example.org');
		expect(told).toContain('Dasturdagi bir vazifa koordinator tasdigʻini kutmoqda');
		expect(told).not.toMatch(/Sinov|Hamkorlik|reviewer|tekshiruvchi/i);
		// On her own page stand both messages, and no code.
		await page.goto(`${app.base}/uz/account`);
		const messages = page.locator('.card', { hasText: 'Xabarlarim' });
		expect(await messages.locator('details').count()).toBe(2);
		expect(await messages.textContent()).not.toContain(code);

		await page.locator('main summary', { hasText: 'Pochtaga yubormaslik' }).click();
		await page.locator('main details[open] form button').click();
		await page.getByLabel('Pochta manzili').waitFor();
		await proposeRole('member');
		await expect.poll(async () => (await owner.query(`select from platform.mail where state = 'outbox'`)).rowCount, { timeout: 30_000 }).toBe(2);
		expect(lettersTo('nodira@example.org')).toHaveLength(2);
		const { rows } = await owner.query<{ verb: string }>(`select verb from platform.journal where verb like 'mail-address.%' order by seq`);
		expect(rows.map(({ verb }) => verb)).toEqual(['mail-address.ask', 'mail-address.confirm', 'mail-address.forget']);
		await page.context().close();
	});
});
