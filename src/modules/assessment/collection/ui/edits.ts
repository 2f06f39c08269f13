/**
 * A draft of an edit as it was before the edit began: under the identity that it replaces. The engine takes a draft back without a
 * word of what it replaces, and would send it as one more submission; opened as an edit anew, it says so again.
 * @returns undefined when the draft replaces nothing
 */
export function beforeEdit(xml: string): string | undefined {
	const form = new DOMParser().parseFromString(xml, 'text/xml');
	const named = (name: string): Element | undefined => [...form.getElementsByTagNameNS('*', name)].find(({ parentElement }) => parentElement?.localName === 'meta');
	const [replaced, own] = [named('deprecatedID'), named('instanceID')];
	if (!replaced?.textContent || !own) return undefined;
	own.textContent = replaced.textContent;
	replaced.remove();
	return new XMLSerializer().serializeToString(form);
}
