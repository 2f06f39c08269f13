/** Milliseconds after which an open vault locks: without a touch, and out of sight. */
export const locksAfter = { idle: 10 * 60_000, hidden: 5 * 60_000 };

/**
 * Calls `lock` when nobody has touched the page for long, or has not had it before her eyes. Timers sleep in a pocket: the clock
 * is asked again when the page comes back.
 * @returns stops watching
 */
export function watchIdle(lock: () => void, after: { readonly idle: number; readonly hidden: number } = locksAfter): () => void {
	let touched = Date.now();
	let hidden: number | undefined;
	const look = (): void => {
		const now = Date.now();
		if (now - touched >= after.idle || (hidden !== undefined && now - hidden >= after.hidden)) lock();
	};
	const touch = (): void => {
		look();
		touched = Date.now();
	};
	const seen = (): void => {
		if (document.visibilityState === 'hidden') hidden ??= Date.now();
		else {
			look();
			hidden = undefined;
		}
	};
	const touches = ['pointerdown', 'keydown', 'input', 'scroll'] as const;
	for (const name of touches) addEventListener(name, touch, { capture: true, passive: true });
	document.addEventListener('visibilitychange', seen);
	const timer = setInterval(look, Math.min(15_000, after.hidden / 4, after.idle / 4));
	return () => {
		clearInterval(timer);
		for (const name of touches) removeEventListener(name, touch, { capture: true });
		document.removeEventListener('visibilitychange', seen);
	};
}
