import { getContext, setContext } from 'svelte';
import { fieldId } from './field.ts';

/** What the fields of a form are called, and where each begins: an error summary stands above them and is drawn before them. */
type Labels = Map<string, { readonly label: string; readonly id: string }>;

const key = Symbol('labels');

/** Begins a first drawing of a form's fields, in which they show nothing and only say what they are called. */
export const collectLabels = (into: Labels): Labels => setContext(key, into);

/**
 * Asked by a field as it is drawn: whether this is that first drawing.
 * @param at the field at which it begins, where it consists of several
 */
export function tellLabel(name: string, label: string, at: string = name): boolean {
	const labels = getContext<Labels | undefined>(key);
	labels?.set(name, { label, id: fieldId(at) });
	return labels !== undefined;
}

/** An error with the name of its field before it: `Title: Fill in this field.` What ends a label already stays its end. */
export const namedError = (label: string | undefined, message: string): string =>
	label === undefined ? message : `${label.replace(/\s*:$/u, '')}${/[?!.…]$/u.test(label) ? '' : ':'} ${message}`;
