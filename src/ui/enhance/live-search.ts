import { fetchPage, takeOver } from './fetch-page.ts';

/** Milliseconds after the last key. */
const pause = 250;

/**
 * Answers a table's search while one types: the table, its count and its exports are taken from the page that the form would have led
 * to, and the address follows, so that the link still shows the same again. Whatever goes wrong, the form is sent as without script.
 */
export function searchAsTyped(page: Document): void {
	for (const form of page.querySelectorAll<HTMLFormElement>('form[data-live-search]')) {
		let timer: ReturnType<typeof setTimeout> | undefined;
		let asked: AbortController | undefined;
		// An address that changes while the person is on the way to another page would call that page off.
		addEventListener('beforeunload', () => {
			clearTimeout(timer);
			asked?.abort();
		});
		form.addEventListener('input', (event) => {
			if (!(event.target instanceof HTMLInputElement) || event.target.type !== 'search') return;
			clearTimeout(timer);
			asked?.abort();
			timer = setTimeout(() => {
				asked = new AbortController();
				void answer(form, asked.signal);
			}, pause);
		});
	}
}

async function answer(form: HTMLFormElement, signal: AbortSignal): Promise<void> {
	const name = form.dataset['liveSearch'] ?? '';
	const address = addressOf(form);
	const pieces = [...document.querySelectorAll<HTMLElement>(`[data-live^="${CSS.escape(name)}"]`)];
	for (const piece of pieces) piece.setAttribute('aria-busy', 'true');
	try {
		const fresh = await fetchPage(address, signal);
		if (signal.aborted) return;
		if (!fresh) return form.requestSubmit();
		takeOver(fresh, pieces);
		history.replaceState(history.state, '', address);
	} catch {
		// Without connection what is shown stays; the next key, or Enter, asks again.
	} finally {
		for (const piece of pieces) piece.removeAttribute('aria-busy');
	}
}

/** Where the form would lead: its fields, and nothing that was left empty. */
function addressOf(form: HTMLFormElement): string {
	const query = new URLSearchParams();
	for (const [name, value] of new FormData(form)) if (typeof value === 'string' && value !== '') query.append(name, value);
	const text = query.toString();
	return location.pathname + (text === '' ? '' : `?${text}`);
}
