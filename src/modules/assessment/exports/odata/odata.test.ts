import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { owner, useDatabase } from '../../../../../test/database.ts';
import { deep } from '../../../../../test/deep.ts';
import { exportForm, filledXml, layOutExport, makeFeed, newInstance, putXml } from '../../../../../test/exports.ts';
import { inTransaction } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import * as verbs from '#modules/assessment/permits.ts';
import { convert } from '#xforms/convert.ts';
import { describe as describeForm } from '#xforms/instrument.ts';
import { readMarkdown } from '#xforms/readMarkdown.ts';
import { newToken } from '#modules/assessment/collection/token.server.ts';
import { revokeFeed } from '../commands.server.ts';
import { modelOf, setAt, type EntitySet } from './edm.ts';
import { meets } from './evaluate.ts';
import { findFeed, openFeed } from './feed.server.ts';
import { parseFilter } from './filter.ts';
import { metadataXml } from './metadata.ts';
import { optionsOf, tokenOf } from './options.ts';
import { FeedReading, type Page } from './read.server.ts';

useDatabase();

const form = (text = exportForm) => {
	const converted = convert(readMarkdown(text));
	if (!converted.ok) throw new Error(JSON.stringify(converted.errors));
	return describeForm(converted.form);
};
const model = modelOf(form(), 'en');
const known = (address: string): EntitySet => {
	const set = setAt(model, address);
	if (!set) throw new Error(address);
	return set;
};
const submissions = known('Submissions');

const read = (feedId: string, address: string, query: Record<string, string> = {}, prefer?: string): Promise<Page> =>
	inTransaction({ kind: 'feed', feedId }, async (tx) => {
		const feed = await openFeed(tx, feedId, query['labels'] ?? null, 'en');
		const set = setAt(feed.model, address);
		if (!set) throw new Error(address);
		return new FeedReading(tx, feed).page(set, optionsOf(new URLSearchParams(query), set, prefer));
	});

/** Follows the pages of a set to the end. */
async function readAll(feedId: string, address: string, query: Record<string, string>, page: number): Promise<{ entities: Record<string, unknown>[]; pages: number }> {
	const entities: Record<string, unknown>[] = [];
	let next: Record<string, string> = query;
	for (let pages = 1; ; pages++) {
		const found = await read(feedId, address, next, `odata.maxpagesize=${page}`);
		entities.push(...found.entities);
		if (!found.next) return { entities, pages };
		const { $top: _top, $skip: _skip, $count: _count, ...rest } = query;
		next = { ...rest, $skiptoken: tokenOf(found.next) };
	}
}

