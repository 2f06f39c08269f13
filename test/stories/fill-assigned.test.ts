import path from 'node:path';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { layOutRound, type LaidOut } from '../../bench/round.ts';
import { runningPostgres } from '#server/postgres.ts';
import { startApp, type App } from '../app.ts';
import { launchBrowser } from '../browser.ts';
import { layLine, type Line } from '../line.ts';
import { ownerOf, signedInAs } from '../scene.ts';

const form = `
| survey   |
|          | type | name | label |
|          | text | word | Word  |
| settings |
|          | form_id | form_title | version |
|          | field   | Field form | 1       |
`;

let app: App;
let browser: Browser;
let owner: pg.Pool;
let line: Line;
let round: LaidOut;

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	owner = new pg.Pool({ ...runningPostgres(path.join(app.folder, 'data')).owner, max: 2 });
	round = await layOutRound(owner, { form });
	line = await layLine(app.base);
});

afterAll(async () => {
	await line.close();
	await owner.end();
	await browser.close();
	await app.stop();
});

/** A collector of the round's programme, signed in. */
async function scene(): Promise<{ token: string; personId: string }> {
	const client = await ownerOf(app);
	try {
		return await signedInAs(client, round.programmeId, 'collector');
	} finally {
		await client.end();
	}
}

it('brings the forms of her open rounds onto the phone of who is signed in, and sends what she fills in there in her name', async () => {
	const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
	const { token, personId } = await scene();
	await context.addCookies([{ name: 'hamkor_session', value: token, url: line.base }]);
	const page = await context.newPage();
	await page.goto(`${line.base}/en/c/device`);
	await page.getByText('Forms brought onto this device for you: 1').waitFor();
	const scope = `/en/p/${round.programmeId}/assessment/rounds/${round.roundId}/fill`;
	const workers = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope: each, active }) => `${new URL(each).pathname} ${active?.state}`));
	await expect.poll(workers, { timeout: 60_000 }).toContain(`${scope} activated`);
	const kept = await page.evaluate(async () => {
		const [name = ''] = await caches.keys();
		return (await (await caches.open(name)).match('/en/c/device'))?.text();
	});
	expect(kept).toContain('On this device');
	expect(kept).not.toContain('Sinov');

	line.cut();
	await page.goto(`${line.base}${scope}`);
	await page.getByRole('button', { name: 'I agree' }).click();
	await page.getByLabel('Word').fill('Assigned');
	await page.getByText('If it becomes hard').click();
	await page.getByText('If it becomes hard').click();
	await page.getByRole('button', { name: 'Send' }).click();
	await page.getByText('Your answers have not arrived yet').waitFor();

	// Signed out meanwhile: the answers wait, and say what is needed.
	await owner.query('update platform.session set ended_at = now()');
	line.mend();
	await page.getByRole('button', { name: 'Send again' }).press('Enter');
	await page.getByText('Sign in again').waitFor();
	expect(await page.evaluate('document.activeElement.innerText'), 'the place of the keyboard').toBe('Send again');
	await owner.query('update platform.session set ended_at = null');
	await page.goto(`${line.base}/en/c/device`);
	await page.getByText('Nothing waits').waitFor();
	const { rows } = await owner.query("select person_id, token_id from assessment.submission where answers ->> '/data/word' = 'Assigned'");
	expect(rows).toEqual([{ person_id: personId, token_id: null }]);
	await context.close();
});
