import { m } from '#paraglide/messages.js';
import type { Locale } from '#platform/locales.ts';
import { formatNumber, formatShare } from '#ui/format.ts';
import { caps, type Strength, type Weighed } from '../strength.ts';

const levels = [m.gaps_strength_0, m.gaps_strength_1, m.gaps_strength_2, m.gaps_strength_3, m.gaps_strength_4, m.gaps_strength_5];
/** A level of strength in words. */
export const levelWord = (level: Strength['level']): string => levels[level]?.() ?? '';

const kinds: Record<string, () => string> = { figure: m.gaps_kind_figure, quotation: m.gaps_kind_quotation, document: m.gaps_kind_document, score: m.gaps_kind_score };
/** A kind of evidence in words. */
export const kindWord = (kind: string): string => kinds[kind]?.() ?? kind;

const capWords = { 'one-source': m.gaps_strength_one_source, 'one-kind': m.gaps_strength_one_kind, 'one-side': m.gaps_strength_one_side };

/** Why evidence is as strong as it is, sentence by sentence. */
export function strengthSentences(strength: Strength, locale: Locale): string[] {
	if (strength.level === 0) return [];
	return [
		m.gaps_strength_sources({ sources: formatNumber(strength.sources, locale), kinds: strength.kinds.map(kindWord).join(', ') }),
		...(strength.sides.length > 1 ? [m.gaps_strength_both()] : []),
		...(strength.cap ? [capWords[strength.cap]({ most: formatShare(caps[strength.cap], locale) })] : [])
	];
}

/** What one piece is, as far as it was weighed by it. */
export function pieceWords({ kind, facts, age }: Weighed, locale: Locale): string {
	const aged = age < 1 ? [m.gaps_piece_aged({ share: formatShare(age, locale) })] : [];
	return [...(describers[kind]?.(facts, locale) ?? []), ...aged].join('; ');
}

const count = (value: unknown, locale: Locale): string => formatNumber(typeof value === 'number' ? value : 0, locale);

const describers: Record<string, (facts: Weighed['facts'], locale: Locale) => string[]> = {
	figure({ n, design, width }, locale) {
		const asked = { n: count(n, locale) };
		if (design === 'census') return [m.gaps_piece_census(asked)];
		if (design !== 'sample') return [m.gaps_piece_chosen(asked)];
		return [m.gaps_piece_sample(asked), ...(typeof width === 'number' ? [m.gaps_piece_width({ points: formatNumber(width * 100, locale, 0) })] : [])];
	},
	quotation: ({ coded }) => [coded === true ? m.gaps_piece_coded() : m.gaps_piece_voice()],
	score: ({ services, criteria, agreed }, locale) => [
		m.gaps_piece_scored({ services: count(services, locale), criteria: count(criteria, locale), agreed: formatShare(typeof agreed === 'number' ? agreed : 0, locale) })
	],
	document({ page, dated, kept }) {
		const lacks = [...(page === true ? [] : [m.gaps_piece_no_page()]), ...(dated === true ? [] : [m.gaps_piece_no_date()]), ...(kept === true ? [] : [m.gaps_piece_not_kept()])];
		return lacks.length > 0 ? lacks : [m.gaps_piece_full()];
	}
};
