import { fetchPage, takeOver } from './fetch-page.ts';

/** Milliseconds between two looks while the page can be seen, and the longest wait after failures. */
const pause = 2_000;
const longest = 30_000;

/** Keeps the progress of long work up to date: looks again while a piece of the page says `data-live-progress`. */
export function refreshProgress(page: Document): void {
	if (page.querySelector('[data-live-progress]')) setTimeout(() => void look(pause), pause);
}

async function look(wait: number): Promise<void> {
	let next = pause;
	if (document.visibilityState === 'visible') {
		try {
			const fresh = await fetchPage(location.href, AbortSignal.timeout(20_000), true);
			// Finished or signed out: the page as it now is, once.
			if (!fresh?.querySelector('[data-live-progress]')) return location.reload();
			takeOver(fresh, document.querySelectorAll<HTMLElement>('[data-live-progress]'));
		} catch {
			next = Math.min(longest, wait * 2);
		}
	}
	setTimeout(() => void look(next), next);
}
