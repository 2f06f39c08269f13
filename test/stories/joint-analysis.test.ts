import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#platform/ids.ts';
import { codes as madeUpCodes, interviews } from '../../demo/made-up/interviews.ts';
import { madeUp } from '../../demo/made-up.ts';
import { scoredServices } from '../../demo/made-up/scoring.ts';
import { startApp, type App } from '../app.ts';
import { launchBrowser } from '../browser.ts';
import { attackTogether, readFigures, type ReadFigure, type Understood } from './joint-attack.ts';
import { codes, nameStruck, takeIn, texts } from './joint-coding.ts';
import { comparisonTitle, gapTitle, makeFigure, regionTitle, samarkandIn, understood, withHeldBack } from './joint-report.ts';
import { authorityScore, civilScore, criteriaIn, reconcile, scoreArea, scoring, sendSheet } from './joint-scoring.ts';
import { clean, Team, type Member } from './joint-team.ts';

let app: App;
let browser: Browser;
let team: Team;
beforeAll(async () => {
	[app, browser] = await Promise.all([startApp({ demonstration: true }), launchBrowser()]);
	team = new Team(app, browser);
	await team.begin();
}, 400_000);
afterAll(async () => {
	await browser.close();
	await app.stop();
});

const [civilSide, authoritySide] = [['programme-officer', 'women-samarkand'], ['official-national', 'commission']] as const;
/** What the steps hand on to each other: ids of what was made. */
const made = { score: '', quotation: '', comparison: '', byRegion: '', finding: '', gap: '', session: '', briefing: '' };

