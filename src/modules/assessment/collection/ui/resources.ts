/** Hints that are shown on request alone, by language and name of the text. */
export type Guidance = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Takes the guidance out of a form: its engine would run it together with the hint. What is left is the form without it.
 * Inside guidance, values of other answers are left out.
 */
export function withoutGuidance(xform: string): { readonly xform: string; readonly guidance: Guidance } {
	const guidance = new Map<string, Map<string, string>>();
	if (!xform.includes('form="guidance"')) return { xform, guidance };
	const form = new DOMParser().parseFromString(xform, 'text/xml');
	for (const value of form.querySelectorAll('translation > text > value[form="guidance"]')) {
		const text = value.parentElement;
		const language = text?.parentElement?.getAttribute('lang') ?? '';
		const texts = guidance.get(language) ?? new Map<string, string>();
		guidance.set(language, texts.set(text?.getAttribute('id') ?? '', value.textContent ?? ''));
		value.remove();
	}
	return { xform: new XMLSerializer().serializeToString(form), guidance };
}
