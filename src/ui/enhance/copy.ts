/** Shows the buttons that copy an address or a code, and lets them. Where the browser lends no clipboard, they stay out of sight. */
export function copyOnRequest(page: Document): void {
	// Lent over TLS and on the machine itself alone.
	if (!isSecureContext) return;
	for (const place of page.querySelectorAll<HTMLElement>('[data-copy]')) {
		place.hidden = false;
		const status = place.querySelector('[role=status]');
		place.querySelector('button')?.addEventListener('click', () => {
			void navigator.clipboard.writeText(place.dataset['copy'] ?? '').then(
				() => status && (status.textContent = place.dataset['copied'] ?? ''),
				() => (place.hidden = true)
			);
		});
	}
}
