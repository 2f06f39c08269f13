import { z } from 'zod';
import type { Strike } from './masking/mask.ts';
import { occurrencesOf, proposeMasks, type Proposal } from './masking/propose.ts';
import { spanValue, type Span } from './text.ts';

const list = z.preprocess((value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]), z.array(z.string().regex(/^\d{1,7}-\d{1,7}$/)).max(5000));

/** What a person decides on the page of proposals: which to strike, which passages and words besides. */
export const strikeFields = z.object({ strike: list, span: list, words: z.string().max(20_000).default('') });
export type StrikeFields = z.output<typeof strikeFields>;

const spanOf = (value: string): Span => {
	const [starts = '0', ends = '0'] = value.split('-');
	return { starts: Number(starts), ends: Number(ends) };
};

/**
 * What is to be struck in a text: the proposals that were kept, passages that were selected, and words that were typed, one to a line, wherever
 * they stand. The proposals are worked out anew: only their positions travel in the form.
 */
export function strikesFrom(text: string, places: readonly string[], { strike, span, words }: StrikeFields): Strike[] {
	const kept = new Set(strike);
	const other = (each: Span): Strike => ({ ...each, kind: 'other', key: '', tail: '' });
	return [
		...proposeMasks(text, places).filter((proposal) => kept.has(spanValue(proposal))),
		...span.map(spanOf).map(other),
		...words.split('\n').flatMap((line) => occurrencesOf(text, line)).map(other)
	];
}

/** Proposals that are the same words, to be decided on together or each by itself. */
export type ProposalGroup = { readonly words: string; readonly kind: Proposal['kind']; readonly sure: boolean; readonly places: readonly { readonly value: string; readonly before: string; readonly words: string; readonly after: string }[] };

/** How many letters of the text stand on each side of a proposal. */
const around = 40;

/** The proposals on a text, put together by their words, in the order in which they first stand. */
export function groupsOf(text: string, proposals: readonly Proposal[]): ProposalGroup[] {
	const points = [...text];
	const groups = new Map<string, { words: string; kind: Proposal['kind']; sure: boolean; places: { value: string; before: string; words: string; after: string }[] }>();
	for (const proposal of proposals) {
		const { starts, ends, kind, sure, key } = proposal;
		const words = points.slice(starts, ends).join('');
		const id = `${kind} ${key || words.toLowerCase()}`;
		const group = groups.get(id) ?? { words, kind, sure, places: [] };
		group.places.push({ value: spanValue(proposal), before: points.slice(Math.max(0, starts - around), starts).join(''), words, after: points.slice(ends, ends + around).join('') });
		group.sure ||= sure;
		groups.set(id, group);
	}
	return [...groups.values()];
}
