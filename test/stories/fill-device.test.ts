import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startOnProfile } from '../browser.ts';
import { addressOf, answer, app, arrived, browser, button, expectNoViolations, line, onPhone, passphrase, protect, sensitive, visit, usePhones } from './phones.ts';

usePhones();

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
