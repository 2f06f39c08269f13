import { positionsOf, type Span } from './text.ts';

/** The words of a text and the sentences, as passages: what the keyboard and the bounds of a passage move by. */
export function unitsOf(text: string): { words: Span[]; sentences: Span[] } {
	const positions = positionsOf(text);
	const spans = (pattern: RegExp): Span[] => [...text.matchAll(pattern)].map((match) => ({ starts: positions.codePoints(match.index), ends: positions.codePoints(match.index + match[0].length) }));
	return { words: spans(/[^\s]+/gu), sentences: spans(/[^\s.!?…\n][^.!?…\n]*(?:[.!?…]+["»”)]*)?/gu) };
}

/** Ways in which a bound of a passage moves by a word. */
export const shifts = ['start-back', 'start-on', 'end-back', 'end-on'] as const;
export type Shift = (typeof shifts)[number];

/** A passage with one bound moved by a word; itself where the text ends there, or where nothing of it would be left. */
export function shiftedSpan(text: string, span: Span, shift: Shift): Span {
	const { words } = unitsOf(text);
	switch (shift) {
		case 'start-back':
			return { ...span, starts: words.findLast(({ starts }) => starts < span.starts)?.starts ?? span.starts };
		case 'start-on':
			return { ...span, starts: words.find(({ starts }) => starts > span.starts && starts < span.ends)?.starts ?? span.starts };
		case 'end-back':
			return { ...span, ends: words.findLast(({ ends }) => ends < span.ends && ends > span.starts)?.ends ?? span.ends };
		case 'end-on':
			return { ...span, ends: words.find(({ ends }) => ends > span.ends)?.ends ?? span.ends };
	}
}

/**
 * Of the places where typed words stand in a text, the one meant for a passage that stood at `near`: the one that shares most with it, and
 * of equals the nearest. Null: the words stand nowhere.
 */
export function nearestSpan(found: readonly Span[], near: Span): Span | null {
	const shared = (span: Span): number => Math.max(0, Math.min(span.ends, near.ends) - Math.max(span.starts, near.starts));
	return [...found].sort((a, b) => shared(b) - shared(a) || Math.abs(a.starts - near.starts) - Math.abs(b.starts - near.starts))[0] ?? null;
}
