/**
 * Writes decimals as they were typed: the engine would turn 2 into 2.0 and 1.50 into 1.5.
 *
 * @param xml a filled form
 * @param typed digits by where they stand: `/data/visit[2]/hours`
 * @returns the same form; unchanged where a place is missing or holds another number
 */
export function asTyped(xml: string, typed: ReadonlyMap<string, string>): string {
	if (typed.size === 0) return xml;
	const form = new DOMParser().parseFromString(xml, 'text/xml');
	for (const [place, digits] of typed) {
		const element = elementAt(form, place);
		if (element && element.textContent !== '' && Number(element.textContent) === Number(digits)) element.textContent = digits;
	}
	return new XMLSerializer().serializeToString(form);
}

/** What stands at a place of a filled form. */
export function textAt(form: Document, place: string): string | undefined {
	return elementAt(form, place)?.textContent ?? undefined;
}

function elementAt(form: Document, place: string): Element | undefined {
	let here: Element | undefined = form.documentElement;
	for (const part of place.split('/').slice(2)) {
		const [, name = '', number = '1'] = /^([^[]+)(?:\[(\d+)\])?$/.exec(part) ?? [];
		here = [...(here?.children ?? [])].filter((child) => child.localName === name || child.nodeName === name)[Number(number) - 1];
	}
	return here;
}
