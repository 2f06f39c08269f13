import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMPARISONS, skipOf, type Skip } from './skip.ts';

const name = fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/).filter((each) => !['and', 'or', 'not', 'mod', 'div', 'selected'].includes(each));
const value = fc.stringMatching(/^[a-z0-9 ʻ.-]{0,10}$/);
const leaf = fc.oneof(
	fc.record({ kind: fc.constant('compared' as const), question: name, by: fc.constantFrom(...COMPARISONS), value }),
	fc.record({ kind: fc.constant('chosen' as const), question: name, choice: value })
);
const skips = fc.letrec<{ skip: Skip }>((tie) => ({
	skip: fc.oneof(
		{ maxDepth: 4, withCrossShrink: true },
		leaf,
		fc.record({ kind: fc.constant('not' as const), part: tie('skip') }),
		fc.record({ kind: fc.constantFrom('all' as const, 'any' as const), parts: fc.array(tie('skip'), { minLength: 2, maxLength: 3 }) })
	)
})).skip;

/** Writes a condition as an author would, every part in brackets. */
function written(skip: Skip): string {
	if (skip.kind === 'compared') return `\${${skip.question}} ${skip.by} '${skip.value}'`;
	if (skip.kind === 'chosen') return `selected(\${${skip.question}}, "${skip.choice}")`;
	if (skip.kind === 'not') return `not(${written(skip.part)})`;
	if (skip.kind === 'other') return skip.expression;
	return skip.parts.map((part) => `(${written(part)})`).join(skip.kind === 'all' ? ' and ' : ' or ');
}

describe('when a question is asked', () => {
	it('is read back as it was written, whatever the condition', () => {
		fc.assert(fc.property(skips, (skip) => {
			expect(skipOf(written(skip))).toEqual(skip);
		}), { numRuns: 500 });
	});

	it.each([
		["${help}='yes'", { kind: 'compared', question: 'help', by: '=', value: 'yes' }],
		['18 <= ${age}', { kind: 'compared', question: 'age', by: '>=', value: '18' }],
		["selected( ${whom} , 'ngo')", { kind: 'chosen', question: 'whom', choice: 'ngo' }],
		["${a} = 'x' or ${b} = 'y' and ${c} = 'z'", {
			kind: 'any',
			parts: [
				{ kind: 'compared', question: 'a', by: '=', value: 'x' },
				{ kind: 'all', parts: [{ kind: 'compared', question: 'b', by: '=', value: 'y' }, { kind: 'compared', question: 'c', by: '=', value: 'z' }] }
			]
		}]
	])('understands %s', (expression, expected) => expect(skipOf(expression)).toEqual(expected));

	it.each(["count(${child}) > 2", "${a} = ${b}", "${a} + 1 = 3", 'true()', '', "not(${a} = 'x'", "${a} = 'x' and", '('.repeat(60)])('hands back whole what is too much for words: %s', (expression) => {
		expect(skipOf(expression)).toEqual({ kind: 'other', expression: expression.trim() });
	});

	it('bears whatever is written there', () => {
		fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
			skipOf(text);
		}));
	});
});
