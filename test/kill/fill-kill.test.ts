import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { layOutRound, type LaidOut } from '../../bench/round.ts';
import { runningPostgres } from '#server/postgres.ts';
import { startApp, type App } from '../app.ts';
import { startOnProfile, type BrowserProcess } from '../browser.ts';
import { deep } from '../deep.ts';
import { layLine, type Line } from '../line.ts';

/** How often the browser is killed. */
const kills = deep ? 200 : 5;
/** A kill comes at a moment within so many milliseconds after the page was asked for. */
const latest = 4000;
const form = `
| survey   |
|          | type | name | label |
|          | text | word | Word  |
|          | text | more | More  |
| settings |
|          | form_id | form_title | version |
|          | phone   | Phone      | 1       |
`;

let app: App;
let owner: pg.Pool;
let round: LaidOut;
let line: Line;
const profile = mkdtempSync(path.join(os.tmpdir(), 'hamkor-phone-'));

beforeAll(async () => {
	app = await startApp();
	owner = new pg.Pool({ ...runningPostgres(path.join(app.folder, 'data')).owner, max: 2 });
	round = await layOutRound(owner, { form });
	line = await layLine(app.base);
});

afterAll(async () => {
	await line.close();
	await owner.end();
	await app.stop();
	rmSync(profile, { recursive: true, force: true });
});

/** What the screen said about one interview: how far it is kept as a draft, or kept to be sent. Each writes its number into its word. */
type Said = { kept: number; out: boolean };

const heardSchema = z.object({ says: z.enum(['kept', 'out']), word: z.string() });

/**
 * Reads the screen as a person would, inside the page: whenever what it says changes, the word in the field and whether the page
 * says that it is kept. Reported from the page itself, so that nothing is reported that did not stand there.
 */
function watchScreen(): void {
	let before = '';
	let word = '';
	const look = (): void => {
		const field = document.querySelector<HTMLInputElement>('main form input[type=text]');
		if (field?.value) word = field.value;
		const text = document.querySelector('main')?.textContent ?? '';
		const says = /They are kept on this device|have arrived and are kept/.test(text) ? 'out' : /Your answers are kept on this device: /.test(text) ? 'kept' : '';
		const now = `${says} ${word}`;
		if (says !== '' && word !== '' && now !== before) console.warn(`heard ${JSON.stringify({ says, word })}`);
		before = now;
	};
	new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}

const numbers = (word: string): { interview: number; step: number } => {
	const [, interview, step] = /^i(\d+)n(\d+)$/.exec(word) ?? [];
	return { interview: Number(interview), step: Number(step) };
};

class Trial {
	readonly said = new Map<number, Said>();
	/** What was found wrong. */
	readonly lost: string[] = [];
	#interview = 0;
	drafts = 0;

	heard(text: string): void {
		const { says, word } = heardSchema.parse(JSON.parse(text));
		const { interview, step } = numbers(word);
		const known = this.said.get(interview) ?? { kept: 0, out: false };
		this.said.set(interview, { kept: Math.max(known.kept, step), out: known.out || says === 'out' });
	}

	/** Opens the page as somebody who comes back to it, and goes on until the browser is killed. */
	async go(page: Page): Promise<void> {
		page.on('console', (message) => {
			if (message.text().startsWith('heard ')) this.heard(message.text().slice(6));
		});
		await page.addInitScript(watchScreen);
		await page.goto(`${line.base}/en/c/${round.token}`);
		for (;;) await this.#step(page);
	}

