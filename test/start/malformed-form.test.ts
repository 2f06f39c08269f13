import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type App } from '../app.ts';

let app: App;
beforeAll(async () => {
	app = await startApp();
});
afterAll(async () => {
	await app.stop();
});

const bodies: [string, string, string][] = [
	['a broken-off upload', 'multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nhalf'],
	['an upload without a boundary', 'multipart/form-data', 'whatever'],
	['plain text', 'text/plain', 'name=somebody'],
	['bytes that no text can hold', 'application/x-www-form-urlencoded', 'name=%00&code=%FF%FE']
];
const nowhere = '00000000-0000-7000-8000-000000000000';

/** A form of signing in, a record's form, and the two pages that answer without a way on. */
const actions = ['/first-run', `/p/${nowhere}/gaps/new`, `/p/${nowhere}/briefings/new`, `/p/${nowhere}/assessment/rounds/${nowhere}/links?/make`, `/p/${nowhere}/network/people/invite`];

const post = (path: string, type: string, body: string): Promise<Response> =>
	fetch(`${app.base}/ru${path}`, { method: 'POST', body, headers: { 'content-type': type, origin: app.base }, redirect: 'manual' });

describe.each(bodies)('%s, sent as a form', (_, type, body) => {
	it.each(actions)('is no accident at %s', async (path) => {
		const { status } = await post(path, type, body);
		expect(status).toBeLessThan(500);
	});
});

it('says in the person’s language that nothing was kept', async () => {
	const response = await post('/first-run', 'multipart/form-data; boundary=x', '--x\r\nhalf');
	expect(response.status).toBe(400);
	expect(await response.text()).toContain('Ничего не сохранено');
});

it('keeps a name typed into the address bar out of the log', async () => {
	await fetch(`${app.base}/karimova`, { redirect: 'follow' });
	expect(app.said()).not.toContain('karimova');
});
