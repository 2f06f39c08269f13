/** Positions in an interview count Unicode code points, as PostgreSQL and REFI-QDA do; JavaScript counts UTF-16 units. */

/** A passage: code points from `starts` up to, not including, `ends`. */
export type Span = { readonly starts: number; readonly ends: number };

/** A passage as its checkbox says it. */
export const spanValue = ({ starts, ends }: Span): string => `${starts}-${ends}`;

/** Longest interview that is taken in, in code points: some sixty hours of talk. */
export const longestText = 400_000;

// What no text is made of: control signs other than tab and line feed, lone surrogates.
const unwanted = /[\u0000-\u0008\u000b-\u001f\u007f\ufeff]|\p{Cs}/gu;

/** A text as it is stored: Unicode NFC, single line feeds, no control signs, no blanks at the end of lines. */
export function normaliseText(text: string): string {
	return text
		.replace(/\r\n?|\u2028|\u2029/g, '\n')
		.replace(unwanted, '')
		.normalize('NFC')
		.replace(/(?<![ \t])[ \t]+$/gm, '')
		.replace(/\n{4,}/g, '\n\n\n')
		.trim();
}

/** How many code points a text has. */
export function lengthOf(text: string): number {
	let count = 0;
	for (let i = 0; i < text.length; i++) if (!isSecondHalf(text, i)) count++;
	return count;
}

const isSecondHalf = (text: string, at: number): boolean => {
	const unit = text.charCodeAt(at);
	if (unit < 0xdc00 || unit > 0xdfff || at === 0) return false;
	const before = text.charCodeAt(at - 1);
	return before >= 0xd800 && before <= 0xdbff;
};

/** Turns positions in one text from code points to UTF-16 units and back; made once for a text. */
export type Positions = { units(codePoint: number): number; codePoints(unit: number): number; readonly length: number };

/** Positions of a text. Texts without signs beyond the basic plane, nearly all, need no table. */
export function positionsOf(text: string): Positions {
	const starts: number[] = [];
	let plain = true;
	for (let i = 0; i < text.length; i++) {
		if (isSecondHalf(text, i)) plain = false;
		else starts.push(i);
	}
	const { length } = starts;
	const within = (value: number, most: number): number => Math.max(0, Math.min(most, value));
	if (plain) return { units: (at) => within(at, length), codePoints: (at) => within(at, length), length };
	starts.push(text.length);
	return {
		units: (at) => starts[within(at, length)] ?? text.length,
		codePoints: (at) => firstFrom(starts, within(at, text.length)),
		length
	};
}

/** The index of the first entry that is not below `value`. */
function firstFrom(sorted: readonly number[], value: number): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((sorted[middle] ?? 0) < value) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The words of a passage. */
export function wordsAt(text: string, span: Span, positions: Positions = positionsOf(text)): string {
	return text.slice(positions.units(span.starts), positions.units(span.ends));
}

/** A passage without the blanks at its edges; null when nothing is left. */
export function trimmedSpan(text: string, span: Span, positions: Positions = positionsOf(text)): Span | null {
	const words = wordsAt(text, span, positions);
	const before = lengthOf(words) - lengthOf(words.trimStart());
	const after = lengthOf(words) - lengthOf(words.trimEnd());
	const starts = span.starts + before;
	const ends = Math.min(span.ends, positions.length) - after;
	return starts < ends ? { starts, ends } : null;
}

/** A text as it is stored, and where positions of the text as it came (in code points) stand in it. */
export type Moved = { readonly text: string; move(codePoint: number): number };

/**
 * As {@link normaliseText} for texts that come with coded passages: letters are put together and line ends made one, but no blanks are taken
 * away, and every position moves along.
 */
export function normaliseWithMoves(text: string): Moved {
	const moves: number[] = [];
	let out = '';
	let length = 0;
	for (const [cluster] of text.matchAll(/\r\n|[^\p{M}]\p{M}*|\p{M}+/gsu)) {
		const put = /^[\r\u2028\u2029]/.test(cluster) ? '\n' : cluster.replace(unwanted, '').normalize('NFC');
		for (let i = 0; i < lengthOf(cluster); i++) moves.push(i === 0 ? length : length + lengthOf(put));
		out += put;
		length += lengthOf(put);
	}
	return { text: out, move: (codePoint) => moves[Math.max(0, codePoint)] ?? length };
}
