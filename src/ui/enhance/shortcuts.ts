/** Where somebody who does not want single keys says so (WCAG 2.1.4); on this browser. */
const storageKey = 'hamkor-shortcuts';
/** How long after `g` the next letter counts, in milliseconds. */
const patience = 1_500;

/**
 * `/` goes to the search, `g` and a letter to a section, `j` and `k` to the next and the one before, `?` shows them all. Keys are read by their place on the keyboard, so that
 * they are the same under a Cyrillic layout.
 */
export function listenForShortcuts(page: Document): void {
	const dialog = page.querySelector('dialog[data-shortcuts]');
	if (!(dialog instanceof HTMLDialogElement)) return;
	const places = new Map([...page.querySelectorAll<HTMLAnchorElement>('a[data-go]')].map((link) => [link.dataset['go'] ?? '', link.href]));
	let afterG = -Infinity;
	offer(page, dialog);
	page.addEventListener('keydown', (event) => {
		if (!wanted() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || dialog.open) return;
		if (event.key === '?' || (event.code === 'Slash' && event.shiftKey)) dialog.showModal();
		else if (event.key === '/' || event.code === 'Slash') {
			const search = page.querySelector<HTMLInputElement>('main input[type="search"]');
			if (!search) return;
			search.focus();
			search.select();
		} else if (event.timeStamp - afterG < patience && places.has(letter(event))) {
			location.assign(places.get(letter(event)) ?? '');
		} else if (step(page, letter(event))) {
			location.assign(step(page, letter(event)) ?? '');
		} else {
			afterG = event.code === 'KeyG' ? event.timeStamp : -Infinity;
			return;
		}
		afterG = -Infinity;
		event.preventDefault();
	});
}

/** Where `j` (the next) or `k` (the one before) leads on this page. */
function step(page: Document, key: string): string | undefined {
	const rel = key === 'j' ? 'next' : key === 'k' ? 'prev' : undefined;
	return rel === undefined ? undefined : page.querySelector<HTMLAnchorElement>(`main a[rel="${rel}"]`)?.href;
}

/** Shows the button that opens the list, and the switch in it. */
function offer(page: Document, dialog: HTMLDialogElement): void {
	for (const button of page.querySelectorAll<HTMLButtonElement>('button[data-open-shortcuts]')) {
		button.hidden = false;
		button.addEventListener('click', () => dialog.showModal());
	}
	const choice = dialog.querySelector<HTMLInputElement>('input[type="checkbox"]');
	if (!choice) return;
	choice.checked = wanted();
	choice.addEventListener('change', () => {
		try {
			if (choice.checked) localStorage.removeItem(storageKey);
			else localStorage.setItem(storageKey, 'off');
		} catch {
			// Storage is forbidden here: the choice holds until the page is left.
		}
	});
}

function wanted(): boolean {
	try {
		return localStorage.getItem(storageKey) !== 'off';
	} catch {
		return true;
	}
}

const letter = (event: KeyboardEvent): string => (event.code.startsWith('Key') ? event.code.slice(3).toLowerCase() : event.key);

const typing = (target: EventTarget | null): boolean =>
	target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, select, input:not([type="checkbox"], [type="radio"], [type="submit"], [type="button"])'));
