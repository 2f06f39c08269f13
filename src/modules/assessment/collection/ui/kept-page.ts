import type { KeptForm } from '#offline/kept.ts';
import type { FillingPage } from '../filling.ts';

const texts = ['title', 'xform', 'address', 'round', 'action', 'refusalAction', 'form'];
const spoken = ['consent', 'refusal', 'distress'];

/** The filling page as it was kept; undefined when an older version of the program kept it in another way. */
export function pageIn({ page }: KeptForm): FillingPage | undefined {
	// Before forms brought files along, a page was kept without a word of them.
	return isPage(page) ? { ...page, files: Array.isArray(Reflect.get(page, 'files')) ? page.files : [] } : undefined;
}

export function isPage(page: unknown): page is FillingPage {
	if (typeof page !== 'object' || page === null) return false;
	const value = (key: string): unknown => Reflect.get(page, key);
	return (
		texts.every((key) => typeof value(key) === 'string') && Array.isArray(value('languages')) && typeof value('sensitive') === 'boolean' && typeof value('largestFile') === 'number' &&
		spoken.every((key) => {
			const said = value(key);
			return typeof said === 'object' && said !== null && 'text' in said && 'lang' in said;
		})
	);
}
