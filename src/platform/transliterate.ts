import { apostrophes, wordToCyrillic, wordToLatin } from '#platform/uzbek-words.ts';

export type TransliterateOptions = {
	/** Words left as they are, in any case: names of formats and programs, abbreviations. Added to the usual ones. */
	keep?: readonly string[];
	/** Leave code, tags, placeholders and addresses alone. Default true. */
	markup?: boolean;
	/** Leave Roman numerals alone. Default true; matters for {@link toCyrillic} only. */
	romans?: boolean;
};

/** Names that stand in Latin letters in Cyrillic text too, in small letters. */
export const usuallyKept: ReadonlySet<string> = new Set([
	'CSV', 'EUR', 'GPS', 'HSDS', 'HTML', 'HTTP', 'HTTPS', 'IATI', 'ISO', 'KoboCollect', 'KoboToolbox', 'ODK', 'OData',
	'OpenRosa', 'PDF', 'PIN', 'QR', 'SQL', 'TOTP', 'UNFPA', 'UNHCR', 'URL', 'USB', 'USD', 'UZS', 'XLSForm', 'XLSX', 'XML',
	'ZIP', 'JSON', 'Saferworld'
].map((word) => word.toLowerCase()));

/** What is not prose. Order matters: a tag inside code is code. */
const markup = [
	'```[\\s\\S]*?```',
	'`[^`\\n]+`',
	'<!--[\\s\\S]*?-->',
	'<(code|pre|script|style|kbd|samp)\\b[^<>]*>[\\s\\S]*?</\\1\\s*>',
	'</?[a-zA-Z][^<>]*>',
	'&(?:#\\d+|#x[\\da-fA-F]+|[a-zA-Z]{2,12});',
	'\\{\\{[^{}]*\\}\\}',
	'[$#]?\\{[^{}\\n]*\\}',
	'%(?:\\([^()\\n]*\\)|\\d+\\$)?[sdif](?![\\p{L}\\d])',
	'(?:https?|ftps?|mailto|tel|sftp|file|urn|data):[^\\s<>"«»]+',
	'www\\.[^\\s<>"«»]+',
	'[\\p{L}\\d._%+-]+@[\\p{L}\\d-]+(?:\\.[\\p{L}\\d-]+)+',
	'@[A-Za-z\\d_]{2,}',
	'(?<![\\p{L}\\d.@-])(?:[a-z\\d-]+\\.)+(?:uz|com|org|net|ru|info|eu|int|gov|edu|io|uk|kz|kg|tj)(?![\\p{L}\\d])(?:/[^\\s<>"«»]*)?',
	'[\\p{L}\\d]*_[\\p{L}\\d_]*',
	'(?<![\\p{L}\\d])\\p{Script=Latin}+\\d[\\p{L}\\d]*',
	'(?<![\\p{L}\\d])[\\p{Script=Latin}\\d-]+\\.(?:csv|docx?|html?|jpe?g|json|md|pdf|png|svg|txt|ts|js|xlsx?|xml|zip)(?![\\p{L}\\d])'
].join('|');

const latinWord = `[\\p{Script=Latin}\\p{M}]+(?:[${apostrophes}][\\p{Script=Latin}\\p{M}]+)*[${apostrophes}]?`;
const cyrillicWord = '[\\p{Script=Cyrillic}\\p{M}]+';

const patterns = {
	latin: { withMarkup: new RegExp(`(?:${markup})|(?<word>${latinWord})`, 'gu'), plain: new RegExp(`(?<word>${latinWord})`, 'gu') },
	cyrillic: { withMarkup: new RegExp(`(?:${markup})|(?<word>${cyrillicWord})`, 'gu'), plain: new RegExp(`(?<word>${cyrillicWord})`, 'gu') }
};

/** Calls `turn` for each word of `text` outside markup and puts its answer in the word's place. */
function eachWord(text: string, pattern: RegExp, turn: (word: string, at: number) => string): string {
	let out = '';
	let done = 0;
	for (const match of text.matchAll(pattern)) {
		const word = match.groups?.['word'];
		if (word === undefined) continue;
		out += text.slice(done, match.index) + turn(word, match.index);
		done = match.index + match[0].length;
	}
	return out + text.slice(done);
}

const romanNumeral = /^M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$/;

/**
 * Whether a word in Latin capitals is a Roman numeral. A single I, V or X is one unless it is somebody's initial
 * (a full stop and a name follow, not at the start of a line, where it numbers a heading); C, D, L, M alone are letters.
 */
function isRoman(word: string, before: string, after: string): boolean {
	if (word === '' || !romanNumeral.test(word)) return false;
	if (word.length > 1) return true;
	if (!'IVX'.includes(word)) return false;
	const initial = /^\.\s?\p{Lu}/u.test(after) && !/(^|\n)\s*$/.test(before);
	return !initial && !/\p{Lu}\.\s?$/u.test(before);
}

/** A word that cannot be Uzbek in Latin: other letters than its 26, or w, or c without h. */
const foreign = new RegExp(`[^a-z${apostrophes}]|w|c(?!h)`, 'iu');

function keeper(options: TransliterateOptions): (word: string) => boolean {
	const asked = (options.keep ?? []).map((word) => word.toLowerCase());
	return (word) => usuallyKept.has(word.toLowerCase()) || asked.includes(word.toLowerCase());
}

/**
 * Uzbek text from Latin to Cyrillic. All spellings of the apostrophe are read. Left as they are: other scripts, words
 * that cannot be Uzbek (with w, c or letters with marks), Roman numerals, code, tags, placeholders, addresses.
 *
 * The way back from Latin is not certain for loan words (ц or с, ь or none): see `uzbek-spellings.ts`.
 */
export function toCyrillic(text: string, options: TransliterateOptions = {}): string {
	const kept = keeper(options);
	const pattern = options.markup === false ? patterns.latin.plain : patterns.latin.withMarkup;
	const typedQuote = /['‘’`]$/;
	let quoteOpen = false;
	let done = 0;
	return eachWord(text, pattern, (found, at) => {
		const between = text.slice(done, at);
		done = at + found.length;
		if (between.includes('\n')) quoteOpen = false;
		if (typedQuote.test(between)) quoteOpen = true;
		// A mark after the word closes the quotation that was opened before it; otherwise it is part of the word.
		const closes = quoteOpen && typedQuote.test(found);
		const word = closes ? found.slice(0, -1) : found;
		const rest = closes ? found.slice(-1) : '';
		if (closes) quoteOpen = false;
		const before = text.slice(Math.max(0, at - 40), at);
		const after = text.slice(at + word.length, at + word.length + 3);
		if (kept(word) || foreign.test(word)) return found;
		if (options.romans !== false && isRoman(word, before, after)) return found;
		return wordToCyrillic(word) + rest;
	});
}

/**
 * Uzbek text from Cyrillic to Latin (1995 alphabet), with ʻ (U+02BB) in oʻ and gʻ and ʼ (U+02BC) for ъ.
 * Left as they are: other scripts, code, tags, placeholders, addresses.
 */
export function toLatin(text: string, options: TransliterateOptions = {}): string {
	const kept = keeper(options);
	const pattern = options.markup === false ? patterns.cyrillic.plain : patterns.cyrillic.withMarkup;
	return eachWord(text, pattern, (word) => (kept(word) ? word : wordToLatin(word)));
}
