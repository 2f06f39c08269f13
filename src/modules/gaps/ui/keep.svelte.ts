import { deserialize } from '$app/forms';
import type { Attachment } from 'svelte/attachments';
import { m } from '#paraglide/messages.js';
import { formatTime } from '#ui/format.ts';

/** Milliseconds after which keeping is tried again without connection, and after which what is being typed is kept. */
const again = 4000;
const pause = 800;

/**
 * Keeps a form as soon as something in it is chosen, as its button does, and says so. What the server refuses is shown by sending the form
 * whole.
 */
export function keeping(): { readonly status: string; readonly attach: Attachment<HTMLFormElement> } {
	let status = $state('');

	const attach: Attachment<HTMLFormElement> = (form) => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		let stopped = false;
		const send = async (): Promise<void> => {
			try {
				const response = await fetch(form.action, { method: 'POST', body: new FormData(form), headers: { 'x-sveltekit-action': 'true', accept: 'application/json' }, signal: AbortSignal.timeout(20_000) });
				const result = deserialize(await response.text());
				if (stopped) return;
				// eslint-disable-next-line svelte/prefer-svelte-reactivity -- made, shown and forgotten; nothing waits for its changes
				if (result.type === 'redirect') status = m.gaps_saved_at({ time: formatTime(new Date(), Intl.DateTimeFormat().resolvedOptions().timeZone) });
				else form.requestSubmit();
			} catch {
				if (stopped) return;
				status = m.gaps_unsaved();
				timer = setTimeout(() => void send(), again);
			}
		};
		const changed = (): void => {
			clearTimeout(timer);
			timer = setTimeout(() => void send(), pause);
		};
		const submitted = (): void => {
			stopped = true;
			clearTimeout(timer);
		};
		form.addEventListener('input', changed);
		form.addEventListener('submit', submitted);
		return () => {
			submitted();
			form.removeEventListener('input', changed);
			form.removeEventListener('submit', submitted);
		};
	};
	return {
		get status() {
			return status;
		},
		attach
	};
}
