import type { Locator, Page } from 'playwright-core';

/** Tabs after which there is no way by keyboard. */
const mostTabs = 250;

/** Moves with the Tab key alone until the element has the focus. @throws when it cannot be reached so */
export async function tabTo(page: Page, target: Locator): Promise<void> {
	// Looked up once, and again only where the page has drawn it anew: a page has many stops on the way.
	let wanted = await target.elementHandle();
	for (let tabs = 0; wanted && tabs < mostTabs; tabs++) {
		const [there, focused] = await wanted.evaluate((element) => [element.isConnected, element === document.activeElement]);
		if (focused) return;
		if (there) await page.keyboard.press('Tab');
		else wanted = await target.elementHandle();
	}
	throw new Error(`no way by keyboard to ${target.toString()} on ${page.url()}`);
}

/** What is written into a form: text, a choice by its value, ticks by their values, a file. */
export type Entry = string | { choose: string } | { tick: readonly string[] } | { file: string };

/** Fills fields by their names, with the keyboard alone; a file is the one thing that no keyboard can name. */
export async function fillByKeyboard(page: Page, entries: Readonly<Record<string, Entry>>, within: Locator = page.locator('main')): Promise<void> {
	for (const [name, entry] of Object.entries(entries)) {
		if (typeof entry === 'string') {
			const field = within.locator(`[name="${name}"]`).first();
			if (!(await field.isVisible())) await unfold(page, within.locator('details', { has: page.locator(`[name="${name}"]`) }).first().locator('summary').first());
			await tabTo(page, field);
			if ((await field.getAttribute('type')) === 'date') await field.fill(entry); // its parts follow the browser's own language
			else {
				await page.keyboard.press('Control+A');
				await page.keyboard.insertText(entry);
			}
		} else if ('choose' in entry) await choose(page, within, name, entry.choose);
		else if ('tick' in entry) {
			for (const value of entry.tick) {
				const box = within.locator(`[name="${name}"][value="${value}"]`).first();
				await tabTo(page, box);
				if (!(await box.isChecked())) await page.keyboard.press('Space');
			}
		} else {
			const field = within.locator(`[name="${name}"]`).first();
			await tabTo(page, field);
			await field.setInputFiles(entry.file);
		}
	}
}

/** A select by arrow keys; radio buttons by arrow keys too. */
async function choose(page: Page, within: Locator, name: string, value: string): Promise<void> {
	const select = within.locator(`select[name="${name}"]:visible`);
	if ((await select.count()) > 0) {
		await tabTo(page, select.first());
		const options = await select.first().locator('option').count();
		await page.keyboard.press('Home');
		for (let n = 0; n < options && (await select.first().inputValue()) !== value; n++) await page.keyboard.press('ArrowDown');
		return;
	}
	const radios = within.locator(`input[type=radio][name="${name}"]:visible`);
	const wanted = within.locator(`input[type=radio][name="${name}"][value="${value}"]`).first();
	const checked = within.locator(`input[type=radio][name="${name}"]:checked`);
	await tabTo(page, (await checked.count()) > 0 ? checked.first() : radios.first());
	await page.keyboard.press('Space');
	for (let n = 0; n < (await radios.count()) && !(await wanted.isChecked()); n++) await page.keyboard.press('ArrowDown');
}

/** Reaches a link or button by the Tab key, presses Enter, and waits for the next page. */
export async function pressToGo(page: Page, target: Locator): Promise<void> {
	await tabTo(page, target);
	await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
}

/** Opens what is folded away, with the keyboard. */
export async function unfold(page: Page, summary: Locator): Promise<void> {
	await tabTo(page, summary);
	if (!(await summary.evaluate((element) => element.parentElement?.hasAttribute('open') ?? false))) await page.keyboard.press('Enter');
}