describe('the model of a feed', () => {
	it('names sets as addresses and as identifiers, and describes every property', () => {
		expect(model.sets.map(({ name, address }) => [name, address])).toEqual([['Submissions', 'Submissions'], ['Submissions_member', 'Submissions.member'], ['Submissions_member_visit', 'Submissions.member.visit']]);
		const xml = metadataXml(model);
		for (const name of [...xml.matchAll(/ Name="([^"]*)"/g)].map((found) => found[1] ?? '')) expect(name).toMatch(/^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127}$/u);
		expect(xml).toContain('<Property Name="ёшингиз" Type="Edm.Int64"/>');
		expect(xml).toContain('<NavigationPropertyBinding Path="member" Target="Submissions_member"/>');
	});
});

describe('a filter', () => {
	const refused: [string, number][] = [
		["sex eq 'f' and", 400], ['sex eq f', 400], ["sex eq 'f", 400], ['(sex eq null', 400], ["nothing eq 'a'", 400], ['ёшингиз eq 1 2', 400], ["length(sex) eq 1", 501], ["tolower(sex) eq 'f'", 501],
		['ёшингиз add 1 eq 2', 501], ["sex in ('f','m')", 501], ['since gt now()', 501], ["contains(sex,'f'", 400], ['year(sex) eq 2020', 400], ["sex eq 'f' ; drop table x", 400], ['not', 400], ['('.repeat(200), 400],
		["member/any(m:m/name eq 'a')", 400]
	];
	it.each(refused)('refuses %s', (text, status) => {
		let thrown: unknown;
		try {
			parseFilter(text, submissions);
		} catch (error) {
			thrown = error;
		}
		expect(thrown).toMatchObject({ status });
	});

	it('finds in the database exactly what it finds row by row', async () => {
		const round = await layOutExport(owner);
		const feed = await makeFeed(owner, round);
		const values = { sex: ['f', 'm', '', 'Ә'], age: ['1', '31', '-5', '12x', '', '007', '99999999999999999999'], income: ['1.5', '2', 'x', '', '1e3'], since: ['2020-02-29', '2021-02-30', '2026-01-01', ''], note: ["a'b", 'Oʻzbek', '', 'a'], seen: ['2026-03-08T10:20:30.500+05:00', '2026-03-08T05:20:30.500Z', 'yesterday', ''] };
		let n = 0;
		const pick = (list: readonly string[]): string => list[n % list.length] ?? '';
		for (; n < 84; n++) await putXml(owner, round, filledXml({ note_text: pick(values.note), sex: pick(values.sex), age: pick(values.age), income: pick(values.income), since: pick(values.since), seen: pick(values.seen), needs: pick(['law', 'home law', '']) }, newInstance()), undefined, { state: pick(['received', 'approved', 'received', 'has_issues', 'approved']) });
		for (const state of ['received', 'approved', 'received']) {
			const replaces = newInstance();
			await putXml(owner, round, filledXml({ sex: 'm' }, replaces), undefined, { state: 'has_issues' });
			await putXml(owner, round, filledXml({ sex: 'f' }, newInstance()), undefined, { state, replaces });
		}
		const comparison = fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le');
		const leaf = fc.oneof(
			fc.tuple(fc.constant('sex'), comparison, fc.constantFrom("'f'", "'m'", 'null', "'Ә'", "''")),
			fc.tuple(fc.constant('ёшингиз'), comparison, fc.constantFrom('1', '31', '-5', 'null', '7', '1.5')),
			fc.tuple(fc.constant('income'), comparison, fc.constantFrom('1.5', '2', '1000', 'null')),
			fc.tuple(fc.constant('since'), comparison, fc.constantFrom('2020-02-29', '2025-12-31', 'null')),
			fc.tuple(fc.constant('seen'), comparison, fc.constantFrom('2026-03-08T05:20:30.500Z', '2026-03-08T10:20:30Z', 'null')),
			fc.tuple(fc.constantFrom('year(since)', 'month(since)', 'day(since)', 'hour(seen)', 'minute(seen)', 'second(seen)'), comparison, fc.constantFrom('2020', '2', '29', '5', '20', '30', 'null')),
			fc.tuple(fc.constant('needs_law'), comparison, fc.constantFrom('1', '0', 'null')),
			fc.tuple(fc.constant('__system/reviewState'), comparison, fc.constantFrom('null', "'edited'", "'hasIssues'", "'approved'", "'rejected'", "'received'")),
			fc.tuple(fc.constant('__system/flags'), comparison, fc.constantFrom('0', '1'))
		).map((each) => each.join(' '));
		const test = fc.tuple(fc.constantFrom('contains', 'startswith', 'endswith'), fc.constantFrom("'a'", "'''b'", "'ʻz'", "''")).map(([name, value]) => `${name}(note_text,${value})`);
		const { filter } = fc.letrec<{ filter: string }>((tie) => ({
			filter: fc.oneof({ depthSize: 'small' }, leaf, test, fc.tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter')).map(([a, word, b]) => `(${a} ${word} ${b})`), tie('filter').map((each) => `not (${each})`))
		}));
		await inTransaction({ kind: 'feed', feedId: feed.id }, async (tx) => {
			const opened = await openFeed(tx, feed.id, null, 'en');
			const set = setAt(opened.model, 'Submissions') ?? submissions;
			const reading = new FeedReading(tx, opened);
			const everything = await reading.page(set, optionsOf(new URLSearchParams(), set, undefined));
			// The rows as a condition sees them, rebuilt from what was put in: the order of the table's columns.
			const rows = everything.entities.map((entity) => set.table.columns.map((_, i) => rowValue(set, entity, i)));
			await fc.assert(
				fc.asyncProperty(filter, async (text) => {
					const condition = parseFilter(text, set);
					const page = await reading.page(set, optionsOf(new URLSearchParams({ $filter: text, $count: 'true' }), set, undefined));
					const expected = everything.entities.filter((_, i) => meets(condition, rows[i] ?? []));
					expect(page.entities.map((each) => each['__id']), text).toEqual(expected.map((each) => each['__id']));
					expect(page.count).toBe(expected.length);
				}),
				{ numRuns: deep ? 2000 : 150 }
			);
		});
	});
});

function rowValue(set: EntitySet, entity: Record<string, unknown>, index: number): string | null {
	const property = [...set.properties, ...set.system].find((each) => each.index === index);
	if (!property) return null;
	const system = entity['__system'];
	const from = set.system.includes(property) && typeof system === 'object' && system !== null ? Object.fromEntries(Object.entries(system)) : entity;
	const value = from[property.name];
	return value === null || value === undefined ? null : String(value);
}

describe('a feed', () => {
	it('hands over every submission and every instance once, page by page, whatever comes in meanwhile', async () => {
		const round = await layOutExport(owner);
		const feed = await makeFeed(owner, round);
		const ids: string[] = [];
		for (let n = 0; n < 23; n++) {
			ids.push(newInstance());
			await putXml(owner, round, filledXml({ note_text: `n${n}`, members: Array.from({ length: n % 4 }, (_, i) => ({ name: `m${i}`, visits: [{ why: 'v' }] })) }, ids[n] ?? ''));
		}
		const members = ids.flatMap((id, n) => Array.from({ length: n % 4 }, (_, i) => `${id}/member[${i + 1}]`));
		for (const page of [1, 2, 7, 1000]) {
			const all = await readAll(feed.id, 'Submissions', {}, page);
			expect(all.entities.map((each) => each['__id'])).toEqual(ids);
			expect((await readAll(feed.id, 'Submissions.member', {}, page)).entities.map((each) => each['__id'])).toEqual(members);
			expect((await readAll(feed.id, 'Submissions_member_visit', {}, page)).entities.length).toBe(members.length);
			expect((await readAll(feed.id, 'Submissions', { $top: '11', $skip: '5' }, page)).entities.map((each) => each['__id'])).toEqual(ids.slice(5, 16));
			expect((await readAll(feed.id, 'Submissions.member', { $top: '4', $skip: '3' }, page)).entities.map((each) => each['__id'])).toEqual(members.slice(3, 7));
			expect((await readAll(feed.id, 'Submissions', { $orderby: '__system/submissionDate desc' }, page)).entities.map((each) => each['__id'])).toEqual([...ids].reverse());
		}
		const first = await read(feed.id, 'Submissions', { $count: 'true' }, 'odata.maxpagesize=5');
		expect(first.count).toBe(23);
		await putXml(owner, round, filledXml({ note_text: 'late' }, newInstance()));
		const rest: Record<string, unknown>[] = [];
		for (let next = first.next; next; ) {
			const page = await read(feed.id, 'Submissions', { $skiptoken: tokenOf(next) }, 'odata.maxpagesize=5');
			rest.push(...page.entities);
			next = page.next;
		}
		expect([...first.entities, ...rest].map((each) => each['__id'])).toEqual(ids);
	});

	it('tells the state of each submission in the words of ODK Central, an edit as edited until it is reviewed, and filters by them', async () => {
		const round = await layOutExport(owner);
		const feed = await makeFeed(owner, round);
		const put = async (state: string, replaces?: string): Promise<string> => {
			const id = newInstance();
			await putXml(owner, round, filledXml({ sex: 'f' }, id), undefined, { state, ...(replaces === undefined ? {} : { replaces }) });
			return id;
		};
		const [fresh, approved, wrong] = [await put('received'), await put('approved'), await put('has_issues')];
		const edited = await put('received', await put('has_issues'));
		const editedAndApproved = await put('approved', await put('received'));
		const states = (await read(feed.id, 'Submissions')).entities.map((each) => [each['__id'], each['__system']]);
		expect(states).toMatchObject([[fresh, { reviewState: null }], [approved, { reviewState: 'approved' }], [wrong, { reviewState: 'hasIssues' }], [edited, { reviewState: 'edited' }], [editedAndApproved, { reviewState: 'approved' }]]);
		const found = async (filter: string): Promise<unknown[]> => (await read(feed.id, 'Submissions', { $filter: `__system/reviewState ${filter}` })).entities.map((each) => each['__id']);
		expect(await found('eq null')).toEqual([fresh]);
		expect(await found("eq 'edited'")).toEqual([edited]);
		expect(await found("eq 'hasIssues'")).toEqual([wrong]);
		expect(await found("eq 'approved'")).toEqual([approved, editedAndApproved]);
		expect(await found("ne 'approved'")).toEqual([fresh, wrong, edited]);
		expect(await found('ne null')).toEqual([approved, wrong, edited, editedAndApproved]);
	});

	it('gives typed values, says what does not fit, puts repeats inside, and shows labels when asked', async () => {
		const round = await layOutExport(owner);
		const feed = await makeFeed(owner, round);
		const id = newInstance();
		await putXml(owner, round, filledXml({ sex: 'f', needs: 'law', age: '12x', income: '2.5', since: '2020-02-29', seen: '2026-03-08T10:20:30.500+05:00', members: [{ name: 'A', visits: [{ why: 'b' }] }] }, id));
		const [entity] = (await read(feed.id, 'Submissions', { $expand: '*' })).entities;
		expect(entity).toMatchObject({
			__id: id, sex: 'f', needs: 'law', needs_law: 1, needs_home: 0, ёшингиз: null, income: 2.5, since: '2020-02-29', seen: '2026-03-08T05:20:30.500Z', note_text: null,
			__system: { reviewState: null, formVersion: '1', round: 'S-01', unfit: 'ёшингиз=12x' },
			member: [{ __id: `${id}/member[1]`, __Submissions_id: id, name: 'A', visit: [{ why: 'b', __parent_id: `${id}/member[1]` }] }]
		});
		expect(Object.keys((await read(feed.id, 'Submissions', { $select: '__id,sex' })).entities[0] ?? {})).toEqual(['__id', 'sex']);
		expect((await read(feed.id, 'Submissions', { labels: 'uz-Cyrl', $select: 'sex' })).entities).toEqual([{ sex: 'Аёл' }]);
	});

	it('reads the answers of its round that count, and nothing once it has ended or its maker may not read them', async () => {
		const [round, other] = [await layOutExport(owner), await layOutExport(owner)];
		await putXml(owner, round, filledXml({ note_text: 'mine' }, newInstance()));
		await putXml(owner, round, filledXml({ note_text: 'rejected' }, newInstance()), undefined, { state: 'rejected' });
		await putXml(owner, other, filledXml({ note_text: 'another round' }, newInstance()));
		const feed = await makeFeed(owner, round);
		expect(await findFeed(feed.secret)).toEqual({ feedId: feed.id, roundId: round.roundId });
		expect(await findFeed(newToken())).toBeNull();
		expect(await findFeed((await makeFeed(owner, round, { expired: true })).secret)).toBeNull();
		expect((await read(feed.id, 'Submissions')).entities.map((each) => each['note_text'])).toEqual(['mine']);
		const stranger = await makeFeed(owner, round, { personId: other.analystId });
		await expect(read(stranger.id, 'Submissions')).rejects.toMatchObject({ code: 'odata.feed-ended', status: 401 });
		await owner.query('delete from assessment.round_analyst where round_id = $1', [round.roundId]);
		await expect(read(feed.id, 'Submissions')).rejects.toMatchObject({ code: 'odata.feed-ended' });
	});

	it('is made by named analysts of the round and ended by whoever sees it, and by nobody else', async () => {
		const [round, other] = [await layOutExport(owner), await layOutExport(owner)];
		const feed = await makeFeed(owner, round);
		const may = (personId: string, verb: 'make' | 'revoke'): Promise<boolean> =>
			inTransaction({ kind: 'person', personId }, (tx) => (verb === 'make' ? mayI(tx, verbs.makeFeed, round.roundId) : mayI(tx, verbs.revokeFeed, feed.id)));
		expect([await may(round.analystId, 'make'), await may(round.analystId, 'revoke')]).toEqual([true, true]);
		expect([await may(other.analystId, 'make'), await may(other.analystId, 'revoke')]).toEqual([false, false]);
		const coordinator = newId();
		await owner.query("insert into network.person (id, display_name) values ($1, 'Coordinator')", [coordinator]);
		await owner.query("insert into network.role_grant (id, programme_id, person_id, role) values ($1, $2, $3, 'coordinator')", [newId(), round.programmeId, coordinator]);
		expect([await may(coordinator, 'make'), await may(coordinator, 'revoke')]).toEqual([false, true]);
		await inTransaction({ kind: 'person', personId: coordinator }, async (tx) => revokeFeed(tx, await permit(tx, verbs.revokeFeed, feed.id)));
		expect(await findFeed(feed.secret)).toBeNull();
	});

	it.each([
		[{ $search: 'x' }, 501], [{ $apply: 'x' }, 501], [{ $orderby: 'sex' }, 501], [{ $top: '-1' }, 400], [{ $top: 'x' }, 400], [{ $count: 'yes' }, 400], [{ $select: 'nothing' }, 400], [{ $expand: 'nothing' }, 400],
		[{ $expand: 'member($top=1)' }, 501], [{ $skiptoken: 'abc' }, 400], [{ $format: 'atom' }, 501], [{ $levels: '1' }, 501]
	])('answers %j with %i', (query: Record<string, string | undefined>, status) => {
		let thrown: unknown;
		try {
			optionsOf(new URLSearchParams(Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))), submissions, undefined);
		} catch (error) {
			thrown = error;
		}
		expect(thrown).toMatchObject({ status });
	});
});
