import { deserialize } from '$app/forms';
import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { m } from '#paraglide/messages.js';
import { formatTime } from '#ui/format.ts';

/** How the keeping of a form stands. */
export type SaveState = {
	/** Mark of the row as it was saved last: what the next saving is held against. */
	readonly mark: string;
	readonly status: string;
	/** Something typed earlier and never saved was put back. */
	readonly restored: boolean;
	readonly attach: Attachment<HTMLFormElement>;
};

/** Milliseconds after the last key before what was typed is saved; and before it is tried again without connection. */
const pause = 1200;
const again = 5000;

const storageKey = (key: string): string => `hamkor-instrument:${key}`;

/** What was typed lies in the browser until the server has it. Without storage nothing is lost while the page is open. */
function remember(key: string, form: HTMLFormElement): void {
	const typed = [...new FormData(form).entries()].filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0] !== 'seen');
	try {
		localStorage.setItem(storageKey(key), JSON.stringify(typed));
	} catch {
		// Full or forbidden: the form itself still holds it.
	}
}

function forget(key: string): void {
	try {
		localStorage.removeItem(storageKey(key));
	} catch {
		// As above.
	}
}

function putBack(key: string, form: HTMLFormElement): boolean {
	let typed: unknown;
	try {
		typed = JSON.parse(localStorage.getItem(storageKey(key)) ?? 'null');
	} catch {
		return false;
	}
	if (!Array.isArray(typed)) return false;
	let restored = false;
	for (const pair of typed) {
		if (!Array.isArray(pair)) continue;
		const [name, value]: unknown[] = pair;
		const field = typeof name === 'string' ? form.elements.namedItem(name) : null;
		if (typeof value !== 'string' || !(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)) continue;
		if (field.type === 'hidden' || field.value === value) continue;
		field.value = value;
		restored = true;
	}
	return restored;
}

/**
 * Saves a form a moment after the last change, as its button does. Refused or without connection, what was typed stays
 * in the form and in the browser's own storage, and is put back when the row is opened again.
 * @param given what is being written, and the mark of the row as the page showed it
 */
export function autosave(given: { key: string; mark: string }, onsaved: () => void): SaveState {
	let mark = $state(given.mark);
	let status = $state('');
	let restored = $state(false);
	let stopped = false;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let sending = false;
	let changed = 0;

	async function send(form: HTMLFormElement): Promise<void> {
		if (sending || stopped) return;
		sending = true;
		const at = changed;
		status = m.instruments_saving();
		try {
			const body = new FormData(form);
			body.set('seen', mark);
			const response = await fetch(form.action, { method: 'POST', body, headers: { 'x-sveltekit-action': 'true', accept: 'application/json' }, signal: AbortSignal.timeout(20_000) });
			const result = deserialize(await response.text());
			if (result.type === 'redirect') {
				mark = new URL(result.location, location.href).searchParams.get('mark') ?? mark;
				if (changed === at) forget(given.key);
				// eslint-disable-next-line svelte/prefer-svelte-reactivity -- made, shown and forgotten; nothing waits for its changes
				status = m.instruments_saved_at({ time: formatTime(new Date(), Intl.DateTimeFormat().resolvedOptions().timeZone) });
				onsaved();
			} else {
				// Somebody was quicker, or it cannot be: the whole page shows it, with what was typed.
				stopped = true;
				form.requestSubmit();
			}
		} catch {
			status = m.instruments_unsaved();
			timer = setTimeout(() => void send(form), again);
		}
		sending = false;
		if (changed !== at && !stopped) timer = setTimeout(() => void send(form), pause);
	}

	const attach: Attachment<HTMLFormElement> = (form) => {
		untrack(() => {
			restored = putBack(given.key, form);
		});
		const typed = (): void => {
			changed += 1;
			remember(given.key, form);
			clearTimeout(timer);
			timer = setTimeout(() => void send(form), pause);
		};
		const submitted = (): void => {
			clearTimeout(timer);
			stopped = true;
			forget(given.key);
		};
		form.addEventListener('input', typed);
		form.addEventListener('change', typed);
		form.addEventListener('submit', submitted);
		if (untrack(() => restored)) typed();
		return () => {
			// Whoever leaves the row in mid-word leaves it saved.
			if (changed > 0 && !stopped && timer !== undefined) {
				clearTimeout(timer);
				void send(form);
			}
			form.removeEventListener('input', typed);
			form.removeEventListener('change', typed);
			form.removeEventListener('submit', submitted);
		};
	};

	return {
		get mark() {
			return mark;
		},
		get status() {
			return status;
		},
		get restored() {
			return restored;
		},
		attach
	};
}