	async #step(page: Page): Promise<void> {
		const button = (name: string) => page.getByRole('button', { name });
		const found = await Promise.any([
			button('I agree').waitFor().then(() => 'consent' as const),
			button('Continue').first().waitFor().then(() => 'choose' as const),
			page.getByLabel('Word').waitFor().then(() => 'filling' as const),
			button('Fill in another').waitFor().then(() => 'onward' as const)
		]);
		if (found === 'consent') await button('I agree').click();
		else if (found === 'choose') await button('Continue').first().click();
		else if (found === 'onward') await button('Fill in another').click();
		else await this.#fill(page);
	}

	async #fill(page: Page): Promise<void> {
		const word = page.getByLabel('Word');
		const there = numbers(await word.inputValue());
		const interview = Number.isNaN(there.interview) ? ++this.#interview : there.interview;
		if (!Number.isNaN(there.interview)) {
			this.drafts += 1;
			this.#demand(interview, there.step);
		}
		let step = Number.isNaN(there.step) ? 0 : there.step;
		for (let times = 2 + Math.floor(Math.random() * 12); times > 0; times -= 1) {
			await word.fill(`i${interview}n${(step += 1)}`);
			// Now and then there is time enough to keep it.
			await page.waitForTimeout(Math.random() < 0.4 ? 700 : Math.random() * 80);
		}
		await page.getByRole('button', { name: 'Send' }).click();
		// The form is closed to a person from here on; a test could still write into it.
		await word.waitFor({ state: 'detached' });
	}

	#demand(interview: number, step: number): void {
		const said = this.said.get(interview);
		if (said && step < said.kept) this.lost.push(`interview ${interview}: the screen had said that step ${said.kept} is kept, and ${step} was there`);
	}

	/** What must have arrived in the end: everything that was out, and every draft that is not on the phone any more. */
	async check(remaining: ReadonlyMap<number, number>): Promise<void> {
		const { rows } = await owner.query<{ word: string; times: string }>("select answers ->> '/data/word' as word, count(*) as times from assessment.submission where round_id = $1 group by 1", [round.roundId]);
		const arrived = new Map<number, number>();
		for (const { word, times } of rows) {
			const { interview, step } = numbers(word);
			if (Number(times) !== 1 || arrived.has(interview)) this.lost.push(`interview ${interview} arrived twice`);
			arrived.set(interview, step);
		}
		for (const [interview, { kept, out }] of this.said) {
			const at = arrived.get(interview) ?? (out ? undefined : remaining.get(interview));
			if (at === undefined) this.lost.push(`interview ${interview} (${out ? 'kept to be sent' : `kept up to ${kept}`}) is gone`);
			else if (at < kept) this.lost.push(`interview ${interview}: ${kept} was kept, ${at} is there`);
		}
	}
}

/** Drafts that are left, read from the pages as a person would. */
async function remainingDrafts(browser: BrowserProcess['browser']): Promise<Map<number, number>> {
	const left = new Map<number, number>();
	const page = await browser.contexts()[0]?.newPage();
	if (!page) throw new Error('no page');
	await page.goto(`${line.base}/en/c/device`);
	await page.getByText('Nothing waits').waitFor();
	await page.goto(`${line.base}/en/c/${round.token}`);
	await page.getByRole('button', { name: /Continue|I agree/ }).first().waitFor();
	const drafts = await page.getByRole('button', { name: 'Continue' }).count();
	for (let index = 0; index < drafts; index += 1) {
		const each = await browser.contexts()[0]?.newPage();
		await each?.goto(`${line.base}/en/c/${round.token}`);
		await each?.getByRole('button', { name: 'Continue' }).nth(index).click();
		const { interview, step } = numbers((await each?.getByLabel('Word').inputValue()) ?? '');
		left.set(interview, step);
		await each?.close();
	}
	return left;
}

it(`loses nothing that the screen said was kept, when the browser is killed ${kills} times at any moment`, { timeout: kills * 30_000 }, async () => {
	const trial = new Trial();
	for (let kill = 0; kill < kills; kill += 1) {
		// Every other time there is no connection; the first time there is, or no form would come.
		if (kill > 0 && Math.random() < 0.5) line.cut();
		else line.mend();
		const phone = await startOnProfile(profile);
		const page = await phone.browser.contexts()[0]?.newPage();
		if (!page) throw new Error('no page');
		const using = trial.go(page).catch(() => undefined);
		if (kill === 0) await page.getByText('opens without a connection').waitFor();
		await new Promise((resolve) => setTimeout(resolve, Math.random() * latest));
		await phone.kill();
		await using;
	}
	line.mend();
	const phone = await startOnProfile(profile);
	await trial.check(await remainingDrafts(phone.browser));
	await phone.kill();
	process.stderr.write(`${trial.said.size} interviews, ${[...trial.said.values()].filter(({ out }) => out).length} of them out, ${trial.drafts} drafts taken up again\n`);
	expect(trial.said.size).toBeGreaterThan(0);
	expect(trial.lost).toEqual([]);
});
