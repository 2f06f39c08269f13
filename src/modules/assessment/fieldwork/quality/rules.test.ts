import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readyInstrument } from '../../../../../test/assessment.ts';
import { observe, ownPaths, receiptOf, watchedOf, type Answers, type Observation, type Watched } from './observe.ts';
import { findFlags, medianOf, outlierDistance, robust, shortestPause, type Found } from './rules.ts';


const watched: Watched = {
	own: { start: '/d/start', end: '/d/end', device: null },
	compared: [...Array.from({ length: 8 }, (_, i) => ({ path: `/d/q${i}`, kind: 'choice' as const, choices: 3 })), { path: '/d/n', kind: 'number', choices: 20 }],
	numbers: ['/d/n'],
	blocks: [{ key: '/d/q0', paths: ['/d/q0', '/d/q1', '/d/q2', '/d/q3', '/d/q4'] }],
	keys: ['/d/house']
};
let serial = 0;
const seen = (answers: Answers, sender: string | null = null): Observation => {
	serial += 1;
	return observe({ id: String(serial).padStart(6, '0'), instanceId: `uuid:${serial}`, sender, answers, flags: [] }, watched);
};
const found = (all: readonly Observation[], shortestMinutes: number | null = null): Found[] => findFlags(all, watched, { shortestMinutes });
const flagged = (flags: readonly Found[], rule: string): Set<string> => new Set(flags.filter((flag) => flag.rule === rule).map((flag) => flag.submissionId));
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 5, 8) + minute * 60_000).toISOString();

describe('interviews of one person', () => {
	const interviews = fc.array(fc.record({ who: fc.constantFrom('a', 'b', null), from: fc.nat(60), took: fc.integer({ min: 1, max: 30 }) }), { maxLength: 14 });
	it('are flagged as overlapping exactly when another of theirs runs at the same time, pair by pair', () => {
		fc.assert(
			fc.property(interviews, (list) => {
				const all = list.map(({ who, from, took }) => seen({ '/d/start': at(from), '/d/end': at(from + took) }, who));
				const expected = new Set(all.filter((one, i) => all.some((other, j) => i !== j && one.collector !== null && one.collector === other.collector && list[i] && list[j] && list[i].from < list[j].from + list[j].took && list[j].from < list[i].from + list[i].took)).map((each) => each.id));
				expect(flagged(found(all), 'overlap')).toEqual(expected);
			})
		);
	});
	it('are flagged as following at once only when none runs and the pause is shorter than a minute', () => {
		fc.assert(
			fc.property(interviews, (list) => {
				const all = list.map(({ who, from, took }) => seen({ '/d/start': at(from), '/d/end': at(from + took) }, who));
				const own = all.map((each, i) => ({ each, start: list[i]?.from ?? 0, end: (list[i]?.from ?? 0) + (list[i]?.took ?? 0) })).filter(({ each }) => each.collector !== null);
				for (const id of flagged(found(all), 'soon-after')) {
					const mine = own.find(({ each }) => each.id === id);
					expect(mine).toBeDefined();
					if (!mine) continue;
					const others = own.filter(({ each }) => each.id !== id && each.collector === mine.each.collector && (({ start, end }) => start < mine.start || (start === mine.start && end <= mine.end))(own.find((o) => o.each.id === each.id) ?? mine));
					expect(Math.min(...others.map(({ end }) => (mine.start - end) * 60))).toBeLessThan(shortestPause);
				}
			})
		);
	});
	it('through a link that many may use say nothing', () => {
		expect(found([seen({ '/d/start': at(0), '/d/end': at(30) }), seen({ '/d/start': at(5), '/d/end': at(25) })])).toEqual([]);
	});
});

describe('a name of what was asked about', () => {
	it('that comes twice, in either script and whatever case, flags exactly those that share it', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom('Uy 1', 'UY 1', 'уй 1', 'Uy 2', ''), { maxLength: 10 }), (houses) => {
				const all = houses.map((house) => seen({ '/d/house': house }));
				const plain = (house: string): string => house.toLowerCase().replace('уй', 'uy');
				const expected = new Set(all.filter((_, i) => houses[i] !== '' && houses.some((other, j) => i !== j && plain(other) === plain(houses[i] ?? ''))).map((each) => each.id));
				expect(flagged(found(all), 'same-key')).toEqual(expected);
			})
		);
	});
});

