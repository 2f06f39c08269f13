/**
 * The worker of the filling pages. It is registered for their folders alone (`/{locale}/c/` and each round's `fill` page), sees
 * no request of any other page, and keeps nothing that a person wrote or that a form asks: only the program's own files, and one
 * empty page a language. Forms and answers lie sealed in `src/offline/`.
 */
import { version } from '$app/env';
import { self } from '$app/service-worker';
import { files } from 'virtual:filling-files';

const prefix = 'hamkor-filling-';
const cacheName = `${prefix}${version}`;

/** Milliseconds that a page may keep the person waiting before the one on the device is shown instead. */
const patience = 6000;

/** The language stands first in the address, in that of the scope too. */
const locale = new URL(self.registration.scope).pathname.split('/')[1] ?? '';
const emptyPage = `/${locale}/c/device`;

self.addEventListener('install', (event) => {
	event.waitUntil(keepProgram());
});

async function keepProgram(): Promise<void> {
	const cache = await caches.open(cacheName);
	const there = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
	// What the page has just loaded comes from the browser's own cache: it travels once.
	const wanted = files.filter((file) => !there.has(file));
	for (let at = 0; at < wanted.length; at += 6) await cache.addAll(wanted.slice(at, at + 6));
	// Asked for as nobody: the page that lies on a device names no one who was signed in.
	const page = await fetch(emptyPage, { credentials: 'omit', cache: 'no-store' });
	if (!page.ok || page.redirected) throw new Error('the page for the device did not come');
	await cache.put(emptyPage, page);
}

self.addEventListener('activate', (event) => {
	event.waitUntil(Promise.all([dropOldPrograms(), self.clients.claim()]));
});

/** A page that is open may belong to the version before, and has not loaded all of it yet: then its files stay until next time. */
async function dropOldPrograms(): Promise<void> {
	const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
	if (open.some(({ url }) => isFilling(new URL(url).pathname))) return;
	for (const name of await caches.keys()) if (name.startsWith(prefix) && name !== cacheName) await caches.delete(name);
}

const isFilling = (pathname: string): boolean => /^\/[^/]+\/(?:c\/|p\/[^/]+\/assessment\/rounds\/[^/]+\/fill$)/.test(pathname);

self.addEventListener('fetch', (event) => {
	const { request } = event;
	if (request.method !== 'GET') return;
	const { origin, pathname, searchParams } = new URL(request.url);
	if (origin !== self.location.origin) return;
	if (pathname.startsWith('/_app/immutable/')) event.respondWith(programFile(request));
	else if (request.mode === 'navigate' && isFilling(pathname)) event.respondWith(fillingPage(request, !searchParams.has('wait')));
});

/** A file of the program, of whichever version: its name changes with what is in it. */
async function programFile(request: Request): Promise<Response> {
	return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** The page as the server gives it; where it gives none, the empty one that opens what lies on the device. */
async function fillingPage(request: Request, hurried: boolean): Promise<Response> {
	const kept = async (): Promise<Response | undefined> => {
		const own = await (await caches.open(cacheName)).match(emptyPage, { ignoreVary: true });
		return own ?? caches.match(emptyPage, { ignoreVary: true });
	};
	const late = new Promise<Response | undefined>((resolve) => setTimeout(() => resolve(undefined), hurried ? patience : 120_000));
	const answer = await Promise.race([fetch(request).catch(() => undefined), late]);
	// A gateway that says so itself is no server of ours.
	if (answer && ![502, 503, 504].includes(answer.status)) return answer;
	return (await kept()) ?? answer ?? Response.error();
}
