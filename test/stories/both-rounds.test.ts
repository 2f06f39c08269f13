import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#platform/ids.ts';
import { startApp, type App } from '../app.ts';
import { launchBrowser } from '../browser.ts';
import { layLine, type Line } from '../line.ts';
import { exchange, multipart, xmlPart } from '../openrosa/server.ts';
import { clean, Team, type Fields, type Member } from './joint-team.ts';

let app: App;
let browser: Browser;
let team: Team;
let line: Line;
beforeAll(async () => {
	[app, browser] = await Promise.all([startApp({ demonstration: true }), launchBrowser()]);
	team = new Team(app, browser);
	line = await layLine(app.base);
	await team.begin();
}, 400_000);
afterAll(async () => {
	await line.close();
	await browser.close();
	await app.stop();
});

const [civil, authority] = [['programme-officer', 'women-samarkand'], ['official-samarkand', 'authority-samarkand']] as const;
const named = (name: string, text: string): Fields => Object.fromEntries(['uz', 'ru', 'en'].map((locale) => [`${name}.${locale}`, text]));

/** What each round of the assessment is: the baseline in three regions, and its repetition in the whole country. */
const rounds = [
	{ kind: 'baseline', name: 'Barriers, baseline', instrument: 'reporting_barriers', title: 'Barriers to reporting', places: ['Jizzakh', 'Samarkand', 'Namangan'] },
	{ kind: 'repeat', name: 'Barriers, nationwide', instrument: 'reporting_barriers', title: 'Barriers to reporting', places: ['Uzbekistan'] }
] as const;
type Round = (typeof rounds)[number];

/** A version of a questionnaire that comes with the program, unchanged. @returns its id */
async function version(analyst: Member, { instrument, title }: Round): Promise<string> {
	const option = async (): Promise<string | null> => {
		await analyst.go('/assessment/rounds/new');
		const found = analyst.page.locator('[name=instrumentVersionId] option', { hasText: title });
		return (await found.count()) === 0 ? null : found.first().getAttribute('value');
	};
	const there = await option();
	if (there) return there;
	await analyst.go(`/assessment/instruments/shipped/${instrument}`);
	await analyst.press('Start from this');
	await analyst.page.waitForURL(/\/drafts\//);
	await analyst.go(`/assessment/instruments/drafts/${/drafts\/([0-9a-f-]{36})/.exec(analyst.page.url())?.[1]}/save`);
	await analyst.press('Save the version');
	await analyst.page.waitForURL(/\/instruments\/[0-9a-f-]{36}$/);
	return (await option()) ?? '';
}

/** The round, its joint team and three phones; open. */
async function open(analyst: Member, round: Round): Promise<{ at: string; phones: string[] }> {
	const instrumentVersionId = await version(analyst, round);
	const boxes = await analyst.page.locator('[name=places]').evaluateAll((all) => all.map((box) => [box instanceof HTMLInputElement ? box.value : '', box.parentElement?.textContent?.trim() ?? '']));
	const places = round.places.map((place) => boxes.find(([, label]) => label?.startsWith(place))?.[0] ?? place);
	const to = await analyst.send('/assessment/rounds/new', {
		instrumentVersionId, kind: round.kind, unit: 'people', opensOn: '', closesOn: '', places, ...named('name', round.name), ...named('consent', 'May we ask you about your work?'),
		...named('refusal', 'You may say no.'), ...named('minors', 'Adults alone are asked.'), ...named('distress', 'You may stop at any time.')
	});
	const at = `/assessment/rounds/${to.split('/').at(-1)}`;
	await analyst.send(`${at}/plan`, { joint: 'yes', targetQuestion: '', shortestMinutes: '' });
	await analyst.send(`${at}/targets`, Object.fromEntries(places.map((place) => [`target.${place}|0`, String(30 / places.length)])));
	const manager = await team.as('manager');
	await manager.send(`${at}?/analysts`, { analysts: ['analyst', 'official-national'].map((who) => analyst.id('person', who)) });

	// Civil society alone is no joint team, and without one the round does not open.
	const teamId = newId();
	await analyst.send(`${at}/teams/new`, { id: teamId, name: `Team of ${round.name}`, startsOn: '', endsOn: '', places });
	const add = ([who, organisation]: readonly [string, string]): Promise<string> => analyst.send(`${at}/teams/${teamId}?/add`, { member: `${analyst.id('person', who)}:${analyst.id('organisation', organisation)}` });
	await add(civil);
	await analyst.go(at);
	await analyst.confirm('Open the round');
	expect(await analyst.main()).toContain('A joint round does not open without a team that is ready');
	await add(authority);
	await analyst.send(`${at}/teams/${teamId}?/move`, { state: 'ready' });
	await analyst.go(at);
	await analyst.confirm('Open the round');
	expect(await analyst.main()).toContain('Fill in');

	const phones: string[] = [];
	for (const phone of ['Tablet of the office', 'Phone of the team', 'Phone with Collect']) {
		await analyst.go(`${at}/teams/${teamId}`);
		await analyst.page.getByLabel('Which phone').fill(phone);
		await analyst.page.locator('#f-personId').selectOption({ index: 1 });
		await analyst.press('Add a phone');
		await analyst.page.getByText(/\/c\/[\w-]{32}/).first().waitFor();
		phones.push(/\/c\/([\w-]{32})/.exec(await analyst.main())?.[1] ?? '');
	}
	await clean(analyst.page);
	return { at, phones };
}

/** Answers every question with the choice at a place in its list, page after page, and sends. */
async function fillIn(page: Page, choice: number): Promise<void> {
	await page.getByRole('button', { name: 'I agree' }).click();
	const [next, send] = [page.getByRole('button', { name: 'Next' }), page.getByRole('button', { name: 'Send' })];
	for (;;) {
		await next.or(send).first().waitFor();
		const names = await page.locator('main input[type=radio]').evaluateAll((all) => [...new Set(all.map((radio) => radio.getAttribute('name')))]);
		for (const name of names) await page.locator(`main input[name="${name}"]`).nth(choice).check();
		if (await send.isVisible()) return send.click();
		await next.click();
	}
}

/** What ODK Collect does with a link before it sends: it lists, fetches the form, has it filled in, and asks where to send. @returns the submission */
async function collect(token: string, choice: number): Promise<string> {
	const key = `/key/${token}`;
	const list = await exchange(app.base, 'GET', `${key}/formList`);
	const form = await exchange(app.base, 'GET', new URL(/<downloadUrl>([^<]+)/.exec(list.body)?.[1] ?? '').pathname);
	expect([list.status, form.status, list.body.includes('<manifestUrl>')]).toEqual([200, 200, false]);
	const instance = /<instance>\s*(<data[\s\S]*?<\/data>)\s*<\/instance>/.exec(form.body)?.[1] ?? '';
	const body = form.body.slice(form.body.indexOf('<h:body'));
	const xml = instance.replace(/<([\w-]+)\s*\/>/g, (empty, name: string) => {
		if (name === 'instanceID') return `<instanceID>uuid:${randomUUID()}</instanceID>`;
		const control = new RegExp(`<select1[^>]*ref="[^"]*/${name}"[\\s\\S]*?</select1>`).exec(body)?.[0];
		const from = /instance\('([^']+)'\)/.exec(control ?? '')?.[1];
		const items = from === undefined ? control : new RegExp(`<instance id="${from}">[\\s\\S]*?</instance>`).exec(form.body)?.[0];
		const value = [...(items ?? '').matchAll(/<(?:value|name)>([^<]+)</g)][choice]?.[1];
		return value === undefined ? empty : `<${name}>${value}</${name}>`;
	});
	const head = await exchange(app.base, 'HEAD', `${key}/submission`);
	expect([head.status, head.headers['x-openrosa-version']]).toEqual([204, '1.0']);
	return xml;
}

