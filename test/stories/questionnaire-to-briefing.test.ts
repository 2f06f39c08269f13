import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomFrom } from '../../demo/answers/random.ts';
import { fillIn } from '../../demo/answers/respondent.ts';
import { submissionXml } from '../../demo/answers/submission.ts';
import { newId } from '#platform/ids.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';
import { fillByKeyboard, pressToGo, unfold, type Entry } from '../keyboard.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const shared = [path.resolve(root, '../shared'), process.env['HAMKOR_SHARED'] ?? ''].find((folder) => folder !== '' && existsSync(folder));
const conformance = shared && path.join(shared, 'conformance/xlsform/files/yes_or_no_question.xlsx');

/** A story's own means: which questionnaire, in which language, and how answers to it look on the wire. */
type Sitting = { locale: 'uz' | 'en'; file: string; question: string; answer: (i: number, version: string) => string };

const answerYesNo = (i: number, version: string): string =>
	`<?xml version="1.0"?><data id="yes_or_no_question" version="${version}"><good_day>${i % 2 === 0 ? 'yes' : 'no'}</good_day><meta><instanceID>uuid:${newId()}</instanceID></meta></data>`;
const answerBaseline = (i: number): string =>
	submissionXml(fillIn(randomFrom(`story ${i}`), { round: 'baseline', region: 'UZ-JI', day: '2026-05-04' }), `uuid:${newId()}`);

let browser: Browser;
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

class Officer {
	readonly app: App;
	readonly page: Page;
	readonly locale: string;
	codes: string[] = [];
	programme = '';

	constructor(app: App, page: Page, locale: string) {
		this.app = app;
		this.page = page;
		this.locale = locale;
	}

