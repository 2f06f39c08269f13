/** Signs of somebody being there. */
const signs = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;
/** Milliseconds between two looks at the clock; a computer that slept is found out at the first look after. */
const look = 10_000;

/**
 * Covers a page that somebody signed in left open: after the idle time nothing of it stays on the screen or in the tab's title. What
 * was typed is still there below. Who comes back asks the server, which has locked the session by then unless it was used elsewhere.
 */
export function coverWhenIdle(page: Document): void {
	const cover = page.querySelector<HTMLElement>('[data-idle-cover]');
	const minutes = Number(cover?.dataset['idleCover']);
	if (!cover || !(minutes > 0)) return;
	const title = page.title;
	let last = Date.now();
	const covered = (): boolean => 'covered' in page.documentElement.dataset;

	const check = (): void => {
		if (covered() || Date.now() - last < minutes * 60_000) return;
		page.documentElement.dataset['covered'] = '';
		page.title = cover.dataset['tab'] ?? '';
		cover.hidden = false;
		cover.focus();
	};
	const uncover = (): void => {
		delete page.documentElement.dataset['covered'];
		page.title = title;
		cover.hidden = true;
		last = Date.now();
	};

	for (const sign of signs) page.addEventListener(sign, () => (covered() ? undefined : (check(), (last = Date.now()))), { passive: true, capture: true });
	page.addEventListener('visibilitychange', check);
	setInterval(check, look);
	cover.querySelector('button')?.addEventListener('click', () => void comeBack(cover, uncover));
}

/** Asks for this very page: if it is to be had, the cover goes; if the server sends elsewhere, to unlock or to sign in, so do we. */
async function comeBack(cover: HTMLElement, uncover: () => void): Promise<void> {
	const unreachable = cover.querySelector<HTMLElement>('[data-idle-unreachable]');
	try {
		const answer = await fetch(location.href, { method: 'HEAD', redirect: 'manual', cache: 'no-store', signal: AbortSignal.timeout(20_000) });
		if (unreachable) unreachable.hidden = true;
		if (answer.ok) uncover();
		else location.reload();
	} catch {
		if (unreachable) unreachable.hidden = false;
	}
}
