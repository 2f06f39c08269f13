import fc from 'fast-check';
import { newId } from '#platform/ids.ts';
import { convert } from '#xforms/convert.ts';
import { describe as describeForm, type Instrument } from '#xforms/instrument.ts';
import { readMarkdown } from '#xforms/readMarkdown.ts';
import type { Kept } from '#modules/assessment/figures/columns.ts';
import { simpleQuery } from '#modules/assessment/figures/figure.ts';
import type { Condition, Query } from '#modules/assessment/figures/query.ts';

/** A form with every kind of answer that figures count: choices, several choices (more than 32 of them), numbers, a day, text, a formula, repeats in repeats. */
const sheet = `
| survey |
| | type | name | label | relevant | calculation |
| | select_one sex | sex | Sex | | |
| | select_multiple need | needs | Needs | | |
| | integer | age | Age | | |
| | decimal | load | Weight | | |
| | date | since | Since | | |
| | text | word | Word | | |
| | calculate | grown | | | if(\${age} >= 18, 'adult', 'minor') |
| | begin_repeat | child | Child | | |
| | select_one sex | csex | Sex | | |
| | integer | cage | Age | | |
| | begin_repeat | mark | Mark | | |
| | integer | points | Points | | |
| | end_repeat | | | | |
| | end_repeat | | | | |
| choices |
| | list_name | name | label |
| | sex | f | Woman |
| | sex | m | Man |
| | sex | refused | Refused |
${Array.from({ length: 40 }, (_, i) => `| | need | n${i} | Need ${i} |`).join('\n')}
| settings |
| | form_id | version |
| | counting | 1 |
`;

export function countingInstrument(): Instrument {
	const result = convert(readMarkdown(sheet));
	if (!result.ok) throw new Error(JSON.stringify(result.errors));
	return describeForm(result.form);
}

/** An answer: null when it was not asked, empty when left blank. */
type Said = string | null;
export type Child = { csex: Said; cage: Said; marks: Said[] };
export type Person = { sex: Said; needs: Said; age: Said; load: Said; since: Said; word: Said; grown: Said; place: number; day: number; children: Child[] };

const said = (arbitrary: fc.Arbitrary<string>): fc.Arbitrary<Said> => fc.oneof({ weight: 8, arbitrary }, { weight: 1, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constant(null) });
const number = fc.oneof(fc.integer({ min: -5, max: 90 }).map(String), fc.constantFrom('x', '12.5', ' 7 ', '1e2', '12abc'));
const sex = said(fc.constantFrom('f', 'm', 'f', 'm', 'refused', 'junk'));

export const person: fc.Arbitrary<Person> = fc.record({
	sex,
	needs: said(fc.uniqueArray(fc.constantFrom('n0', 'n1', 'n31', 'n32', 'n39', 'zzz'), { minLength: 1, maxLength: 4 }).map((list) => list.join(' '))),
	age: said(number),
	load: said(fc.constantFrom('0.5', '1', '2', '0', '-1', 'y')),
	since: said(fc.constantFrom('2026-01-01', '2026-02-28', '2026-02-30', 'soon')),
	word: said(fc.constantFrom('a', 'b c')),
	grown: said(fc.constantFrom('adult', 'minor', 'else')),
	place: fc.nat(3),
	day: fc.nat(70),
	children: fc.array(fc.record({ csex: sex, cage: said(number), marks: fc.array(said(fc.constantFrom('1', '2', '3')), { maxLength: 2 }) }), { maxLength: 3 })
});

const element = (name: string, value: Said): string => (value === null ? '' : value === '' ? `<${name}/>` : `<${name}>${value}</${name}>`);

/** Two regions with a district each; the last place is none. */
export const placeIds = Array.from({ length: 3 }, () => newId());
export const firstDay = Date.UTC(2026, 0, 1, 12);

/** What the intake would keep of a person. */
export function keptOf(one: Person): Kept {
	const { sex, needs, age, load, since, word, grown, children } = one;
	const flat = { sex, needs, age, load, since, word, grown };
	const xml = `<data id="counting" version="1">${Object.entries(flat).map(([name, value]) => element(name, value)).join('')}${children
		.map((child) => `<child>${element('csex', child.csex)}${element('cage', child.cage)}${child.marks.map((mark) => `<mark>${element('points', mark)}</mark>`).join('')}</child>`)
		.join('')}<meta><instanceID>uuid:1</instanceID></meta></data>`;
	const answers: Record<string, unknown> = Object.fromEntries(Object.entries(flat).flatMap(([name, value]) => (value === null || value === '' ? [] : [[`/data/${name}`, value]])));
	for (const name of ['csex', 'cage'] as const) {
		const list = children.map((child) => child[name] ?? '');
		// As the intake keeps it: up to the last instance that has the element at all.
		const length = children.findLastIndex((child) => child[name] !== null) + 1;
		if (length > 0) answers[`/data/child/${name}`] = list.slice(0, length);
	}
	return { id: newId(), placeId: placeIds[one.place] ?? null, receivedAt: new Date(firstDay + one.day * 86_400_000), answers, xml };
}

// The oracle: one row after the other, over plain objects, knowing nothing of columns. ------------------------------------

