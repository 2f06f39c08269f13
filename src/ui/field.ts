/** How a form's fields are named in the page, in one place: the error summary links to what the field draws. */

/** The element id of the field called `name`; brackets and dots of nested names become hyphens. */
export function fieldId(name: string): string {
	return `f-${name.replace(/[^\p{L}\p{N}_-]+/gu, '-')}`;
}

/** One choice of a select, of radios or of checkboxes. */
export interface Choice {
	value: string;
	label: string;
	/** A sentence under the label (radios and checkboxes only). */
	hint?: string | undefined;
	disabled?: boolean;
}

/** The message that belongs to a field, or nothing. */
export function errorOf(
	errors: readonly { field: string; message: string }[] | undefined,
	name: string
): string | undefined {
	return errors?.find((error) => error.field === name)?.message;
}

/** The messages for these fields: of a form that stands on a page beside others. */
export function errorsFor<E extends { readonly field: string }>(errors: readonly E[] | undefined, ...names: readonly string[]): E[] {
	return (errors ?? []).filter(({ field }) => names.includes(field));
}
