import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deep } from '../deep.ts';
import { breakOff } from './broken-off.ts';
import { anyForm, bodyOf, fieldsOf, type HostileForm } from './forms.ts';
import { filledForms } from './honest.ts';
import { addressOf, everyRoute, type Route } from './routes.ts';
import { makeStage, type Stage } from './stage.ts';

const routes = everyRoute();
let stage: Stage;
const values = new Map<Route, Record<string, string>>();

beforeAll(async () => {
	stage = await makeStage();
	for (const route of routes) values.set(route, await stage.parametersOf(route));
});
afterAll(() => stage.stop());

const valuesOf = (route: Route): Record<string, string> => values.get(route) ?? {};

type Answer = { readonly status: number; readonly to: string | null };
async function get(address: string, cookie?: string): Promise<Answer> {
	const response = await fetch(`${stage.app.base}/uz${address}`, { redirect: 'manual', headers: cookie ? { cookie } : {} });
	await response.arrayBuffer();
	return { status: response.status, to: response.headers.get('location') };
}

/** Does a few at a time, as browsers do. */
async function several<T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> {
	const waiting = [...things];
	await Promise.all(Array.from({ length: 4 }, async () => {
		for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
	}));
}

/** Routes that hang on a programme; the others belong to whoever is signed in, or to everybody. */
const ofProgramme = routes.filter(({ parameters }) => parameters[0] === 'programme');
/** Parameters that hold a record of the programme. */
const recordsIn = (route: Route): string[] => route.parameters.filter((name) => !['programme', 'format', 'picture', 'kind', 'records', 'shipped', 'token'].includes(name));

describe('every page and endpoint', () => {
	it('is there for a coordinator, or says in order what is missing', async () => {
		const cookie = await stage.signedIn(stage.people.coordinator);
		const answers: string[] = [];
		let good = 0;
		await several(ofProgramme, async (route) => {
			const { status } = await get(addressOf(route, valuesOf(route)), cookie);
			if (status === 200) good++;
			else answers.push(`${status} ${route.path}`);
		});
		expect(answers.filter((answer) => !/^(?:303|307|400|403|404|405|409|410) /.test(answer))).toEqual([]);
		// Not vacuous: most of them show something.
		expect(good, answers.join('\n')).toBeGreaterThan(ofProgramme.length * 0.7);
	});

	it('fails for nobody, whatever role he has', async () => {
		const failed: string[] = [];
		const people = Object.entries(stage.people);
		for (const [n, [name, personId]] of people.entries()) {
			const cookie = await stage.signedIn(personId);
			// Each page by one of them, the next by another; by all of them with --deep.
			await several(routes.filter((_, m) => deep || (n + m) % people.length === 0), async (route) => {
				const { status } = await get(addressOf(route, valuesOf(route)), cookie);
				if (status >= 500) failed.push(`${status} ${route.path} for ${name}`);
			});
		}
		expect(failed).toEqual([]);
	});

	it('is not there for who has no role in the programme, and asks who is not signed in to sign in', async () => {
		const shown: string[] = [];
		for (const [name, personId] of [['stranger', stage.people.stranger], ['otherCoordinator', stage.people.otherCoordinator], ['nobody', '']] as const) {
			const cookie = personId === '' ? undefined : await stage.signedIn(personId);
			await several(ofProgramme, async (route) => {
				const { status, to } = await get(addressOf(route, valuesOf(route)), cookie);
				const fine = personId === '' ? (status === 303 && to?.includes('/sign-in?to=')) || status === 404 || status === 405 : status === 404 || status === 405;
				if (!fine) shown.push(`${status} ${to ?? ''} ${route.path} for ${name}`);
			});
		}
		expect(shown).toEqual([]);
	});

	it('does not show a record of one programme under the address of another', async () => {
		const cookie = await stage.signedIn(stage.people.coordinatorOfBoth);
		const shown: string[] = [];
		await several(ofProgramme.filter((route) => recordsIn(route).length > 0), async (route) => {
			const own = { ...valuesOf(route) };
			const { status } = await get(addressOf(route, { ...own, programme: stage.other }), cookie);
			if (status !== 404 && status !== 405) shown.push(`${status} ${route.path}`);
		});
		expect(shown).toEqual([]);
	});

	it('takes an address that nobody meant for one that is not there', async () => {
		const cookie = await stage.signedIn(stage.people.coordinator);
		const bad = ['%00', '%ff%fe', 'a'.repeat(300), "'%20or%20'1'='1", '..%2f..%2fetc%2fpasswd', '00000000-0000-0000-0000-000000000000', 'null', '%F0%9F%92%A5', '1e999', '%7B%7D', '__proto__', 'constructor', '%C4%B0'];
		const asked = routes.flatMap((route, n) => route.parameters.flatMap((name, m) => (deep ? bad : [bad[(n + m) % bad.length] ?? '']).map((value) => ({ route, name, value }))));
		const failed: string[] = [];
		await several(asked, async ({ route, name, value }) => {
			const { status } = await get(addressOf(route, valuesOf(route), { [name]: value }), cookie);
			if (status >= 500) failed.push(`${status} ${route.path} with ${name} = ${value}`);
		});
		expect(failed).toEqual([]);
	});

	it('bears whatever stands behind the question mark', async () => {
		const cookie = await stage.signedIn(stage.people.coordinator);
		const nasty = ['%00', '-1', '1e99', '%ff', 'a'.repeat(900), "';--", '[]', '%F0%9F%92%A5'];
		const names = ['q', 'sort', 'page', 'cols', 'to', 'place', 'state', 'organisation', 'gap', 'round', 'figure', 'from', 'day', 'row', 'question', 'answer', 'stage', 'kind', 'split', 'at', 'edit', 'open', 'version', 'type'];
		const failed: string[] = [];
		await several(routes, async (route) => {
			for (const shift of deep ? nasty.keys() : [routes.indexOf(route) % nasty.length]) {
				const query = names.map((name, n) => `${name}=${nasty[(n + shift) % nasty.length]}`).join('&');
				const { status } = await get(`${addressOf(route, valuesOf(route))}?${query}`, cookie);
				if (status >= 500) failed.push(`${status} ${route.path}?${query.slice(0, 200)}`);
			}
		});
		expect(failed).toEqual([]);
	});
});