type Row = { people: Person; own: Record<string, Said>; id: number };

function rowsOf(people: readonly Person[], of: string): Row[] {
	const paths = (one: Person, child?: Child, mark?: Said): Record<string, Said> => ({
		'/data/sex': one.sex, '/data/needs': one.needs, '/data/age': one.age, '/data/load': one.load, '/data/since': one.since, '/data/word': one.word, '/data/grown': one.grown,
		...(child ? { '/data/child/csex': child.csex, '/data/child/cage': child.cage } : {}),
		...(mark === undefined ? {} : { '/data/child/mark/points': mark })
	});
	return people.flatMap((one, id): Row[] => {
		// An instance with nothing in it that is asked about leaves no trace in the answers.
		if (of.startsWith('/data/child/mark/')) return one.children.flatMap((child) => child.marks.flatMap((mark) => (mark === null ? [] : [{ people: one, own: paths(one, child, mark), id }])));
		if (of.startsWith('/data/child/')) return one.children.flatMap((child) => (isEmpty(child) ? [] : [{ people: one, own: paths(one, child), id }]));
		return [{ people: one, own: paths(one), id }];
	});
}

const isEmpty = (child: Child): boolean => child.csex === null && child.cage === null && child.marks.every((mark) => mark === null);

const asNumber = (text: Said | undefined): number | null => {
	const trimmed = (text ?? '').trim();
	return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : null;
};
const asDay = (text: Said | undefined): number | null => (text === '2026-01-01' || text === '2026-02-28' ? Date.parse(text) / 86_400_000 : null);
const within = (place: number, wanted: readonly string[]): boolean => place < 3 && wanted.some((id) => id === placeIds[place] || (id === placeIds[0] && place === 2));
const dayOf = (one: Person): string => new Date(firstDay + one.day * 86_400_000).toISOString().slice(0, 10);

/** Every instance of a path that belongs to a row: around it one, inside it any number. */
function valuesAt(row: Row, path: string): (Said | undefined)[] {
	if (path in row.own) return [row.own[path]];
	if (path.startsWith('/data/child/mark/')) return ('/data/child/cage' in row.own ? row.people.children.filter((child) => child.csex === row.own['/data/child/csex'] && child.cage === row.own['/data/child/cage']) : row.people.children).flatMap((child) => child.marks);
	return row.people.children.map((child) => (path === '/data/child/csex' ? child.csex : child.cage));
}

function holds(row: Row, condition: Condition): boolean {
	if ('all' in condition) return condition.all.every((each) => holds(row, each));
	if ('any' in condition) return condition.any.some((each) => holds(row, each));
	if ('not' in condition) return !holds(row, condition.not);
	if ('places' in condition) return within(row.people.place, condition.places);
	if ('answered' in condition) return valuesAt(row, condition.answered).some((value) => isAnswered(condition.answered, value));
	if (!('answer' in condition)) return (condition.receivedFrom ?? '') <= dayOf(row.people) && dayOf(row.people) <= (condition.receivedTo ?? '9');
	return valuesAt(row, condition.answer).some((value) => {
		if ('is' in condition) return (value ?? '').split(' ').some((word, i) => (i === 0 || condition.answer === '/data/needs') && condition.is.includes(word));
		const found = condition.answer === '/data/since' ? asDay(value) : asNumber(value);
		return found !== null && found >= (condition.from ?? -Infinity) && found <= (condition.to ?? Infinity);
	});
}
const isAnswered = (_path: string, value: Said | undefined): boolean => value !== undefined && value !== null && value !== '';

export type OracleGroup = { asked: number; blank: number; refused: number; unusable: number; notAsked: number; n: number; people: number; counts: Record<string, number>; values: number[] };

const listed: Readonly<Record<string, readonly string[]>> = {
	'/data/sex': ['f', 'm', 'refused'], '/data/child/csex': ['f', 'm', 'refused'], '/data/grown': ['adult', 'minor'],
	'/data/needs': Array.from({ length: 40 }, (_, i) => `n${i}`)
};
const key = (path: string, word: string): string => ((listed[path] ?? []).includes(word) ? word : '@other');

/** What a query comes to, by looking at everything one by one. */
export function oracle(people: readonly Person[], query: Query): Record<string, OracleGroup> {
	const groups: Record<string, OracleGroup & { seen: Set<number> }> = {};
	for (const row of rowsOf(people, query.of)) {
		if (query.where !== null && !holds(row, query.where)) continue;
		const keys = query.splits.map((split): string | null => {
			if (split.by === 'month') return dayOf(row.people).slice(0, 7);
			if (split.by === 'place') return row.people.place === 3 ? null : split.level === 'exact' ? (placeIds[row.people.place] ?? null) : (placeIds[row.people.place === 1 ? 1 : 0] ?? null);
			const value = row.own[split.path] ?? '';
			if (split.bands.length === 0) return value === '' ? null : key(split.path, value);
			const found = asNumber(value);
			return found === null ? null : String(split.bands.filter((start) => found >= start).length);
		});
		if (keys.includes(null)) continue;
		const name = JSON.stringify(keys);
		const group = (groups[name] ??= { asked: 0, blank: 0, refused: 0, unusable: 0, notAsked: 0, n: 0, people: 0, counts: {}, values: [], seen: new Set() });
		const value = row.own[query.of] ?? null;
		if (value === null) {
			group.notAsked += 1;
			continue;
		}
		group.asked += 1;
		const answer = answerOf(query, value);
		if (typeof answer === 'string') group[answer] += 1;
		if (typeof answer === 'string' && query.base === 'answered') continue;
		group.n += 1;
		group.seen.add(row.id);
		group.people = group.seen.size;
		if (typeof answer === 'string') continue;
		if (['mean', 'median', 'sum'].includes(query.measure)) group.values.push(asNumber(value) ?? 0);
		else for (const word of answer) group.counts[word] = (group.counts[word] ?? 0) + 1;
	}
	return Object.fromEntries(Object.entries(groups).map(([name, { seen: _seen, ...group }]) => [name, group]));
}

