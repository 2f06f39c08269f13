import { toLatin } from '#platform/transliterate.ts';

/** Letters of Karakalpak and Kazakh Cyrillic that Uzbek and Russian lack; ı is i without its dot. */
const otherLetters: Record<string, string> = { ә: 'a', ө: 'o', ү: 'u', ұ: 'u', ң: 'n', һ: 'h', і: 'i', ı: 'i', є: 'e', ї: 'i' };

function foldOnce(text: string): string {
	return toLatin(text.normalize('NFKC'), { markup: false })
		.toLowerCase()
		.replace(/[әөүұңһіıєї]/g, (letter) => otherLetters[letter] ?? letter)
		.normalize('NFKD')
		.replace(/[\p{M}ʻʼ‘’'`´′ʹ]/gu, '')
		.replace(/x/g, 'h')
		.replace(/q/g, 'k')
		.replace(/w/g, 'v')
		.replace(/t+s/g, 's')
		.replace(/y+e/g, 'e')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/**
 * The key under which words are searched: the same for Uzbek in Latin and Cyrillic, for Karakalpak with and without its
 * accents, whatever apostrophe was typed and whatever case. Sounds that are confused in typing fall together:
 * х and ҳ, қ and к, ц and с, v and w, е and э; oʻ is o, gʻ is g. Signs between words become one space.
 * For search columns and the words searched for, never for showing. Folding twice changes nothing.
 */
export function fold(text: string): string {
	// A rare letter can fall apart into one that itself has a rule: go on until nothing changes.
	let key = text;
	for (let next = foldOnce(key); next !== key; next = foldOnce(key)) key = next;
	return key;
}