const formed = routes.flatMap((route) => route.actions.map((action) => ({ route, action })));

describe('every form', () => {

	it('bears whatever is sent to it, and no record is lost by it', { timeout: 900_000 }, async () => {
		expect(formed.length).toBeGreaterThan(40);
		const before = await stage.counts();
		const fields = new Map<Route, string[]>();
		const send = async ({ at, ...form }: HostileForm): Promise<void> => {
			const { route, action } = formed[at % formed.length] ?? { route: routes[0], action: '' };
			if (!route) return;
			const cookie = await stage.signedIn(stage.people.coordinator);
			const address = `${stage.app.base}/uz${addressOf(route, valuesOf(route))}`;
			if (!fields.has(route)) fields.set(route, fieldsOf(await (await fetch(address, { headers: { cookie } })).text()));
			const { type, body } = bodyOf(form, fields.get(route) ?? []);
			const response = await fetch(`${address}${action === 'default' ? '' : `?/${action}`}`, {
				method: 'POST', redirect: 'manual', body: new Uint8Array(body), headers: { cookie, origin: stage.app.base, ...(type === null ? {} : { 'content-type': type }) }
			});
			const text = await response.text();
			expect(response.status, `${route.path} ${action}: ${text.slice(0, 300)}`).toBeLessThan(500);
			expect(text, `${route.path} ${action}`).not.toMatch(/node_modules|at async|\.server\.ts/);
		};
		// Each once, then as it comes.
		for (const at of formed.keys()) await send({ at, kind: 'fields', values: [], names: [] });
		await fc.assert(fc.asyncProperty(anyForm(formed.length), send), { numRuns: deep ? 4000 : 60, endOnFailure: true });
		const after = await stage.counts();
		for (const [table, count] of Object.entries(before)) expect(after[table], table).toBeGreaterThanOrEqual(count);
		expect((await fetch(`${stage.app.base}/ready`)).status).toBe(200);
	});

	it('is carried out on no record of one programme under the address of another, though the sender may in both', { timeout: 600_000 }, async () => {
		const cookie = await stage.signedIn(stage.people.coordinatorOfBoth);
		// Everything that is written for a programme has its entry.
		const entries = async (): Promise<string | undefined> => (await stage.database.query<{ count: string }>('select count(*) from platform.journal where programme_id = $1', [stage.programme])).rows[0]?.count;
		const before = await entries();
		const done: string[] = [];
		let stopped = 0;
		for (const route of ofProgramme.filter(({ actions }) => actions.length > 0)) {
			const page = await fetch(`${stage.app.base}/uz${addressOf(route, valuesOf(route))}`, { redirect: 'manual', headers: { cookie } });
			const forms = filledForms(await page.text());
			// The address names the other programme; all the rest, in the address and in the fields, is of the first.
			const elsewhere = `${stage.app.base}/uz${addressOf(route, { ...valuesOf(route), programme: stage.other })}`;
			for (const action of route.actions) {
				const fields = forms.find((form) => form.action === action)?.fields ?? [];
				const body = new URLSearchParams(fields.map(([name, value]) => [name, value]));
				const { status } = await fetch(`${elsewhere}${action === 'default' ? '' : `?/${action}`}`, { method: 'POST', redirect: 'manual', body, headers: { cookie, origin: stage.app.base } });
				if (status === 404) stopped++;
				if (status >= 500 || (recordsIn(route).length > 0 && ![400, 404].includes(status))) done.push(`${status} ${route.path} ${action}`);
			}
		}
		expect(done).toEqual([]);
		expect(await entries(), 'something was written into the first programme').toBe(before);
		// Not vacuous: what parses is stopped by the address alone.
		expect(stopped).toBeGreaterThan(50);
	});
});

describe('whoever goes away before the answer', () => {
	it('takes nobody else\'s program along, wherever it was and whatever was on its way', { timeout: 600_000 }, async () => {
		const cookie = await stage.signedIn(stage.people.coordinator);
		const headers = { cookie, origin: stage.app.base, 'accept-encoding': 'gzip, deflate, br', 'sec-fetch-site': 'same-origin' };
		const asked = routes.map((route) => ({ line: `GET /uz${addressOf(route, valuesOf(route))}`, headers }));
		const sent = formed.map(({ route, action }) => ({
			line: `POST /uz${addressOf(route, valuesOf(route))}${action === 'default' ? '' : `?/${action}`}`,
			headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x', 'content-length': '90000' },
			body: `--x\r\ncontent-disposition: form-data; name="note"\r\n\r\n${'a'.repeat(500)}`
		}));
		for (let turn = 0; turn < (deep ? 30 : 2); turn++) {
			// Each request in one of the two turns; in all thirty with --deep.
			await several([...[...asked, ...sent].entries()].filter(([n]) => deep || (n >> 1) % 2 === turn), ([n, request]) =>
				breakOff(stage.app.base, { ...request, when: turn % 2 && n < asked.length ? 'answered' : Math.random() * 80, reset: (n + (turn >> 1)) % 2 === 0 })
			);
		}
		expect(stage.app.said()).not.toContain('a fault nobody caught');
		expect((await fetch(`${stage.app.base}/ready`)).status).toBe(200);
	});
});
