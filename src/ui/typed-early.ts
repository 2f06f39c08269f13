import { onMount } from 'svelte';

type Touched = { readonly field: HTMLElement; readonly changed: () => boolean; readonly restore: () => void };

/**
 * Keeps what was typed and ticked before the page's script came: on a slow line people begin with what they see, and while Svelte
 * takes a page over it sets its fields back to what the server had sent. Called once, by the outermost layout, before anything
 * inside it is taken over; what changed is put back, and told to whatever listens, when all of it is.
 */
export function keepWhatWasTyped(): void {
	if (typeof document === 'undefined') return;
	const touched = [...document.querySelectorAll('input, textarea, select')].flatMap((field) => touchedField(field) ?? []);
	onMount(() => {
		for (const { field, changed, restore } of touched) {
			if (!field.isConnected || !changed()) continue;
			restore();
			for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
		}
	});
}

function touchedField(field: Element): Touched | undefined {
	if (field instanceof HTMLSelectElement) {
		const chosen = new Set([...field.options].filter((option) => option.selected));
		const same = (): boolean => [...field.options].every((option) => option.selected === chosen.has(option));
		const restore = (): void => [...field.options].forEach((option) => (option.selected = chosen.has(option)));
		return { field, changed: () => !same(), restore };
	}
	if (field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')) {
		const { checked } = field;
		if (checked === field.defaultChecked) return undefined;
		return { field, changed: () => field.checked !== checked, restore: () => (field.checked = checked) };
	}
	if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return undefined;
	const { value } = field;
	if (field.type === 'file' || field.type === 'hidden' || value === field.defaultValue) return undefined;
	return { field, changed: () => field.value !== value, restore: () => (field.value = value) };
}
