import type { Locale } from '#platform/locale.ts';
import type { Span } from '../text.ts';
import { held } from './corpus/held.ts';
import { readMarked, type MarkedText } from './corpus/marked.ts';
import { seen } from './corpus/seen.ts';
import type { Measure } from './kinds.ts';
import { proposeMasks } from './propose.ts';

/** Places that a programme would have in its tree: regions only, as in the demonstration. */
const programmePlaces = ['Jizzax viloyati', 'Samarqand viloyati', 'Namangan viloyati', 'Джизакская область', 'Самаркандская область', 'Наманганская область'];

const overlap = (a: Span, b: Span): boolean => a.starts < b.ends && b.starts < a.ends;

/** What the proposals miss in a text: a passage counts as found only when all of it is covered, but for an ending. */
export function missedIn({ text, marked }: MarkedText): { missed: string[]; wrong: string[]; measure: Measure } {
	const proposals = proposeMasks(text, programmePlaces);
	const points = [...text];
	const words = (span: Span): string => points.slice(span.starts, span.ends).join('');
	const covered = (span: Span): boolean => {
		for (let at = span.starts; at < span.ends; at++) {
			if (/[\p{L}\p{N}]/u.test(points[at] ?? '') && !proposals.some(({ starts, ends }) => at >= starts && at < ends)) return false;
		}
		return true;
	};
	const missed = marked.filter((span) => !covered(span));
	const wrong = proposals.filter((proposal) => !marked.some((span) => overlap(span, proposal)));
	return {
		missed: missed.map(words),
		wrong: wrong.map(words),
		measure: { texts: 1, marked: marked.length, found: marked.length - missed.length, proposed: proposals.length, right: proposals.length - wrong.length }
	};
}

const sum = (parts: readonly Measure[]): Measure =>
	parts.reduce((all, part) => ({ texts: all.texts + part.texts, marked: all.marked + part.marked, found: all.found + part.found, proposed: all.proposed + part.proposed, right: all.right + part.right }), {
		texts: 0, marked: 0, found: 0, proposed: 0, right: 0
	});

/** The measure of every language, on the texts at hand while the rules were written and on those written afterwards. */
export function measureAll(): Record<Locale, { seen: Measure; held: Measure }> {
	const of = (sources: readonly string[]): Measure => sum(sources.map((source) => missedIn(readMarked(source)).measure));
	const both = (language: Locale) => ({ seen: of(seen[language]), held: of(held[language]) });
	return { uz: both('uz'), 'uz-Cyrl': both('uz-Cyrl'), ru: both('ru'), kaa: both('kaa'), en: both('en') };
}