const post = async (token: string, xml: string): Promise<number> => (await exchange(app.base, 'POST', `/key/${token}/submission?deviceID=collect%3Astory`, multipart([xmlPart(xml)]))).status;

describe.each(rounds)('a joint team in the round “$name”', (round) => {
	let at = '';
	let phones: string[] = [];
	let late = '';

	it('takes a questionnaire that comes with the program, and opens the round with both sides in it', async () => {
		({ at, phones } = await open(await team.as('analyst'), round));
		expect(new Set(phones).size).toBe(3);
	});

	it('asks in the browser, on a phone without a connection, and with ODK Collect', async () => {
		const [office = '', field = '', app3 = ''] = phones;
		const page = await team.stranger({ viewport: { width: 1024, height: 768 } });
		await page.goto(`${app.base}/en/c/${office}`);
		await fillIn(page, 0);
		await page.getByRole('heading', { name: 'Has arrived' }).or(page.getByText('arrived and')).first().waitFor();
		await page.context().close();

		const phone = await team.stranger({ viewport: { width: 320, height: 640 } });
		await phone.goto(`${line.base}/en/c/${field}`);
		await phone.getByText('opens without a connection').waitFor();
		line.cut();
		await phone.reload();
		await fillIn(phone, 1);
		await phone.getByText('Your answers have not arrived yet').waitFor();
		line.mend();
		// It goes by itself before long, unless it is told to go now: the button may be gone already.
		await phone.getByRole('button', { name: 'Send again' }).click({ timeout: 2000 }).catch(() => undefined);
		await phone.getByRole('heading', { name: 'Has arrived' }).or(phone.getByText('arrived and')).first().waitFor();
		await phone.context().close();

		expect(await post(app3, await collect(app3, 2))).toBe(201);
		late = await collect(app3, 0);
	});

	it('sees what came against what is wanted, the authority asks about one, and all are approved', async () => {
		const [analyst, official] = [await team.as('analyst'), await team.as('official-national')];
		await analyst.go(`${at}/progress`);
		expect(await analyst.main()).toMatch(/3 of 30 received/);
		await analyst.go(`${at}/answers`);
		const answers = await analyst.page.locator('main tbody a').evaluateAll((all) => [...new Set(all.map((a) => (a.getAttribute('href') ?? '').split('/').at(-1) ?? ''))]);
		expect(answers).toHaveLength(3);
		// The authority reads what came and asks about it; who analyses looks again and approves.
		await official.go(`${at}/answers/${answers[0]}`);
		expect(await official.main()).toContain('Which field do you work in?');
		await official.send(`${at}/answers/${answers[0]}?/comment`, { id: newId(), body: `Was this one asked in ${round.name}? @analyst`, roles: [] });
		await analyst.go('');
		expect(await analyst.main()).toContain(round.name);
		for (const answer of answers) await analyst.send(`${at}/answers/${answer}?/review`, { id: newId(), state: 'approved', note: '' });
		await official.go(`${at}/answers?state=approved`);
		expect(await official.main()).toContain('Rows: 3 of 3');
	});

	it('closes it, and nothing more is taken', async () => {
		const analyst = await team.as('analyst');
		await analyst.send(`${at}?/close`, {});
		expect(await post(phones[2] ?? '', late)).toBe(403);
		const page = await team.stranger();
		await page.goto(`${app.base}/en/c/${phones[0]}`);
		expect(await page.getByRole('button', { name: 'I agree' }).count()).toBe(0);
		await page.context().close();
	});
});

it('no page complained', () => expect(team.wrong.filter((each) => !each.includes('ERR_'))).toEqual([]));
