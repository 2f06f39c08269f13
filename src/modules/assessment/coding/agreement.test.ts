import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairFrom, pairValue, reportOn, type CodedInterview } from './agreement.ts';
import type { Code } from './codebook.ts';
import { agreementOn, kappaOf, together } from './kappa.ts';

const code = (id: string): Code => ({ id, parentId: null, name: { uz: id }, definition: {}, useWhen: {}, useNot: {}, examples: {}, colour: 0, memo: '', position: 0, state: 'active', mergedIntoId: null });
const codes = [code('a'), code('b')];
const mark = fc.record({ codeId: fc.constantFrom('a', 'b'), starts: fc.nat(90), long: fc.integer({ min: 1, max: 20 }) }).map(({ codeId, starts, long }) => ({ codeId, starts, ends: starts + long }));
const names = ['Aziz', 'Dilnoza', 'Kamola', 'Rustam'];
const interviews: fc.Arbitrary<CodedInterview[]> = fc.array(
	fc.uniqueArray(fc.nat(3), { minLength: 2, maxLength: 4 }).chain((coders) =>
		fc.tuple(...coders.map((coder) => fc.array(mark, { maxLength: 5 }).map((marks) => ({ key: `k${coder}`, name: names[coder] ?? '', marks })))).map((codings) => ({ length: 120, codings }))
	),
	{ minLength: 1, maxLength: 5 }
);

describe('the agreement of several coders', () => {
	it('is, for every pair, that over exactly the interviews both have coded', () => {
		fc.assert(
			fc.property(interviews, (all) => {
				const report = reportOn(all, codes, all.length, null);
				for (const { first, second, ...pair } of report.pairs) {
					const both = all.flatMap(({ length, codings }) => {
						const [one, two] = [codings.find(({ key }) => key === first.key), codings.find(({ key }) => key === second.key)];
						return one && two ? [{ length, one: one.marks, two: two.marks }] : [];
					});
					expect(pair.interviews).toBe(both.length);
					expect(pair.interviews).toBeGreaterThan(0);
					for (const each of pair.codes) {
						const own = (marks: (typeof both)[number]['one']) => marks.filter(({ codeId }) => codeId === each.code.id);
						expect(each.kappa).toEqual(kappaOf(together(both.map(({ length, one, two }) => agreementOn(length, own(one), own(two))))));
					}
				}
				const met = new Set(all.flatMap(({ codings }) => codings.flatMap((one) => codings.filter(({ key }) => key !== one.key).map((two) => [one.key, two.key].sort().join()))));
				expect(report.pairs.map(({ first, second }) => [first.key, second.key].sort().join()).sort()).toEqual([...met].sort());
			})
		);
	});
	it('shows the pair asked for, and the first two of each interview without one or for a pair that never met', () => {
		fc.assert(
			fc.property(interviews, fc.nat(), (all, pick) => {
				const usual = reportOn(all, codes, all.length, null);
				expect([usual.pair, usual.interviews, usual.left]).toEqual([null, all.length, 0]);
				const chosen = usual.pairs[pick % usual.pairs.length];
				if (!chosen) throw new Error('two have always met');
				const asked = reportOn(all, codes, all.length, pairFrom(pairValue(chosen.first, chosen.second)));
				expect(asked.pair).toEqual([chosen.first, chosen.second]);
				expect([asked.codes, asked.pooled, asked.left]).toEqual([chosen.codes, chosen.pooled, all.length - chosen.interviews]);
				expect(reportOn(all, codes, all.length, ['k0', 'nobody'])).toEqual(usual);
			})
		);
	});
	it('takes a pair from an address only where it is one', () => {
		for (const wrong of [null, '', '{', '[]', '["a"]', '[1,2]', '"ab"', '{"0":"a","1":"b"}']) expect([wrong, pairFrom(wrong)]).toEqual([wrong, null]);
	});
});
