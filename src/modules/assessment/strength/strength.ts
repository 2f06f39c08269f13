import { daysBetween } from '#platform/today.ts';
import { wilson } from '../figures/intervals.ts';

/**
 * Strength of evidence, from 0 (nothing) to 1: our own scale, not an official one. Every piece is weighed by its kind and its age;
 * pieces of one source count as their best; independent sources add up as probabilities do, 1 - (1 - a)(1 - b); and what one kind,
 * one source or one side alone can bear out is capped. More independent evidence never weakens.
 */

/** What is known of one piece of evidence: no content. */
export type Piece = {
	readonly kind: string;
	readonly id: string;
	/** Pieces that come from the same place (a round, a speaker, a publisher) do not confirm each other. */
	readonly source: string;
	/** When it was observed, said or published; null: not known. */
	readonly day: string | null;
	readonly facts: Readonly<Record<string, unknown>>;
};

/** The sides that can have spoken. */
export const sides = ['civil_society', 'authority'] as const;
export type Side = (typeof sides)[number];

/** What one kind of evidence can weigh. */
export type KindOfEvidence = {
	/** From 0 to 1, before its age is asked. */
	readonly weigh: (facts: Piece['facts']) => number;
	/** Whose word it is; empty where nobody's in particular. */
	readonly sidesOf: (facts: Piece['facts']) => readonly Side[];
};

const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
const nobody = (): readonly Side[] => [];

/** How wide the interval of a share is at its widest, when n were drawn by chance. */
const widest = (n: number): number => {
	const { low, high } = wilson(0.5, n);
	return high - low;
};

/** The kinds of evidence a finding can cite. A new kind is one entry here and one branch of `assessment.pieces_of`. */
export const kindsOfEvidence: Readonly<Record<string, KindOfEvidence>> = {
	/**
	 * A figure weighs by how exact it is. Of a sample drawn by chance that is the width of its interval (of an average, the width a
	 * share of as many would have); everybody asked is exact; people chosen otherwise show that something occurs, not how often.
	 */
	figure: {
		weigh({ n, design, width }) {
			if (design === 'census') return 0.9;
			if (design === 'sample') return 0.9 * Math.max(0, 1 - (typeof width === 'number' ? width : widest(number(n))));
			return 0.6 * (number(n) / (number(n) + 30));
		},
		// A joint round is asked by both sides together.
		sidesOf: ({ joint }) => (joint === true ? sides : [])
	},
	/** One voice; a passage that was coded with the shared codebook is a chosen one no more. */
	quotation: { weigh: ({ coded }) => (coded === true ? 0.4 : 0.3), sidesOf: nobody },
	/** A signed score weighs by how far the two sides agreed on its criteria, each having scored by itself. */
	score: { weigh: ({ agreed }) => 0.5 + 0.35 * Math.min(1, Math.max(0, number(agreed))), sidesOf: () => sides },
	/** A document weighs by how well somebody else can look it up. */
	document: {
		weigh: ({ page, dated, kept }) => 0.3 + (page === true ? 0.1 : 0) + (dated === true ? 0.1 : 0) + (kept === true ? 0.15 : 0),
		sidesOf: nobody
	}
};

/** Days that evidence counts whole, and days after which what is left halves. */
export const freshFor = 365;
export const halvesIn = 730;
/** The least that age leaves. */
export const leastOfAge = 0.3;

/** What age leaves of a piece: all for a year, then half of it every two years; what has no date counts as three years old. */
export function ageFactor(day: string | null, today: string): number {
	const days = day === null ? freshFor + halvesIn : Math.max(0, daysBetween(day, today));
	return Math.max(leastOfAge, 2 ** (-Math.max(0, days - freshFor) / halvesIn));
}

/** What holds strength back: the most that so few kinds, sources or sides can bear out. */
export const caps = { 'one-source': 0.6, 'one-kind': 0.75, 'one-side': 0.9 } as const;
export type Cap = keyof typeof caps;

/** A piece with what it counts for. */
export type Weighed = Piece & { readonly weight: number; readonly age: number };

export type Strength = {
	/** From 0 to 1. */
	readonly value: number;
	/** From 1 (very weak) to 5 (very strong); 0 when it rests on nothing. */
	readonly level: 0 | 1 | 2 | 3 | 4 | 5;
	/** Every piece once, the weightiest first. */
	readonly pieces: readonly Weighed[];
	readonly kinds: readonly string[];
	readonly sources: number;
	readonly sides: readonly Side[];
	/** What keeps it from counting for more; null: nothing. */
	readonly cap: Cap | null;
};

/** Strength of all these pieces together. @param today the day of asking, `YYYY-MM-DD` */
export function strengthOf(pieces: readonly Piece[], today: string): Strength {
	const unique = [...new Map(pieces.map((piece) => [`${piece.kind} ${piece.id}`, piece])).values()];
	const weighed = unique
		.flatMap((piece): Weighed[] => {
			const kind = kindsOfEvidence[piece.kind];
			const age = ageFactor(piece.day, today);
			return kind ? [{ ...piece, age, weight: Math.min(1, Math.max(0, kind.weigh(piece.facts))) * age }] : [];
		})
		.sort((a, b) => b.weight - a.weight || a.id.localeCompare(b.id));
	const best = new Map<string, number>();
	for (const { source, weight } of weighed) best.set(source, Math.max(best.get(source) ?? 0, weight));
	// In order of size, so that the same pieces give the same number however they were read.
	const together = 1 - [...best.values()].sort((a, b) => b - a).reduce((left, weight) => left * (1 - weight), 1);
	const kinds = [...new Set(weighed.map((piece) => piece.kind))].sort();
	const spoken = sides.filter((side) => weighed.some((piece) => kindsOfEvidence[piece.kind]?.sidesOf(piece.facts).includes(side)));
	const binding = capOf({ sources: best.size, kinds: kinds.length, sides: spoken.length });
	const value = Math.min(together, binding === null ? 1 : caps[binding]);
	return { value, level: levelOf(value), pieces: weighed, kinds, sources: best.size, sides: spoken, cap: binding !== null && together > caps[binding] ? binding : null };
}

function capOf({ sources, kinds, sides: spoken }: { sources: number; kinds: number; sides: number }): Cap | null {
	if (sources <= 1) return 'one-source';
	if (kinds <= 1) return 'one-kind';
	return spoken < sides.length ? 'one-side' : null;
}

/** The level of a strength: fifths of the scale. */
export function levelOf(value: number): Strength['level'] {
	if (value <= 0) return 0;
	if (value < 0.2) return 1;
	if (value < 0.4) return 2;
	if (value < 0.6) return 3;
	return value < 0.8 ? 4 : 5;
}