describe('a joint team on the second round of the demonstration', () => {
	it('scores six services, each side by itself, and neither sees the other before both are in', async () => {
		const [analyst, civil, authority] = [await team.as('analyst'), await team.as(civilSide[0]), await team.as(authoritySide[0])];
		await analyst.go('/assessment/instruments/shipped/coordination');
		await analyst.press('Start from this');
		await analyst.page.waitForURL(/\/drafts\//);
		await analyst.go(`/assessment/instruments/drafts/${/drafts\/([0-9a-f-]{36})/.exec(analyst.page.url())?.[1]}/save`);
		await analyst.press('Save the version');
		await analyst.page.waitForURL(/\/instruments\/[0-9a-f-]{36}$/);
		const round = analyst.id('round', 'repeat');
		await analyst.go(`${scoring}/new?round=${round}`);
		const version = (await analyst.page.locator('[name=instrumentVersionId] option', { hasText: 'Coordination' }).getAttribute('value')) ?? '';
		const scorers = [civilSide, authoritySide].map(([who, organisation]) => `${analyst.id('person', who)} ${analyst.id('organisation', organisation)}`);
		await analyst.page.locator('[name=serviceId]').selectOption(analyst.id('organisation', 'shelter-a'));
		await analyst.page.locator('[name=instrumentVersionId]').selectOption(version);
		for (const value of scorers) await analyst.page.locator(`[name=scorers][value="${value}"]`).check();
		await analyst.press('Start scoring a service');
		await analyst.page.waitForURL(/\/scoring\/[0-9a-f-]{36}$/);
		const assessments = [analyst.here()];
		for (const { service } of scoredServices.slice(1)) {
			const to = await analyst.send(`${scoring}/new?round=${round}`, { serviceId: analyst.id('organisation', service), instrumentVersionId: version, teamId: '', scorers });
			assessments.push(to.split('/').at(-1) ?? '');
		}
		const areas = await criteriaIn(civil, assessments[0] ?? '');
		const count = areas.flat().length;
		expect([areas.length, count >= 24]).toEqual([8, true]);

		// By hand: all of the first sheet of civil society, and an area of the authority's. The rest are the same forms.
		await civil.go(`${scoring}/${assessments[0]}/sheet/1`);
		for (const [i, criteria] of areas.entries()) {
			await scoreArea(civil, criteria, (at) => civilScore(0, at));
			if (i === 0) await clean(civil.page);
			await civil.press(i + 1 < areas.length ? 'Save, next area' : 'Save and close');
			await civil.page.waitForURL(i + 1 < areas.length ? new RegExp(`/sheet/${i + 2}$`) : /\/scoring\/[0-9a-f-]{36}$/);
		}
		await civil.confirm('Hand in and seal');
		await civil.page.getByText('Now waiting for: Authority').waitFor();
		await authority.go(`${scoring}/${assessments[0]}/sheet/1`);
		expect(await authority.page.locator('[name^="score."]:checked:not([value=""])').count()).toBe(0);
		await scoreArea(authority, areas[0] ?? [], (at) => authorityScore(0, at));
		await authority.press('Save and close');
		await authority.page.waitForURL(/\/scoring\/[0-9a-f-]{36}$/);
		const sheet = (member: Member, service: number, score: typeof civilScore, from = 0): Promise<void> => sendSheet(member, assessments[service] ?? '', areas.map((criteria, i) => (i < from ? [] : criteria)), (at) => score(service, at));
		await sheet(authority, 0, authorityScore, 1);
		for (let service = 1; service < assessments.length; service++) {
			await sheet(authority, service, authorityScore);
			await authority.send(`${scoring}/${assessments[service]}?/handIn`, {});
			await sheet(civil, service, civilScore);
		}
		for (const member of [civil, authority, analyst]) for (const id of assessments) expect((await member.read(`${scoring}/${id}/compare`)).status, id).toBe(404);
		const lines = (await authority.read(`${scoring}/${assessments[0]}/export.csv`)).text.split('\r\n').filter((line) => /,(Yes|No),/.test(line));
		expect([lines.length, lines.filter((line) => !/,(Yes|No),,,,\d/.test(line))]).toEqual([count, []]);
		await authority.send(`${scoring}/${assessments[0]}?/handIn`, {});
		for (const id of assessments.slice(1)) await civil.send(`${scoring}/${id}?/handIn`, {});

		await civil.go(`${scoring}/${assessments[0]}/compare`);
		expect(await civil.main()).toMatch(/[Kk]appa[\s\S]*0[.,]\d+/);
		await clean(civil.page);
		for (const [service, id] of assessments.entries()) await reconcile(civil, authority, id, service, areas);
		await analyst.go(`${scoring}/rounds/${round}`);
		await analyst.confirm('Count the services together');
		await analyst.page.getByText('Graded mean').first().waitFor();
		await analyst.page.locator('summary', { hasText: 'Keep a score of all together as evidence' }).click();
		await analyst.press('Local: implementation');
		await analyst.page.waitForURL(/\/scores\//);
		made.score = analyst.here();
		expect(await analyst.main()).toMatch(/Services\s+6/i);
	}, 300_000);
});


describe('two coders on six interviews', () => {
	const taken: string[] = [];
	it('take them in masked, code them without seeing each other, and see for each code how far they agree', async () => {
		const [first, second] = [await team.as('analyst'), await team.as('official-national')];
		for (const [i, interview] of interviews.entries()) {
			const facts = { kind: interview.kind, roundId: first.id('round', 'repeat'), language: interview.language, organisationType: interview.type, heldOn: '', consentLevel: interview.consent, wanted: '2' };
			if (i === 0) taken.push(await takeIn(first, facts, `${interview.text}\nJavob: ${nameStruck} degan ayol ham keldi.`));
			else taken.push((await first.send(`${texts}/new?/store`, { ...facts, placeId: '', text: interview.text, words: '', id: newId() })).split('/').at(-1) ?? '');
		}
		for (const [i, interview] of interviews.entries()) {
			await codes(first, taken[i] ?? '', interview.first, i === 0);
			const before = await second.read(`${texts}/${taken[i]}`);
			expect([before.status, before.text.includes('data-segment')]).toEqual([200, false]);
			await codes(second, taken[i] ?? '', interview.second, i === 1);
		}
		await first.go(`${texts}/agreement`);
		const agreement = await first.main();
		expect(agreement).toContain('Interviews: 12');
		for (const { name } of madeUpCodes) expect(agreement, name.en).toMatch(new RegExp(`${name.en}\\s+(–|[01]([.,]\\d+)?)\\s+[\\d.]+%`));
		await clean(first.page);
		await first.go(`${texts}/${taken[0]}/compare`);
		expect(await first.main()).toMatch(/Opening hours\s+0[.,]\d+/);
	}, 300_000);

	it('make a quotation of a passage, as far as she who spoke agreed', async () => {
		const first = await team.as('analyst');
		await first.go(`${texts}/passages`);
		const words = 'Alohida xona bor, eshigini yopamiz.';
		const href = await first.page.locator('article', { hasText: words }).getByRole('link', { name: 'Make a quotation' }).evaluateAll((links, id) => links.map((link) => link.getAttribute('href') ?? '').find((each) => each.includes(id)) ?? '', taken[0] ?? '');
		await first.page.goto(new URL(href, first.page.url()).href);
		await first.page.getByLabel('may be published as it stands').check();
		await first.say('spokenBy', { uz: 'boshpana xodimi', ru: 'сотрудница приюта', en: 'shelter worker' });
		await first.press('Save the quotation');
		await first.page.waitForURL(/\/quotations\/[0-9a-f-]{36}$/);
		made.quotation = first.here();
		expect(await first.main()).toContain(words);
	}, 120_000);
});

describe('figures, a finding and a gap', () => {
	it('are made of the second round beside the first; the finding cites a figure, a score and a quotation', async () => {
		const analyst = await team.as('analyst');
		made.comparison = await makeFigure(analyst, { split1: 'settlement', compare: analyst.id('round', 'baseline') }, comparisonTitle);
		made.byRegion = await makeFigure(analyst, { split1: 'region' }, regionTitle);
		await analyst.go('/assessment/findings/new');
		await analyst.say('statement', { uz: 'Suhbat uchun alohida xona hali ham hamma joyda yoʻq.', ru: 'Комната для беседы без посторонних по-прежнему есть не везде.', en: 'A room to talk in private is still not found everywhere.' });
		await analyst.page.locator('[name=placeId]').selectOption({ label: await samarkandIn(analyst) });
		for (const [kind, id] of [['figures', made.comparison], ['scores', made.score], ['quotations', made.quotation]]) await analyst.page.locator(`[name=${kind}][value="${id}"]`).check();
		await analyst.press('Save as draft');
		await analyst.page.waitForURL(/\/findings\/[0-9a-f-]{36}$/);
		made.finding = analyst.here();
		await analyst.press('Let it stand');
		await analyst.page.getByText(/Stands since/i).first().waitFor();
		await analyst.go('/gaps/new');
		await analyst.say('title', gapTitle);
		await analyst.page.locator('[name=barrier][value=quality]').check();
		await analyst.page.locator('[name=placeId]').selectOption({ label: await samarkandIn(analyst) });
		await analyst.page.locator(`[name="findings[]"][value="${made.finding}"]`).check();
		await analyst.press('Save');
		await analyst.page.waitForURL(/\/gaps\/[0-9a-f-]{36}$/);
		made.gap = analyst.here();
		await analyst.page.locator('details', { has: analyst.page.locator('form[action*="name=open"]') }).locator('summary').first().click();
		await analyst.page.locator('form[action*="name=open"] button').last().click();
		await analyst.page.getByText('Not ranked').first().waitFor();
	}, 200_000);

	it('are weighed by four people on their own phones, ranked, and endorsed by both sides with one dissent kept', async () => {
		const officer = await team.as('programme-officer');
		await officer.go('/gaps/sessions/new');
		await officer.say('title', { uz: 'Ikkinchi bosqich: birga baholash', ru: 'Второй раунд: оцениваем вместе', en: 'Second round: scoring together' });
		const wanted = new Set([made.gap, ...['g2', 'g4', 'g12'].map((key) => officer.id('gap', key))]);
		for (const box of await officer.page.locator('[name="gaps[]"]').all()) await box.setChecked(wanted.has((await box.getAttribute('value')) ?? ''));
		await officer.press('Prepare a session');
		await officer.page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
		made.session = officer.here();
		const code = await officer.page.locator('.code').innerText();
		await officer.press('Open scoring');
		const voters = ['programme-officer', 'analyst', 'official-national', 'reviewer'];
		for (const [i, who] of voters.entries()) {
			const member = await team.as(who, { viewport: { width: 360, height: 760 } });
			if (i === 0) await member.press('Take part');
			else {
				await member.go('/gaps/sessions');
				await member.page.locator('#f-code').fill(code);
				await member.press('Join with a code');
			}
			await member.page.waitForURL(/vote\?voice=/);
			for (let at = 1; at <= wanted.size; at++) {
				await member.page.getByRole('heading', { name: new RegExp(`^${at} of ${wanted.size}:`) }).waitFor();
				await member.page.locator(`[name=severity][value="${2 + ((i + at) % 4)}"]`).check();
				await member.page.locator(`[name=feasibility][value="${2 + ((i * at) % 3)}"]`).check();
				await member.press('Save and go on');
			}
			await member.page.getByText('You have scored everything').waitFor();
		}
		await officer.go(`/gaps/sessions/${made.session}`);
		expect(await officer.main()).toContain('4 of 4 have scored everything');
		await officer.press('End the turn and show the spread');
		await officer.page.getByText('4 voices').first().waitFor();
		await officer.press('Adopt the medians');
		await officer.page.getByText('Adopted:').first().waitFor();

		const words = [['programme-officer', 'We endorse it', ''], ['official-samarkand', 'We endorse it', ''], ['shelter-worker-b', 'We do not agree', 'A room alone does not help while the rota is empty.']] as const;
		for (const [who, stance, reason] of words) {
			const member = await team.as(who);
			await member.go(`/gaps/${made.gap}/endorse`);
			await member.page.getByLabel(stance).check();
			if (reason) await member.page.locator('#f-reason-uz').fill(reason);
			await member.press('Save');
			await member.page.waitForURL(/\/gaps\/[0-9a-f-]{36}$/);
		}
		await officer.go(`/gaps/${made.gap}`);
		expect(await officer.main()).toMatch(/Place \d+ of \d+[\s\S]*Endorsed by both sides/);
		expect(await officer.main()).toContain('dissent: 1');
		await officer.go('/gaps');
		expect(await officer.main()).toMatch(new RegExp(`${gapTitle.en}[\\s\\S]*in \\d+% of weightings`));
		await clean(officer.page);
	}, 300_000);
});

const slug = 'second-round-what-is-missing';
const languages = ['uz', 'ru', 'en'] as const;

describe('the gap report', () => {
	it('binds figures, the finding with its score, and the quotation; is published in three languages; and everything opens back', async () => {
		const [analyst, manager] = [await team.as('analyst'), await team.as('manager')];
		await analyst.go('/briefings/new');
		await analyst.say('title', { uz: 'Ikkinchi bosqich: nima yetishmaydi', ru: 'Второй раунд: чего не хватает', en: 'Second round: what is missing' });
		for (const locale of languages) await analyst.page.locator(`[name="locales[]"][value=${locale}]`).check();
		await analyst.page.locator('[name=slug]').fill(slug);
		await analyst.press('Save');
		await analyst.page.waitForURL(/\/briefings\/[0-9a-f-]{36}$/);
		made.briefing = analyst.here();
		const blocks = ['heading', 'figure', 'figure', 'finding', 'quotation'] as const;
		const bound = ['', made.comparison, made.byRegion, made.finding, made.quotation];
		for (const [i, kind] of blocks.entries()) {
			const form = analyst.page.locator(`form[action="?/add"]:has([name=kind][value=${kind}])`);
			await analyst.page.locator('details', { has: form }).locator('summary').first().click();
			if (kind === 'heading') await analyst.say('words', { uz: 'Suhbat qayerda oʻtadi', ru: 'Где проходит беседа', en: 'Where one can talk' }, form);
			else await form.locator(`[name=${kind}Id]`).selectOption(bound[i] ?? '');
			await form.getByRole('button', { name: 'Add this' }).click();
			await analyst.page.locator(`#block-${i + 1}`).waitFor();
		}
		await analyst.go(`/briefings/${made.briefing}`);
		expect(await analyst.main()).toMatch(/held back/);
		for (const href of await analyst.page.getByRole('link', { name: 'Open the evidence' }).evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))) {
			const answer = await analyst.page.goto(new URL(href, analyst.page.url()).href);
			expect([href, answer?.status()]).toEqual([href, 200]);
		}
		await manager.go(`/briefings/${made.briefing}`);
		await manager.press('Publish');
		await manager.page.getByRole('link', { name: 'Public page' }).waitFor();
		// From the finding on the report to the score and, where the reader may, to the sheets it was made of.
		await analyst.go(`/assessment/findings/${made.finding}`);
		for (const [kind, id] of [['figures', made.comparison], ['scores', made.score], ['quotations', made.quotation]]) expect(await analyst.page.locator(`main a[href*="/${kind}/${id}"]`).count(), kind).toBeGreaterThan(0);
		await analyst.go(`/assessment/scores/${made.score}`);
		expect(await analyst.page.locator('main a[href*="/scoring/"]').count()).toBeGreaterThan(0);
	}, 200_000);

	it('is read by somebody without an account, as far as everybody may see', async () => {
		const page = await team.stranger();
		for (const [locale, title] of [['uz', comparisonTitle.uz], ['ru', comparisonTitle.ru], ['en', comparisonTitle.en]] as const) {
			const answer = await page.goto(`${app.base}/${locale}/b/${slug}`);
			expect([answer?.status(), await page.locator('main').innerText()]).toEqual([200, expect.stringContaining(title)]);
			await clean(page);
			const [csv, pdf] = [await fetch(`${app.base}/${locale}/b/${slug}/figures.csv`), await fetch(`${app.base}/${locale}/b/${slug}/briefing.pdf`)];
			expect([csv.status, await csv.text(), pdf.status]).toEqual([200, expect.stringContaining(title), 200]);
		}
		// What the figures were made of is for those who work on it.
		for (const inside of [`/assessment/figures/${made.comparison}`, `/assessment/scores/${made.score}`, `/assessment/quotations/${made.quotation}`, `/gaps/${made.gap}`]) {
			await page.goto(`${app.base}/en/p/${team.programme}${inside}`);
			expect(new URL(page.url()).pathname, inside).toBe('/en/sign-in');
		}
		await page.context().close();
	}, 120_000);
});

describe('an attacker who reads everything that was published', () => {
	it('of both rounds, finds no group of fewer than five; with the cells that were held back he would', async () => {
		const page = await team.stranger();
		const figures: (ReadFigure & Understood)[] = [];
		for (const each of [...madeUp.pages.map((edition) => edition.slug), madeUp.briefing.slug, slug]) for (const figure of await readFigures(page, app.base, each)) figures.push({ ...figure, ...understood(figure.title) });
		await page.context().close();
		expect(figures.map(({ rounds }) => rounds.length).sort()).toEqual([1, 1, 1, 1, 1, 2]);
		const counts = figures.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells.map(({ count }) => count)));
		expect(counts.filter((count) => count !== null && count > 0 && count < 5)).toEqual([]);
		expect(counts.filter((count) => count === null).length).toBeGreaterThan(3);
		expect(await attackTogether(figures, 5)).toEqual([]);
		expect((await attackTogether(await withHeldBack(app, figures), 5)).length).toBeGreaterThan(0);
	}, 300_000);
});

it('no page complained', () => {
	expect(team.wrong).toEqual([]);
});