describe('the same answers', () => {
	const answers = (values: readonly string[], n = ''): Answers => ({ ...Object.fromEntries(values.map((value, i) => [`/d/q${i}`, value])), '/d/n': n });
	it('flag only those that are the same to the last answer', () => {
		fc.assert(
			fc.property(fc.array(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 8, maxLength: 8 }), { maxLength: 20 }), (list) => {
				const all = list.map((values) => seen(answers(values)));
				for (const id of flagged(found(all), 'same-answers')) {
					const mine = all.findIndex((each) => each.id === id);
					expect(list.filter((other) => other.join() === list[mine]?.join()).length).toBeGreaterThan(1);
				}
			})
		);
	});
	it('are found among varied ones, and are left where everybody says the same or little was asked', () => {
		const varied = Array.from({ length: 40 }, (_, i) => seen(answers(Array.from({ length: 8 }, (_, q) => 'abc'[(i * (q + 3) + q * q) % 3] ?? 'a'), String(i))));
		const [one, two] = [seen(answers(['a', 'c', 'b', 'b', 'a', 'c', 'a', 'c'], '77')), seen(answers(['a', 'c', 'b', 'b', 'a', 'c', 'a', 'c'], '77'))];
		expect([...flagged(found([...varied, one, two]), 'same-answers')]).toEqual(expect.arrayContaining([one.id, two.id]));
		const alike = Array.from({ length: 40 }, () => seen(answers(['a', 'a', 'a'])));
		expect(flagged(found(alike), 'same-answers').size).toBe(0);
		expect(seen(answers(['a', 'b'])).fingerprint).toBeNull();
	});
});

describe('a number', () => {
	it('has the median that ordering by hand gives, and a spread that one wild number does not move far', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 5, maxLength: 40 }), (numbers) => {
				const ordered = [...numbers].sort((a, b) => a - b);
				const half = Math.floor(ordered.length / 2);
				const median = ordered.length % 2 ? (ordered[half] ?? 0) : ((ordered[half - 1] ?? 0) + (ordered[half] ?? 0)) / 2;
				expect(medianOf(ordered)).toBe(median);
				expect(robust(numbers).median).toBe(median);
				const distances = ordered.map((each) => Math.abs(each - median)).sort((a, b) => a - b);
				const mad = medianOf(distances);
				if (mad > 0) expect(robust(numbers).spread).toBeCloseTo(1.4826 * mad, 9);
			})
		);
	});
	it('stands out exactly when it lies more than five spreads from the middle, and never among fewer than twenty', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(fc.integer({ min: 20, max: 60 }), fc.constantFrom(0, 500, 9999)), { maxLength: 40 }), (numbers) => {
				const all = numbers.map((number) => seen({ '/d/n': String(number) }));
				const { median, spread } = numbers.length > 0 ? robust(numbers) : { median: 0, spread: 0 };
				const expected = numbers.length < 20 || spread === 0 ? [] : all.filter((_, i) => Math.abs((numbers[i] ?? 0) - median) > outlierDistance * spread).map((each) => each.id);
				expect([...flagged(found(all), 'outlier')]).toEqual(expected);
			})
		);
	});
});

describe('an interview', () => {
	it('shorter than the round says is too fast, and one far below the others', () => {
		const usual = Array.from({ length: 25 }, (_, i) => seen({ '/d/start': at(i * 100), '/d/end': at(i * 100 + 30 + (i % 7)) }));
		const [short, quick] = [seen({ '/d/start': at(5000), '/d/end': at(5009) }), seen({ '/d/start': at(6000), '/d/end': at(6001) })];
		expect(flagged(found([...usual, short, quick], 10), 'too-fast')).toEqual(new Set([short.id, quick.id]));
		expect(flagged(found([...usual, quick]), 'too-fast')).toEqual(new Set([quick.id]));
		expect(flagged(found([quick, short]), 'too-fast').size).toBe(0);
	});
	it('with one choice for a whole row of questions is flagged, unless that is how people answer them', () => {
		const row = (values: string): Answers => Object.fromEntries([...values].map((value, i) => [`/d/q${i}`, value]));
		const mixed = Array.from({ length: 12 }, (_, i) => seen(row(i % 2 ? 'abcab' : 'cabca')));
		const straight = seen(row('bbbbb'));
		expect(flagged(found([...mixed, straight]), 'straight-line')).toEqual(new Set([straight.id]));
		expect(flagged(found([...mixed, seen(row('bbbb'))]), 'straight-line').size).toBe(0);
		expect(flagged(found([...mixed, ...Array.from({ length: 8 }, () => seen(row('aaaaa')))]), 'straight-line').size).toBe(0);
	});
});

it('reads from a form which answers the app writes down by itself', () => {
	expect(ownPaths('<bind nodeset="/d/s" jr:preload="timestamp" jr:preloadParams="start" type="dateTime"/><bind jr:preload="timestamp" jr:preloadParams="end" nodeset="/d/e"/><bind nodeset="/d/x" jr:preload="property" jr:preloadParams="deviceid"/><bind nodeset="/d/y" jr:preloadParams="username"/>')).toEqual({ start: '/d/s', end: '/d/e', device: '/d/x' });
	const { model, xml } = readyInstrument();
	expect(watchedOf(model, xml, []).compared.map(({ path, kind }) => [path, kind])).toEqual([['/data/sex', 'choice'], ['/data/needs', 'choice'], ['/data/age', 'number']]);
	expect(receiptOf('uuid:12ab-34CD-56ef')).toBe('12AB34CD');
});
