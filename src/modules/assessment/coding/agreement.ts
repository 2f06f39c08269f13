import { readAs, treeOf, type Code } from './codebook.ts';
import { agreementOn, kappaOf, pooledKappa, together, type Kappa } from './kappa.ts';
import type { Span } from './text.ts';

/** A coder across interviews. `name` null: an imported coding that came without one. */
export type Coder = { readonly key: string; readonly name: string | null };
/** What one coder marked in one interview. */
export type OneCoding = Coder & { readonly marks: readonly (Span & { readonly codeId: string })[] };
/** An interview that several have coded, in the order in which they began. */
export type CodedInterview = { readonly length: number; readonly codings: readonly OneCoding[] };

/** How far two coders agree on one code. */
export type CodeAgreement = { readonly code: Code; readonly kappa: Kappa; readonly interviews: number };
type Compared = { readonly interviews: number; readonly length: number; readonly codes: readonly CodeAgreement[]; readonly pooled: number | null };

/** How far one pair agrees, over the interviews that both have coded. */
export type PairAgreement = Compared & { readonly first: Coder; readonly second: Coder };

/** How far coders agree, code by code and over all. */
export type AgreementReport = Compared & {
	/** Interviews that wait for a coder, or that not both have coded: not in the numbers. */
	readonly left: number;
	/** Whose agreement it is; null: of the first two in each interview, whoever they are. */
	readonly pair: readonly [Coder, Coder] | null;
	/** Every two who have an interview in common, as they first meet. */
	readonly pairs: readonly PairAgreement[];
};

type Two = { readonly length: number; readonly first: OneCoding; readonly second: OneCoding };

/**
 * The report on interviews. @param all how many interviews there are
 * @param pair keys of the coders asked about; where they have no interview in common, and without one, the first two in each interview
 */
export function reportOn(interviews: readonly CodedInterview[], codes: readonly Code[], all: number, pair: readonly [string, string] | null): AgreementReport {
	const pairs = pairsIn(interviews).map(([first, second]): PairAgreement => ({ first, second, ...compare(ofPair(interviews, first.key, second.key), codes) }));
	const chosen = pair && pairs.find(({ first, second }) => first.key === pair[0] && second.key === pair[1]);
	const compared = chosen ?? compare(interviews.flatMap(({ length, codings: [first, second] }) => (first && second ? [{ length, first, second }] : [])), codes);
	return { interviews: compared.interviews, length: compared.length, codes: compared.codes, pooled: compared.pooled, left: all - compared.interviews, pair: chosen ? [chosen.first, chosen.second] : null, pairs };
}

function pairsIn(interviews: readonly CodedInterview[]): (readonly [Coder, Coder])[] {
	const found = new Map<string, readonly [Coder, Coder]>();
	for (const { codings } of interviews) {
		for (const [i, one] of codings.entries()) {
			for (const two of codings.slice(i + 1)) {
				const key = [one.key, two.key].sort().join(' ');
				if (one.key !== two.key && !found.has(key)) found.set(key, [{ key: one.key, name: one.name }, { key: two.key, name: two.name }]);
			}
		}
	}
	return [...found.values()];
}

const ofPair = (interviews: readonly CodedInterview[], one: string, two: string): Two[] =>
	interviews.flatMap(({ length, codings }) => {
		const [first, second] = [codings.find(({ key }) => key === one), codings.find(({ key }) => key === two)];
		return first && second ? [{ length, first, second }] : [];
	});

function compare(interviews: readonly Two[], codes: readonly Code[]): Compared {
	const as = readAs(codes);
	const found = treeOf(codes)
		.filter(({ state }) => state !== 'merged')
		.map((code): CodeAgreement => {
			const under = ({ marks }: OneCoding) => marks.filter(({ codeId }) => as(codeId) === code.id);
			const parts = interviews.map(({ length, first, second }) => agreementOn(length, under(first), under(second)));
			return { code, kappa: kappaOf(together(parts)), interviews: parts.filter(({ both, first, second }) => both + first + second > 0).length };
		});
	return { interviews: interviews.length, length: interviews.reduce((sum, { length }) => sum + length, 0), codes: found, pooled: pooledKappa(found.map(({ kappa }) => kappa)) };
}

/** A pair as an address carries it. */
export const pairValue = (first: Coder, second: Coder): string => JSON.stringify([first.key, second.key]);

/** The pair that an address asks about; null where it names none. */
export function pairFrom(value: string | null): readonly [string, string] | null {
	if (!value) return null;
	try {
		const parsed: unknown = JSON.parse(value);
		const [first, second] = Array.isArray(parsed) ? parsed : [];
		return typeof first === 'string' && typeof second === 'string' ? [first, second] : null;
	} catch {
		return null;
	}
}
