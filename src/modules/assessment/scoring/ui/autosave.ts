import { z } from 'zod';

const answer = z.object({ type: z.string() });

/**
 * Keeps a form as it is filled in: a moment after a change it is sent to its own action, one sending at a time, the newest last.
 * The fields that say what was shown are renewed, so that the next sending holds only what changed since.
 * @param told is told how the keeping goes
 */
export function autosave(told: (state: 'saving' | 'saved' | 'failed') => void) {
	return (form: HTMLFormElement): (() => void) => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		let sending: Promise<void> = Promise.resolve();
		const send = async (): Promise<void> => {
			told('saving');
			const body = new FormData(form);
			body.set('next', 'stay');
			try {
				const response = await fetch(location.href, { method: 'POST', body, headers: { accept: 'application/json', 'x-sveltekit-action': 'true' } });
				const kept = answer.safeParse(await response.json());
				if (!kept.success || kept.data.type !== 'redirect') return told('failed');
				renew(form, body);
				told('saved');
			} catch {
				told('failed');
			}
		};
		const changed = (): void => {
			clearTimeout(timer);
			timer = setTimeout(() => {
				sending = sending.then(send);
			}, 800);
		};
		form.addEventListener('input', changed);
		return () => {
			clearTimeout(timer);
			form.removeEventListener('input', changed);
		};
	};
}

/** Writes into the `was` fields what was just kept. */
function renew(form: HTMLFormElement, sent: FormData): void {
	for (const field of form.querySelectorAll<HTMLInputElement>('input[type="hidden"][name^="was."]')) {
		const index = field.name.slice('was.'.length);
		const score = String(sent.get(`score.${index}`) ?? '');
		const evidence = score === 'na' ? [] : sent.getAll(`evidence.${index}`).map(String).sort();
		field.value = [score, evidence.join(','), String(sent.get(`note.${index}`) ?? '').trim()].join('|');
	}
}
