import { describe, expect, it } from 'vitest';
import { leadsToFilling } from './filling.ts';
import { nextPortion } from './ui/send.ts';

const id = '01890000-0000-7000-8000-000000000000';
const round = `/p/${id}/assessment/rounds/${id}`;
const link = `/c/${'t'.repeat(32)}`;
const whole = { action: `${link}/submission`, address: link, round };

describe('what claims to come from a filling page', () => {
	it.each([
		whole,
		{ ...whole, action: `/uz-Cyrl${link}/refusal` },
		{ action: `/ru${round}/fill/submission`, address: `${round}/fill`, round },
		{ action: `/ru${round}/fill/refusal`, address: `${round}/fill`, round }
	])('may be sent there: $action', (thing) => expect(leadsToFilling(thing)).toBe(true));

	it.each([
		'/en/sign-out', `/en${round}?/close`, `${link}/submission?/x`, `${link}/../submission`, `//evil.example${link}/submission`, `https://evil.example${link}/submission`, `/en${round}/fill/../../submission`,
		`${link}/submission/`, `${link}/submission\n`, `/en/en${link}/refusal`, ''
	])('is not sent anywhere else: %s', (action) => expect(leadsToFilling({ ...whole, action })).toBe(false));
});

describe('what travels at once', () => {
	const file = (name: string, size: number) => ({ name, size, type: '', id: name });
	const answers = file('xml_submission_file', 100);

	it('is the answers with as many files as two megabytes hold, one at least, until all are there', () => {
		const files = [answers, file('a', 1_500_000), file('b', 400_000), file('c', 30_000_000), file('d', 10)];
		const sent: string[] = [];
		const portions: string[][] = [];
		for (let turns = 0; turns < 10; turns += 1) {
			const { files: now, last } = nextPortion({ files, sent });
			expect(now[0]).toBe(answers);
			portions.push(now.slice(1).map(({ name }) => name));
			sent.push(...now.slice(1).map(({ name }) => name));
			if (last) break;
		}
		expect(portions).toEqual([['a', 'b'], ['c'], ['d']]);
	});

	it('is the answers alone when there is nothing else', () => expect(nextPortion({ files: [answers], sent: [] })).toEqual({ files: [answers], last: true }));
});
