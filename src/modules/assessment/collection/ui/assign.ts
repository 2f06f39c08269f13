import type { Room } from '#offline/room.svelte.ts';
import { keepForm } from '#offline/shelf.ts';
import { localizeHref } from '#paraglide/runtime.js';
import { registerWorker } from '#offline/worker-link.ts';
import { FormFiles, keepFiles } from './form-files.svelte.ts';
import { isPage } from './kept-page.ts';

/**
 * Brings every form onto the device into which the signed-in person may send now. Sensitive ones come only where a person locked
 * the device.
 * @returns how many; undefined when the server was not reached
 */
export async function assign(room: Room): Promise<number | undefined> {
	const pages = await assigned();
	if (!pages) return undefined;
	if (pages.length > 0) await room.begin();
	const kept = pages.filter((page) => room.state === 'open' || (room.state === 'device' && !page.sensitive));
	for (const page of kept) {
		const { form, address, round, title, sensitive } = page;
		await keepForm(room.vault, { form, address, round, title, sensitive, page }, page.files.map(({ hash }) => hash));
		await keepFiles(room.vault, page, new FormFiles(page)).catch(() => false);
		void registerWorker(localizeHref(address));
	}
	await room.changed();
	return kept.length;
}

async function assigned() {
	try {
		const response = await fetch(localizeHref('/c/assigned'), { credentials: 'same-origin', cache: 'no-store', redirect: 'error' });
		const found: unknown = response.ok ? await response.json() : undefined;
		return Array.isArray(found) ? found.filter(isPage) : undefined;
	} catch {
		return undefined;
	}
}