function answerOf(query: Query, value: string): string[] | 'blank' | 'refused' | 'unusable' {
	if (value.trim() === '') return 'blank';
	if (query.of === '/data/word') return ['@answered'];
	if (listed[query.of] === undefined) {
		const number = asNumber(value);
		if (number === null) return 'unusable';
		return [String(query.bands.filter((start) => number >= start).length)];
	}
	const words = [...new Set((query.of === '/data/needs' ? value.split(' ') : [value]).map((word) => key(query.of, word)))];
	if (words.some((word) => query.refused.includes(word))) return 'refused';
	return query.anyOf === null ? words : words.some((word) => query.anyOf?.includes(word)) ? ['@any'] : [];
}

const leaf: fc.Arbitrary<Condition> = fc.oneof(
	fc.record({ answer: fc.constantFrom('/data/sex', '/data/child/csex'), is: fc.uniqueArray(fc.constantFrom('f', 'm', 'refused'), { minLength: 1 }) }),
	fc.record({ answer: fc.constant('/data/needs'), is: fc.uniqueArray(fc.constantFrom('n0', 'n31', 'n32'), { minLength: 1 }) }),
	fc.record({ answer: fc.constantFrom('/data/age', '/data/child/cage'), from: fc.integer({ min: 0, max: 40 }), to: fc.integer({ min: 20, max: 80 }) }),
	fc.constant<Condition>({ answer: '/data/since', from: Date.parse('2026-01-15') / 86_400_000 }),
	fc.record({ answered: fc.constantFrom('/data/word', '/data/age', '/data/child/cage') }),
	fc.constantFrom<Condition[]>([{ places: [placeIds[0] ?? ''] }], [{ places: [placeIds[1] ?? ''] }]).map(([each]) => each ?? { all: [] }),
	fc.constant<Condition>({ receivedFrom: '2026-01-10', receivedTo: '2026-02-20' })
);
const condition: fc.Arbitrary<Condition> = fc.oneof(
	leaf,
	fc.array(leaf, { maxLength: 3 }).map((all): Condition => ({ all })),
	fc.array(leaf, { maxLength: 3 }).map((any): Condition => ({ any })),
	leaf.map((not): Condition => ({ not })),
	fc.array(leaf, { minLength: 1, maxLength: 2 }).map((any): Condition => ({ not: { any } }))
);

/** Queries of all kinds that fit the form. */
export const queries = (roundId: string): fc.Arbitrary<Query> =>
	fc
		.record({
			of: fc.constantFrom('/data/sex', '/data/needs', '/data/age', '/data/word', '/data/grown', '/data/child/csex', '/data/child/cage', '/data/child/mark/points'),
			average: fc.constantFrom('mean' as const, 'median' as const, 'sum' as const, null),
			base: fc.constantFrom('answered' as const, 'asked' as const),
			any: fc.boolean(),
			refused: fc.boolean(),
			splits: fc.uniqueArray(fc.constantFrom('sex', 'age', 'place', 'exact', 'month', 'csex'), { maxLength: 2 }),
			where: fc.option(condition)
		})
		.map(({ of, average, base, any, refused, splits, where }) => {
			const number = ['/data/age', '/data/child/cage', '/data/child/mark/points'].includes(of);
			const choice = listed[of] !== undefined;
			return simpleQuery(roundId, number && average !== null ? average : 'share', of, {
				base,
				bands: number && average === null ? [2, 18, 25] : [],
				anyOf: choice && any ? [listed[of]?.[0] ?? '', listed[of]?.[1] ?? ''] : null,
				refused: choice && refused ? ['refused', 'n39'] : [],
				splits: splits.flatMap((split): Query['splits'] => {
					if (split === 'csex' && !of.startsWith('/data/child/')) return [];
					if (split === 'sex' || split === 'csex') return [{ by: 'answer', path: split === 'sex' ? '/data/sex' : '/data/child/csex', bands: [] }];
					if (split === 'age') return [{ by: 'answer', path: '/data/age', bands: [18, 40] }];
					return split === 'month' ? [{ by: 'month' }] : [{ by: 'place', level: split === 'exact' ? 'exact' : 'region' }];
				}),
				where
			});
		});
