import { expect, it } from 'vitest';
import { keptAnswers } from './answers.ts';

const inRepeat = (instance: number, text: string) => ({ path: '/data/child/age', repeatIndexes: [instance], text });

it('keeps what was answered, and an empty place in a list', () => {
	const kept = keptAnswers([{ path: '/data/name', repeatIndexes: [], text: '' }, { path: '/data/town', repeatIndexes: [], text: 'a' }, inRepeat(1, ''), inRepeat(2, '4')]);
	expect({ ...kept }).toEqual({ '/data/town': 'a', '/data/child/age': ['', '4'] });
});

it('puts an answer at the place of its instance when the ones before were not asked', () => {
	expect({ ...keptAnswers([inRepeat(3, '7'), inRepeat(5, '9')]) }).toEqual({ '/data/child/age': ['', '', '7', '', '9'] });
});
