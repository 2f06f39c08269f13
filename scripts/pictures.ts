/**
 * Makes the pictures of the documentation: starts the real program on a scratch data folder, lets it lay out the demonstration,
 * signs in by the code from the terminal, and photographs the main pages in three languages, at a desk and on a phone.
 *
 *   node scripts/pictures.ts [part of a name…]
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { runningPostgres } from '#server/postgres.ts';
import { startApp, type App } from '../test/app.ts';
import { launchBrowser } from '../test/browser.ts';
import { layListAndDraft } from './picture-scene.ts';

const target = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const languages = ['en', 'ru', 'uz'] as const;
const sizes = {
	desktop: { viewport: { width: 1200, height: 860 }, deviceScaleFactor: 1 },
	phone: { viewport: { width: 360, height: 720 }, deviceScaleFactor: 2 }
} as const;

/** The pages, by the name of their picture. `open`: seen without signing in. */
type Sight = { readonly path: string; readonly open?: true; readonly scroll?: string; readonly wait?: string };

/** Records of the demonstration that are worth looking at: the gap whose thread reaches furthest, and what stands beside it. */
async function sights(database: pg.Client, programmeId: string): Promise<Record<string, Sight>> {
	const one = async (text: string): Promise<string> => {
		const { rows } = await database.query<{ it: string }>(text, [programmeId]);
		const [row] = rows;
		if (!row) throw new Error(`the demonstration has nothing for: ${text}`);
		return row.it;
	};
	const gap = await one(`select g.id as it from gaps.gap g
		left join policy.recommendation_gap rg on rg.gap_id = g.id
		left join policy.commitment c on c.recommendation_id = rg.recommendation_id
		left join policy.change ch on ch.commitment_id = c.id and ch.state = 'stands'
		where g.programme_id = $1 and g.state = 'open' order by ch.id is null, c.id is null, g.number limit 1`);
	const figure = await one(`select f.id as it from assessment.figure f join assessment.finding_figure c on c.figure_id = f.id
		where f.programme_id = $1 order by f.split is null, f.number limit 1`);
	const round = await one(`select id as it from assessment.round where programme_id = $1 order by state = 'open' desc, number limit 1`);
	const finding = await one(`select f.id as it from assessment.finding f join assessment.finding_figure c on c.finding_id = f.id
		where f.programme_id = $1 and f.state = 'stands' order by f.number limit 1`);
	const slug = await one(`select slug as it from policy.briefing where programme_id = $1 and state = 'published' order by published_at limit 1`);
	const scored = await one(`select id as it from assessment.service_assessment where programme_id = $1 and state = 'signed' order by round_id desc, id limit 1`);
	const interview = await one(`select id as it from assessment.interview where programme_id = $1 order by number limit 1`);
	const session = await one(`select id as it from gaps.session where programme_id = $1 order by id limit 1`);
	const { list, draft } = await layListAndDraft(database, programmeId);
	const home = `/p/${programmeId}`;
	return {
		work: { path: home },
		cockpit: { path: `${home}/cockpit` },
		round: { path: `${home}/assessment/rounds/${round}` },
		figure: { path: `${home}/assessment/figures/${figure}` },
		finding: { path: `${home}/assessment/findings/${finding}` },
		gap: { path: `${home}/gaps/${gap}` },
		thread: { path: `${home}/thread/gap/${gap}` },
		progress: { path: `${home}/assessment/rounds/${round}/progress` },
		quality: { path: `${home}/assessment/rounds/${round}/quality` },
		exports: { path: `${home}/assessment/rounds/${round}/exports` },
		score: { path: `${home}/assessment/scoring/${scored}` },
		settle: { path: `${home}/assessment/scoring/${scored}/compare` },
		withdraw: { path: `${home}/assessment/figures/${figure}/withdraw` },
		interview: { path: `${home}/assessment/interviews/${interview}/compare` },
		agreement: { path: `${home}/assessment/interviews/agreement` },
		register: { path: `${home}/gaps` },
		session: { path: `${home}/gaps/sessions/${session}` },
		ledger: { path: `${home}/briefings/ledger` },
		files: { path: `${home}/assessment/instruments/drafts/${draft}/files` },
		list: { path: `${home}/assessment/lists/${list}` },
		fill: { path: `${home}/assessment/rounds/${round}/fill`, wait: 'main button' },
		briefing: { path: `/b/${slug}`, open: true }
	};
}

