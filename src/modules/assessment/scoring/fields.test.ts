import { describe, expect, it } from 'vitest';
import { areaFields, changedOutcomes, changedRows, outcomeText, rowText, scorerFields, settleFields } from './scoring.ts';

describe('the form of an area', () => {
	it('sends what was changed and leaves alone what stands as it was shown, so that two scorers do not write over each other', () => {
		const kept = { score: 2, evidence: ['document', 'seen'], note: 'Jurnal bor' } as const;
		const fields = areaFields.parse({
			score: { '4': '2', '5': 'na', '6': '1', '7': '' }, evidence: { '4': ['seen', 'document'], '5': 'seen', '6': 'interview' }, note: { '4': 'Jurnal bor', '7': '' }, was: { '4': rowText(kept), '5': '||', '6': '0|seen|' }
		});
		expect(changedRows(fields, [4, 5, 6, 7])).toEqual([
			{ index: 5, row: { score: 'na', evidence: [], note: '' } },
			{ index: 6, row: { score: 1, evidence: ['interview'], note: '' } }
		]);
	});
	it('takes nothing that is no criterion of the area, no other score and no other kind of evidence', () => {
		expect(changedRows(areaFields.parse({ score: { '1': '3', '99': '3' } }), [1]).map(({ index }) => index)).toEqual([1]);
		expect(areaFields.safeParse({ score: { '1': '4' } }).success).toBe(false);
		expect(areaFields.safeParse({ evidence: { '1': ['rumour'] } }).success).toBe(false);
		expect(areaFields.safeParse({ note: { '1': 'x'.repeat(1001) } }).success).toBe(false);
	});
});

describe('the form of reconciliation', () => {
	it('sends what was settled anew', () => {
		const kept = { outcome: '2', reason: '', civil: '', authority: '' };
		const fields = settleFields.parse({ outcome: { '1': '2', '2': 'dissent', '3': '' }, civil: { '2': 'a' }, authority: { '2': 'b' }, was: { '1': outcomeText(kept) } });
		expect(changedOutcomes(fields, [1, 2, 3])).toEqual([{ index: 2, outcome: { outcome: 'dissent', reason: '', civil: 'a', authority: 'b' } }]);
	});
});

describe('a scorer', () => {
	it('is a person and an organisation, and nothing else', () => {
		const [a, b] = ['01a21a9f-d91e-77b8-8e04-38191200dd17', '01a21a9f-d91e-739e-8ce3-9478ce69d274'];
		expect(scorerFields.parse({ scorer: `${a} ${b}` })).toEqual({ scorer: { personId: a, organisationId: b } });
		for (const scorer of ['', a, `${a} ${b} ${a}`, `${a} x`]) expect(scorerFields.safeParse({ scorer }).success).toBe(false);
	});
});