	at = (rest: string): string => `${this.app.base}/${this.locale}/p/${this.programme}${rest}`;
	go = (rest: string) => this.page.goto(this.at(rest));
	id = (): string => /\/([0-9a-f-]{36})(?:[/?#]|$)/.exec(this.page.url().replace(`/p/${this.programme}`, ''))?.[1] ?? '';

	/** Fills the page's form and sends it with its own button. */
	async send(entries: Record<string, Entry>, form = 'main form:has([name])'): Promise<void> {
		const within = this.page.locator(form).first();
		await fillByKeyboard(this.page, entries, within);
		await pressToGo(this.page, within.locator('button:not([formaction])').last());
	}

	/** A step that asks for confirmation or a few more facts: unfolded, filled, sent. */
	async move(action: string, entries: Record<string, Entry> = {}): Promise<void> {
		const form = this.page.locator(`form[action*="${action}"]`).first();
		const details = this.page.locator(`details:has(form[action*="${action}"])`);
		if ((await details.count()) > 0) await unfold(this.page, details.first().locator('summary').first());
		await fillByKeyboard(this.page, entries, form);
		await pressToGo(this.page, form.locator('button[type=submit]').last());
		expect(await this.page.locator('#errors').count(), await this.page.locator('main').innerText()).toBe(0);
	}

	async follow(href: string): Promise<void> {
		await pressToGo(this.page, this.page.locator(`main a[href*="${href}"]:visible`).first());
	}

	async axe(): Promise<void> {
		expect(await violations(this.page)).toEqual([]);
	}
}

async function begin({ app, page, locale }: Officer, officer: Officer): Promise<void> {
	await page.goto(`${app.base}/${locale}`);
	await fillByKeyboard(page, {
		code: app.firstRunCode() ?? '',
		name: 'Sinov xodimi',
		signInName: 'xodim',
		password: 'uzun va eslab qolinadigan parol',
		begin: { choose: 'empty' }
	});
	await fillByKeyboard(page, { programmeName: 'Sinov dasturi' });
	await pressToGo(page, page.locator('main form button').last());
	officer.codes = (await page.locator('main ol, main ul').first().innerText()).match(/[A-Z0-9]{4}(?:-[A-Z0-9]{4})+/g) ?? [];
	expect(officer.codes.length).toBeGreaterThanOrEqual(8);
	await page.goto(`${app.base}/${locale}`);
	officer.programme = /\/p\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
	expect(officer.programme).not.toBe('');
}

async function organisation(officer: Officer, name: string, type: string): Promise<string> {
	await officer.go('/network/organisations/new');
	await officer.send({ 'name.uz': name, type: { choose: type } });
	return officer.id();
}

/** From the spreadsheet to an open round with a link; answers with the address for collection apps. */
async function collect(officer: Officer, file: string): Promise<string> {
	const { page } = officer;
	await officer.go('/assessment/instruments');
	await officer.axe();
	await officer.send({ file: { file } }, 'form[action*="upload"]');
	await officer.axe();
	await officer.send({}, 'form[action*="save"]');
	await officer.go('/assessment/rounds/new');
	const version = (await page.locator('select[name=instrumentVersionId] option').last().getAttribute('value')) ?? '';
	const place = (await page.locator('[name="places[]"], [name=places]').nth(1).getAttribute('value')) ?? '';
	const placeName = (await page.locator('[name="places[]"], [name=places]').first().getAttribute('name')) ?? '';
	await officer.send({
		instrumentVersionId: { choose: version },
		'name.uz': 'Boshlangʻich bosqich',
		sensitive: { choose: 'no' },
		[placeName]: { tick: [place] },
		'consent.uz': 'Roziligingizni soʻraymiz.',
		'refusal.uz': 'Rad etish ham javob.',
		'minors.uz': '18 yoshdan kichiklar soʻralmaydi.',
		'distress.uz': 'Suhbat toʻxtatiladi, ishonch telefoni beriladi.'
	});
	const round = page.url();
	await page.goto(round);
	// Without a named analyst the gate stays shut.
	const analyst = (await page.locator('[name=analysts], [name="analysts[]"]').first().getAttribute('value')) ?? '';
	const analysts = (await page.locator('[name=analysts], [name="analysts[]"]').first().getAttribute('name')) ?? '';
	await officer.send({ [analysts]: { tick: [analyst] } }, 'form[action*="analysts"]');
	await page.goto(round);
	await officer.axe();
	await officer.move('?/open');
	await officer.follow('/links');
	await officer.send({ label: 'Sinov havolasi' }, 'form[action*="make"]');
	await officer.axe();
	const address = /https?:\/\/\S+\/key\/[\w-]+/.exec(await page.locator('main').innerText())?.[0] ?? '';
	expect(address).not.toBe('');
	await page.goto(round);
	return address;
}

/** Sends filled-in questionnaires as a collection app would. */
async function sendAnswers(address: string, answer: Sitting['answer'], count: number): Promise<void> {
	const list = await (await fetch(`${address}/formList`, { headers: { 'x-openrosa-version': '1.0' } })).text();
	const version = /<version>([^<]*)<\/version>/.exec(list)?.[1] ?? '';
	for (let i = 0; i < count; i++) {
		const body = new FormData();
		body.append('xml_submission_file', new File([answer(i, version)], 'submission.xml', { type: 'text/xml' }));
		const response = await fetch(`${address}/submission`, { method: 'POST', body, headers: { 'x-openrosa-version': '1.0' } });
		expect(response.status, await response.text()).toBe(201);
	}
}

/** From the answers to a gap in the register. */
async function analyse(officer: Officer, question: string): Promise<string> {
	const { page } = officer;
	await officer.follow('/answers');
	await officer.axe();
	expect(await page.locator('main').innerText()).toMatch(/\b12\b/);
	await page.goBack();
	await officer.follow('/figure');
	const asked = await page.locator('select[name=of] option').evaluateAll((options, name) => options.map((option) => option.getAttribute('value') ?? '').find((value) => value.endsWith(`/${name}`)) ?? '', question);
	await officer.send({ of: { choose: asked }, measure: { choose: 'share' } });
	await officer.axe();
	await officer.send({ 'title.uz': 'Javoblar qanday taqsimlandi' }, 'main form:has([name="query"])');
	await officer.axe();
	await officer.follow('/findings/new');
	await officer.send({ 'statement.uz': 'Yordam olish yoʻli koʻpchilikka maʼlum emas.' });
	await officer.move('?/stand');
	const finding = officer.id();
	await officer.go('/gaps/new');
	await officer.send({ 'title.uz': 'Yordam qayerdaligi haqida maʼlumot yoʻq', barrier: { choose: 'access' }, 'findings[]': { tick: [finding] } });
	await officer.axe();
	await officer.move('name=open');
	return officer.id();
}

/** From the gap to the authority's commitment. */
async function respond(officer: Officer, gap: string, cso: string, ministry: string): Promise<string> {
	await officer.follow(`/trainings/new?gap=${gap}`);
	await officer.send({ 'title.uz': 'Birinchi 48 soat', ownerId: { choose: cso }, startsOn: '2026-06-01', endsOn: '2026-06-03' });
	await officer.move('?/move&name=plan').catch(async () => officer.move('?/move'));
	await officer.follow('/results/new');
	const document = await officer.page.locator('[name="figures[]"]').first().getAttribute('value');
	await officer.send({ 'statement.uz': 'Xodimlar yoʻllashni oʻrgandi.', observedOn: '2026-07-01', 'figures[]': { tick: [document ?? ''] } });
	await officer.move('?/move');
	await officer.follow('/recommendations/new');
	await officer.send({ 'title.uz': 'Bir sahifali yoʻllanma shakli', addressedTo: { choose: ministry } });
	const recommendation = officer.id();
	await officer.move('name=deliver', { deliveredOn: '2026-07-10' });
	await officer.move('name=record-answer', { answer: { choose: 'accepted' }, answeredOn: '2026-07-20' });
	await officer.follow('/commitments/new');
	await officer.send({ 'title.uz': 'Shakl joriy etiladi', madeOn: '2026-07-20', dueOn: '2030-01-01' });
	await officer.axe();
	return recommendation;
}

/** Writes a briefing with a bound figure, publishes it with a step-up, and answers with its public path. */
async function publish(officer: Officer, recommendation: string): Promise<string> {
	const { page } = officer;
	await officer.go('/briefings/new');
	await officer.send({ 'title.uz': 'Yordamga yoʻl', slug: 'yordamga-yol' });
	const briefing = page.url();
	const add = async (kind: string, entries: Record<string, Entry>): Promise<void> => {
		const form = page.locator(`form[action="?/add"]:has([name=kind][value=${kind}])`);
		await unfold(page, page.locator('details', { has: form }).locator('summary').first());
		await fillByKeyboard(page, entries, form);
		await pressToGo(page, form.locator('button').last());
	};
	await add('text', { 'words.uz': 'Soʻralganlarning 50 foizi yordam qayerdaligini bilmaydi.' });
	expect(await page.locator('main').innerText()).toContain('50 foizi'); // an orphan: named, and no way to publish yet
	expect(await page.locator('form[action="?/publish"]').count()).toBe(0);
	await page.goto(briefing);
	const figure = (await page.locator('select[name=figureId] option').last().getAttribute('value')) ?? '';
	await add('figure', { figureId: { choose: figure } });
	await add('recommendation', { recommendationId: { choose: recommendation } });
	const change = page.locator('form[action^="?/change"]').first();
	await unfold(page, page.locator('details', { has: page.locator('form[action^="?/change"]') }).first().locator('summary').first());
	await fillByKeyboard(page, { 'words.uz': 'Koʻpchilik yordam qayerdaligini bilmaydi [F-01].' }, change);
	await pressToGo(page, change.locator('button').last());
	await page.goto(briefing);
	await officer.axe();
	await pressToGo(page, page.locator('form[action="?/publish"] button'));
	if (page.url().includes('/step-up')) {
		await fillByKeyboard(page, { password: 'uzun va eslab qolinadigan parol', code: officer.codes.shift() ?? '' });
		await pressToGo(page, page.locator('main form button').last());
		// Back on the draft, which says that nothing is published yet and what to do.
		expect(await page.locator('main').innerText()).toMatch(/tugmani yana bir marta bosing|press the button once more/);
		await pressToGo(page, page.locator('form[action="?/publish"] button'));
	}
	return '/b/yordamga-yol';
}

const sittings: [string, Sitting | null][] = [
	['in Uzbek, with the demonstration’s own questionnaire', { locale: 'uz', file: path.join(root, 'demo/instrument/baseline.xlsx'), question: 'consent', answer: answerBaseline }],
	[
		'in English, with a spreadsheet of the conformance corpus',
		conformance && existsSync(conformance) ? { locale: 'en', file: conformance, question: 'good_day', answer: answerYesNo } : null
	]
];

describe('a programme officer, with the keyboard alone', () => {
	it.each(sittings)('carries a spreadsheet questionnaire to a published briefing in one sitting, %s', async (_, sitting) => {
		if (!sitting) return void expect(shared).toBeUndefined(); // the corpus is not part of the project
		const app = await startApp();
		const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
		const page = await context.newPage();
		const wrong: string[] = [];
		page.on('console', (message) => message.type() === 'error' && wrong.push(`${page.url()} ${message.text()}`));
		page.on('request', (request) => request.url().startsWith(app.base) || request.url().startsWith('data:') || wrong.push(request.url()));
		try {
			const officer = new Officer(app, page, sitting.locale);
			await begin(officer, officer);
			const cso = await organisation(officer, 'Sinov tashkiloti', 'cso');
			const ministry = await organisation(officer, 'Sinov vazirligi', 'ministry');
			const address = await collect(officer, sitting.file);
			await sendAnswers(address, sitting.answer, 12);
			const gap = await analyse(officer, sitting.question);
			const recommendation = await respond(officer, gap, cso, ministry);
			const published = await publish(officer, recommendation);

			await page.goto(`${app.base}/${sitting.locale}${published}`);
			expect(await page.locator('h1').innerText()).toBe('Yordamga yoʻl');
			await officer.axe();
			const pdf = await fetch(`${app.base}/${sitting.locale}${published}/briefing.pdf`);
			expect(pdf.headers.get('content-type')).toBe('application/pdf');
			expect(Buffer.from(await pdf.arrayBuffer()).toString('latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>');

			await officer.go(`/thread/gap/${gap}`);
			await officer.axe();
			const thread = await page.locator('main').innerText();
			for (const code of ['F-01', 'E-01', 'G-01', 'T-01', 'R-01', 'N-01', 'C-01']) expect(thread).toContain(code);
			expect(wrong.filter((each) => !/status of 4(00|09)/.test(each))).toEqual([]);
		} finally {
			await context.close();
			await app.stop();
		}
	});
});
