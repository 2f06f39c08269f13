/** Milliseconds after the last key before what was typed is kept, and before it is tried again without connection. */
const pause = 1_500;
const again = 5_000;

type Kept = { values: [string, string][]; keptAt: string };

/**
 * Keeps what is typed into a form on the server until the form is sent, for the person alone: a closed tab or a lost connection loses
 * nothing, and nothing lies on a shared computer. A form says `data-keep`; what is secret or a file is never kept.
 */
export function keepForms(page: Document): void {
	for (const form of page.querySelectorAll<HTMLFormElement>('form[data-keep]')) void keep(form);
}

async function keep(form: HTMLFormElement): Promise<void> {
	const [, locale = '', ...rest] = location.pathname.split('/');
	const address = `/${locale}/kept?of=${encodeURIComponent(`/${rest.join('/')}`)}`;
	const say = (key: 'saving' | 'saved' | 'unsaved', at = new Date()): void => {
		const status = form.querySelector('[data-kept-status]');
		if (status) status.textContent = (form.dataset[key] ?? '').replace('{time}', clock(at));
	};
	let timer: ReturnType<typeof setTimeout> | undefined;
	let last = JSON.stringify(typed(form));
	const save = async (): Promise<void> => {
		const now = JSON.stringify(typed(form));
		if (now === last) return;
		try {
			const response = await fetch(address, { method: 'PUT', body: now, headers: { 'content-type': 'application/json' }, signal: AbortSignal.timeout(20_000) });
			if (response.status >= 400 && response.status < 500) return say('unsaved');
			if (!response.ok) throw new Error('not now');
			last = now;
			say('saved');
		} catch {
			say('unsaved');
			timer = setTimeout(() => void save(), again);
		}
	};
	const later = (): void => {
		clearTimeout(timer);
		timer = setTimeout(() => void save(), pause);
	};
	form.addEventListener('input', later);
	form.addEventListener('change', later);
	// Sent: the server forgets it when the form is carried out, and keeps it when it is not.
	form.addEventListener('submit', () => clearTimeout(timer));
	// A page that comes back with errors holds what was typed already.
	if (form.dataset['keepOffer'] !== undefined) await offer(form, address, later);
}

/** Offers what was typed and never sent; nothing is put into the form unasked, for the record may have changed since. */
async function offer(form: HTMLFormElement, address: string, changed: () => void): Promise<void> {
	const found = await fetch(address).then(
		(response) => (response.status === 200 ? response.json() : undefined),
		() => undefined
	);
	const box = form.querySelector<HTMLElement>('[data-kept-offer]');
	if (!isKept(found) || !box || JSON.stringify(found.values) === JSON.stringify(typed(form))) return;
	const words = box.querySelector('p');
	if (words) words.textContent = (words.textContent ?? '').replace('{time}', moment(new Date(found.keptAt)));
	box.hidden = false;
	box.querySelector('[data-kept-take]')?.addEventListener('click', () => {
		putBack(form, found.values);
		box.hidden = true;
		changed();
	});
	box.querySelector('[data-kept-drop]')?.addEventListener('click', () => {
		box.hidden = true;
		void fetch(address, { method: 'DELETE' });
	});
}

/** The fields as they stand: names and texts in order, without secrets, files and what the form says of itself. */
const typed = (form: HTMLFormElement): [string, string][] =>
	[...new FormData(form)].flatMap(([name, value]) => {
		const field = form.elements.namedItem(name);
		const own = field instanceof HTMLInputElement && (field.type === 'hidden' || field.type === 'password' || field.autocomplete === 'one-time-code');
		return typeof value === 'string' && !own ? [[name, value]] : [];
	});

function putBack(form: HTMLFormElement, values: readonly [string, string][]): void {
	const left = [...values];
	for (const field of form.elements) {
		if (field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')) {
			field.checked = values.some(([name, value]) => name === field.name && value === field.value);
		} else if (field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement || (field instanceof HTMLInputElement && !/^(?:hidden|password|file)$/.test(field.type))) {
			// Fields that share a name take their texts in the order in which they stand.
			const index = left.findIndex(([name]) => name === field.name);
			const [found] = index < 0 ? [] : left.splice(index, 1);
			if (!found || found[1] === field.value) continue;
			field.value = found[1];
			field.closest('details')?.setAttribute('open', '');
		}
	}
}

const isKept = (found: unknown): found is Kept =>
	typeof found === 'object' && found !== null && 'values' in found && Array.isArray(found.values) && 'keptAt' in found && typeof found.keptAt === 'string';

const two = (n: number): string => String(n).padStart(2, '0');
const clock = (at: Date): string => `${two(at.getHours())}:${two(at.getMinutes())}`;
const moment = (at: Date): string => (at.toDateString() === new Date().toDateString() ? clock(at) : `${two(at.getDate())}.${two(at.getMonth() + 1)}. ${clock(at)}`);
