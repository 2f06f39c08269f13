import fc from 'fast-check';
import { expect, it } from 'vitest';
import { convert } from './convert.ts';
import { describe as describeForm } from './instrument.ts';
import { readMarkdown } from './readMarkdown.ts';
import { reviseSubmission } from './revise.ts';
import { parseSubmission, type Answer } from './submission.ts';
import { submissionShape } from './submissionShape.ts';

const converted = convert(
	readMarkdown(`
| survey |
| | type | name | label |
| | text | a | A |
| | begin_group | g | G |
| | integer | b | B |
| | text | c | C |
| | end_group | | |
| | begin_repeat | r | R |
| | text | d | D |
| | end_repeat | | |
| settings |
| | form_id | version |
| | f | 1 |
`)
);
if (!converted.ok) throw new Error(JSON.stringify(converted.errors));
const shape = submissionShape(describeForm(converted.form));

const key = ({ path, repeatIndexes }: Pick<Answer, 'path' | 'repeatIndexes'>): string => `${path}|${repeatIndexes.join()}`;
const text = fc.string({ unit: fc.constantFrom('a', 'ʻ', '&', '<', '"', '\r', '\n', 'ж', ' ', ']]>', '😀'), maxLength: 6 });

it('changes what it is told to and nothing else, whatever stands in the answers', () => {
	fc.assert(
		fc.property(
			fc.record({ a: fc.option(text), b: fc.option(text), c: fc.option(text), d: fc.array(text, { maxLength: 3 }) }),
			fc.array(fc.record({ at: fc.nat(5), text }), { maxLength: 4 }),
			(given, wished) => {
				const escape = (value: string): string => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#13;');
				const element = (name: string, value: string | null): string => (value === null ? '' : `<${name}>${escape(value)}</${name}>`);
				const xml = `<data id="f" version="1" xmlns:jr="http://openrosa.org/javarosa">${element('a', given.a)}<g>${element('b', given.b)}${element('c', given.c)}</g>${given.d.map((value) => `<r>${element('d', value)}</r>`).join('')}<meta><instanceID>uuid:one</instanceID></meta></data>`;
				const places = [['/data/a', []], ['/data/g/b', []], ['/data/g/c', []], ...given.d.map((_, i) => ['/data/r/d', [i + 1]] as const)] as const;
				const revisions = wished.flatMap((wish) => {
					const place = places[wish.at % places.length];
					return place ? [{ path: place[0], repeatIndexes: place[1], text: wish.text }] : [];
				});
				const before = parseSubmission(xml, shape);
				const after = parseSubmission(reviseSubmission(xml, shape, 'uuid:two', revisions), shape);
				expect([before.ok, after.ok]).toEqual([true, true]);
				if (!before.ok || !after.ok) return;
				expect([after.value.instanceId, after.value.deprecatedId]).toEqual(['uuid:two', 'uuid:one']);
				const expected = new Map(before.value.answers.filter((each) => each.text !== '').map((each) => [key(each), each.text]));
				for (const each of revisions) {
					if (each.text === '') expected.delete(key(each));
					else expected.set(key(each), each.text);
				}
				expect(new Map(after.value.answers.filter((each) => each.text !== '').map((each) => [key(each), each.text]))).toEqual(expected);
			}
		)
	);
});

it('keeps prefixes, adds the instance that comes next, and refuses one that does not', () => {
	const xml = '<orx:data xmlns:orx="http://openrosa.org/xforms" id="f" version="1"><orx:meta><orx:instanceID>x</orx:instanceID></orx:meta></orx:data>';
	expect(reviseSubmission(xml, shape, 'y', [])).toContain('<orx:instanceID>y</orx:instanceID><orx:deprecatedID>x</orx:deprecatedID>');
	const added = reviseSubmission(xml, shape, 'y', [{ path: '/data/r/d', repeatIndexes: [1], text: 'one' }, { path: '/data/r/d', repeatIndexes: [2], text: 'two' }]);
	expect(added).toContain('<orx:r><orx:d>one</orx:d></orx:r><orx:r><orx:d>two</orx:d></orx:r>');
	expect(() => reviseSubmission(xml, shape, 'y', [{ path: '/data/r/d', repeatIndexes: [2], text: 'z' }])).toThrow(/no such instance/);
	expect(() => reviseSubmission(xml, shape, 'y', [{ path: '/data/nothing', repeatIndexes: [], text: 'z' }])).toThrow(/no \/data\/nothing/);
});

it('takes out the instances that it is told to, counted as they stood, and what was changed in the others stays with them', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom('p', 'q', '<&>', 'ʻ'), { minLength: 1, maxLength: 5 }), fc.array(fc.nat(4), { maxLength: 3 }), fc.nat(4), (instances, gone, changed) => {
			const safe = (value: string): string => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
			const xml = `<data id="f" version="1"><a>x</a>${instances.map((value) => `<r><d>${safe(value)}</d></r>`).join('')}<meta><instanceID>uuid:one</instanceID></meta></data>`;
			const removed = new Set(gone.filter((at) => at < instances.length));
			const revised = changed < instances.length ? [{ path: '/data/r/d', repeatIndexes: [changed + 1], text: 'new' }] : [];
			const after = parseSubmission(reviseSubmission(xml, shape, 'uuid:two', revised, [...removed].map((at) => ({ path: '/data/r', repeatIndexes: [at + 1] }))), shape);
			if (!after.ok) throw new Error(JSON.stringify(after.error));
			const left = instances.map((value, at) => (at === changed ? 'new' : value)).filter((_, at) => !removed.has(at));
			expect(after.value.answers.filter(({ path }) => path === '/data/r/d').map((each) => each.text)).toEqual(left);
			expect(after.value.answers.find(({ path }) => path === '/data/a')?.text).toBe('x');
		})
	);
	expect(() => reviseSubmission('<data id="f" version="1"><meta><instanceID>x</instanceID></meta></data>', shape, 'y', [], [{ path: '/data/r', repeatIndexes: [1] }])).toThrow(/no such instance/);
});
