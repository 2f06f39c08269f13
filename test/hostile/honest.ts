import { parseHTML } from 'linkedom';

/** A form of a page, filled in as somebody would who means well: what is offered is chosen, what is asked is answered. */
export type FilledForm = { readonly action: string; readonly fields: readonly (readonly [string, string])[] };

const typed: Readonly<Record<string, string>> = { number: '1', date: '2026-03-01', 'datetime-local': '2026-03-01T10:00', email: 'sinov@example.org', url: 'https://example.org/', password: 'toʻrt oq ot choʻlda' };

/** The forms of a page that send something, each under the name of its action. */
export function filledForms(html: string): FilledForm[] {
	const { document } = parseHTML(html);
	return [...document.querySelectorAll('form')]
		.filter((form) => form.getAttribute('method')?.toLowerCase() === 'post')
		.map((form) => ({
			action: /\?\/(\w+)/.exec(form.getAttribute('action') ?? '')?.[1] ?? 'default',
			fields: [...form.querySelectorAll('input, select, textarea, button[name]')].flatMap((field): [string, string][] => {
				const name = field.getAttribute('name');
				const value = name === null ? undefined : valueOf(field, form);
				return name === null || value === undefined ? [] : [[name, value]];
			})
		}));
}

function valueOf(field: Element, form: Element): string | undefined {
	const value = field.getAttribute('value');
	if (field.tagName === 'TEXTAREA') return field.textContent || 'Sinov soʻzlari';
	if (field.tagName === 'SELECT') return [...field.querySelectorAll('option')].map((option) => option.getAttribute('value') ?? option.textContent ?? '').find((option) => option !== '');
	switch (field.getAttribute('type')) {
		case 'hidden':
		case 'submit':
			return value ?? '';
		case 'file':
			return undefined;
		case 'radio':
			return form.querySelector(`input[type=radio][name="${quoted(field.getAttribute('name') ?? '')}"]`) === field ? (value ?? 'on') : undefined;
		case 'checkbox':
			return value ?? 'on';
		default:
			return value || typed[field.getAttribute('type') ?? ''] || 'Sinov';
	}
}

const quoted = (name: string): string => name.replace(/["\\]/g, '\\$&');