/** Waits until the worker has laid out the demonstration. */
async function programmeWhenReady(database: pg.Client): Promise<string> {
	const until = Date.now() + 300_000;
	for (;;) {
		const { rows } = await database.query<{ id: string }>(
			`select p.id from network.programme p where p.demonstration and exists (select from policy.briefing b where b.programme_id = p.id and b.state = 'published')
				and not exists (select from graphile_worker.jobs where task_identifier = 'make-demonstration')`
		);
		const [row] = rows;
		if (row) return row.id;
		if (Date.now() > until) throw new Error('the demonstration did not get ready');
		await new Promise((resolve) => setTimeout(resolve, 1000));
	}
}

/** The first run, in the browser as anybody would do it. */
async function firstRun(browser: Browser, app: App): Promise<void> {
	const page = await browser.newPage({ locale: 'en-GB' });
	await page.goto(`${app.base}/en/first-run`);
	await page.locator('[name=code]').fill(app.firstRunCode() ?? '');
	await page.locator('[name=name]').fill('Administrator');
	await page.locator('[name=signInName]').fill('administrator');
	await page.locator('[name=password]').fill('a phrase for pictures only');
	await page.locator('[name=begin][value=demonstration]').check();
	await page.locator('main form button').last().click();
	await page.waitForURL(/account\/codes/);
	await page.close();
}

/** Signs in as the made-up analyst, who is named in the rounds and so sees what the guide tells of. */
async function signIn(page: Page, app: App, language: string): Promise<void> {
	const code = /sign-in code: ([A-Z0-9-]+)/.exec(app.said())?.[1] ?? '';
	await page.goto(`${app.base}/${language}/demo-sign-in`);
	if (await page.locator('[name=code]').isVisible()) {
		await page.locator('[name=code]').fill(code);
		await page.locator('main form button').last().click();
	}
	await page.locator('main').getByRole('button', { name: /^(Demonstration: analyst|Namoyish: tahlilchi|Демонстрация: аналитик)$/ }).click();
	await page.waitForURL(/\/p\//);
}

async function photograph(page: Page, app: App, language: string, name: string, sight: Sight, size: string): Promise<void> {
	await page.goto(`${app.base}/${language}${sight.path}`, { waitUntil: 'networkidle' });
	if (sight.wait !== undefined) await page.locator(sight.wait).first().waitFor();
	const picture = await page.screenshot({ animations: 'disabled' });
	const file = path.join(target, `${name}-${language}-${size}.png`);
	await sharp(picture).png({ palette: true, colours: 32, dither: 0, effort: 10, compressionLevel: 9 }).toFile(file);
	process.stdout.write(`${path.basename(file)}\n`);
}

async function main(parts: readonly string[]): Promise<void> {
	mkdirSync(target, { recursive: true });
	const [app, browser] = await Promise.all([startApp(), launchBrowser()]);
	const database = new pg.Client(runningPostgres(path.join(app.folder, 'data')).owner);
	try {
		await database.connect();
		await firstRun(browser, app);
		const all = Object.entries(await sights(database, await programmeWhenReady(database)));
		for (const [size, screen] of Object.entries(sizes)) {
			for (const language of languages) {
				const wanted = all.filter(([name]) => parts.length === 0 || parts.some((part) => `${name}-${language}-${size}`.includes(part)));
				if (wanted.length === 0) continue;
				const context = await browser.newContext({ ...screen, locale: language, timezoneId: 'Asia/Tashkent', colorScheme: 'light' });
				const page = await context.newPage();
				await signIn(page, app, language);
				for (const [name, sight] of wanted) await photograph(page, app, language, name, sight, size);
				await context.close();
			}
		}
	} finally {
		await database.end().catch(() => {});
		await browser.close();
		await app.stop();
	}
}

await main(process.argv.slice(2));
