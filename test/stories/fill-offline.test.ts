import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { addressOf, answer, app, arrived, button, expectNoViolations, line, onPhone, owner, round, visit, usePhones } from './phones.ts';

usePhones();

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
