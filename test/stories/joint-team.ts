import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { madeUp } from '../../demo/made-up.ts';
import { idOf } from '../../demo/parts/stage.ts';
import type { App } from '../app.ts';
import { violations } from '../axe.ts';
import { demonstrationIn, ownerOf, signedInAs } from '../scene.ts';

export type Fields = Readonly<Record<string, string | readonly string[]>>;
type Texts = { readonly uz: string; readonly ru: string; readonly en: string };

/** Somebody of the demonstration's cast at work: in a browser, or sending the same forms by hand. */
export class Member {
	readonly page: Page;
	readonly programme: string;
	readonly #base: string;
	readonly #context: BrowserContext;

	constructor(base: string, programme: string, context: BrowserContext, page: Page) {
		[this.#base, this.programme, this.#context, this.page] = [base, programme, context, page];
	}

	at = (rest: string, locale = 'en'): string => `${this.#base}/${locale}/p/${this.programme}${rest}`;
	id = (kind: string, key: string): string => idOf(this.programme, kind, key);
	main = (): Promise<string> => this.page.locator('main').innerText();

	async go(rest: string): Promise<void> {
		const answer = await this.page.goto(this.at(rest));
		expect(answer?.status(), rest).toBe(200);
	}

	/** The last id in the address of the page. */
	here = (): string => new URL(this.page.url()).pathname.split('/').at(-1) ?? '';

	press = (name: string | RegExp): Promise<void> => this.page.locator('main').getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).first().click();

	/** Unfolds what asks to be sure, and is. */
	async confirm(label: string): Promise<void> {
		await this.page.locator('summary', { hasText: label }).click();
		await this.press('Yes, continue');
	}

	/** A text in the three languages of the report. */
	async say(name: string, texts: Texts, within: Locator = this.page.locator('main')): Promise<void> {
		for (const [locale, text] of Object.entries(texts)) {
			const field = within.locator(`[name="${name}.${locale}"]`);
			if (!(await field.isVisible())) await within.locator('details:not([open])', { has: this.page.locator(`[name="${name}.${locale}"]`) }).last().locator('summary').first().click();
			await field.fill(text);
		}
	}

	/** Sends a form of a page as a browser without script would. @returns where it leads */
	async send(rest: string, fields: Fields): Promise<string> {
		const body = new URLSearchParams(Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : value.map((each) => [name, each]))));
		const cookies = await this.#context.cookies(this.#base);
		const response = await fetch(this.at(rest), {
			method: 'POST', body, redirect: 'manual',
			headers: { origin: this.#base, accept: 'text/html', cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }
		});
		expect([rest, response.status, response.status === 303 ? '' : (await response.text()).match(/id="errors"[\s\S]{0,600}/)?.[0]]).toEqual([rest, 303, '']);
		return response.headers.get('location') ?? '';
	}

	/** A page as it comes, with this person's rights. */
	async read(rest: string): Promise<{ status: number; text: string }> {
		const answer = await this.#context.request.get(this.at(rest));
		return { status: answer.status(), text: await answer.text() };
	}

	leave = (): Promise<void> => this.#context.close();
}

/** The cast, each in a browser of their own, opened when they are first called. */
export class Team {
	readonly app: App;
	readonly #browser: Browser;
	readonly #members = new Map<string, Promise<Member>>();
	/** What pages complained of. */
	readonly wrong: string[] = [];
	programme = '';

	constructor(app: App, browser: Browser) {
		[this.app, this.#browser] = [app, browser];
	}

	/** Finds the demonstration that was laid out, in an installation that somebody administers. */
	async begin(): Promise<void> {
		const owner = await ownerOf(this.app);
		this.programme = await demonstrationIn(owner);
		await signedInAs(owner, this.programme, 'administrator');
		await owner.end();
	}

	/** Somebody without an account. */
	async stranger(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
		const context = await this.#browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
		const page = await context.newPage();
		page.on('console', (message) => void (message.type() === 'error' && !/status of 4\d\d/.test(message.text()) && this.wrong.push(`${page.url()}: ${message.text()}`)));
		page.on('pageerror', (error) => void this.wrong.push(`${page.url()}: ${error.message}`));
		return page;
	}

	/** An account of the cast, by its key; signed in when first asked for. */
	as(key: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Member> {
		const there = this.#members.get(key) ?? this.#enter(key, options);
		this.#members.set(key, there);
		return there;
	}

	async #enter(key: string, options: Parameters<Browser['newContext']>[0]): Promise<Member> {
		const page = await this.stranger(options);
		const name = madeUp.accounts.find((account) => account.key === key)?.name.en ?? '';
		await page.goto(`${this.app.base}/en/demo-sign-in`);
		await page.locator('[name=code]').fill(this.app.demoCode() ?? '');
		await page.locator('main form button').click();
		await page.getByRole('button', { name, exact: true }).click();
		await page.waitForURL(/\/p\//);
		return new Member(this.app.base, this.programme, page.context(), page);
	}
}

/** A page is in order for a screen reader. */
export async function clean(page: Page): Promise<void> {
	expect(await violations(page)).toEqual([]);
}
