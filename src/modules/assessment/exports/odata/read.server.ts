import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import type { Tx } from '#platform/database.server.ts';
import { shownStateSql } from '#modules/assessment/collection/review-queries.server.ts';
import { labeller } from '../csv.ts';
import { RowMaker, type Row, type Submitted } from '../rows.ts';
import type { Feed } from './feed.server.ts';
import type { EntitySet } from './edm.ts';
import { entityOf, rowsOf, type Show } from './entities.ts';
import { meets } from './evaluate.ts';
import { conditionSql } from './filter-sql.ts';
import type { Asked, Cursor } from './options.ts';

/** A page of a set: its entities, where the next one begins, how many there are in all when that was asked. */
export type Page = { readonly entities: readonly Record<string, unknown>[]; readonly next: Cursor | null; readonly count: number | null };

type FoundRow = {
	at: string; id: string; instanceId: string; received: string; placeId: string | null; reviewState: string | null; flags: number; answers: unknown; xml: string | null;
};

const answers = z.record(z.string(), z.unknown());
const moment = (of: RawBuilder<unknown>): RawBuilder<string> => sql`to_char(${of} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** How a submission stands in the words of ODK Central, so that templates and scripts made for it work here: null until somebody has looked at it. */
const centralState = sql<string | null>`case ${shownStateSql} when 'received' then null when 'has_issues' then 'hasIssues' else ${shownStateSql} end`;

const facts = (feed: Feed) => ({
	id: sql`s.instance_id`, review: centralState, version: sql`${feed.version}::text`, round: sql`${feed.code}::text`, flags: sql`jsonb_array_length(s.flags)::text`,
	place: sql`(${JSON.stringify(feed.placeNames)}::jsonb ->> s.place_id::text)`, 'place-code': sql`(${JSON.stringify(feed.placeCodes)}::jsonb ->> s.place_id::text)`
});

/** Reads the answers that a feed may see; row security has narrowed them to its round and to those that count. */
export class FeedReading {
	readonly #tx: Tx;
	readonly #feed: Feed;
	readonly #maker: RowMaker;

	constructor(tx: Tx, feed: Feed) {
		this.#tx = tx;
		this.#feed = feed;
		this.#maker = new RowMaker(feed.model.tables);
	}

	/** The moment up to which a first page and those after it look. */
	async #now(): Promise<string> {
		const { rows } = await sql<{ now: string }>`select ${moment(sql`clock_timestamp()`)} as now`.execute(this.#tx);
		return rows[0]?.now ?? '';
	}

	async page(set: EntitySet, asked: Asked): Promise<Page> {
		const until = asked.cursor?.until ?? (await this.#now());
		const count = asked.count ? await this.count(set, asked, until) : null;
		return set.table.path === '' ? this.#submissions(set, asked, until, count) : this.#instances(set, asked, until, count);
	}

	/** How many entities there are in all, pages and `$top` aside. */
	async count(set: EntitySet, asked: Pick<Asked, 'filter'>, until?: string): Promise<number> {
		const limit = until ?? (await this.#now());
		if (set.table.path === '') {
			if (asked.filter === null) return this.#countAll(limit);
			const { rows } = await sql<{ n: string }>`select count(*) as n from assessment.submission s where ${this.#where(asked.filter, limit)}`.execute(this.#tx);
			return Number(rows[0]?.n ?? 0);
		}
		let n = 0;
		for (let after: Pick<Cursor, 'at' | 'id'> | null = null; ; ) {
			const found = await this.#fetch(this.#where(null, limit), after, false, 1000, 0);
			for (const row of found) n += this.#rows(row)[set.number]?.filter((each) => asked.filter === null || meets(asked.filter, each)).length ?? 0;
			after = found.at(-1) ?? null;
			if (found.length < 1000) return n;
		}
	}

	/** Counted by the block, not row by row: see `assessment.fed_count`. */
	async #countAll(until: string): Promise<number> {
		const { rows } = await sql<{ n: string }>`select assessment.fed_count(${until}::timestamptz) as n`.execute(this.#tx);
		return Number(rows[0]?.n ?? 0);
	}

	/** One entity by its key. */
	async one(set: EntitySet, key: string, asked: Asked): Promise<Record<string, unknown> | null> {
		const instance = set.table.path === '' ? key : (/^(.+?)\/[^/]+\[\d+\]/.exec(key)?.[1] ?? '');
		const [row] = await this.#fetch(sql`s.round_id = ${this.#feed.roundId} and s.instance_id = ${instance}`, null, false, 1, 0);
		if (!row) return null;
		const all = this.#rows(row);
		const index = set.table.columns.findIndex(({ source }) => source.from === 'about' && source.what === 'id');
		const own = (all[set.number] ?? []).find((each) => each[index] === key);
		return own ? entityOf(set, own, asked, all, this.#show) : null;
	}

	async #submissions(set: EntitySet, asked: Asked, until: string, count: number | null): Promise<Page> {
		const left = asked.cursor ? asked.cursor.left : asked.top;
		const size = Math.min(asked.page, left ?? asked.page);
		if (size === 0) return { entities: [], next: null, count };
		const found = await this.#fetch(this.#where(asked.filter, until), asked.cursor, asked.descending, size + 1, asked.cursor ? 0 : asked.skip);
		const shown = found.slice(0, size);
		const last = shown.at(-1);
		const rest = left === null ? null : left - shown.length;
		const more = last !== undefined && found.length > size && rest !== 0;
		const next = more ? { at: last.at, id: last.id, until, left: rest, done: (asked.cursor?.done ?? 0) + shown.length } : null;
		return { next, count, entities: shown.flatMap((row) => this.#entities(set, row, asked, () => true)) };
	}

	/** Instances of a repeat: a page ends with a whole submission, and goes on after it. */
	async #instances(set: EntitySet, asked: Asked, until: string, count: number | null): Promise<Page> {
		let left = asked.cursor ? asked.cursor.left : asked.top;
		let skip = asked.cursor ? 0 : asked.skip;
		let after: Pick<Cursor, 'at' | 'id'> | null = asked.cursor;
		const entities: Record<string, unknown>[] = [];
		const filter = asked.filter;
		for (;;) {
			const found = await this.#fetch(this.#where(null, until), after, false, asked.page, 0);
			for (const [i, row] of found.entries()) {
				const own = this.#entities(set, row, asked, (each) => filter === null || meets(filter, each));
				const skipped = Math.min(skip, own.length);
				skip -= skipped;
				const taken = own.slice(skipped, left === null ? undefined : skipped + left);
				entities.push(...taken);
				if (left !== null) left -= taken.length;
				after = row;
				if (left === 0) return { entities, next: null, count };
				const more = i < found.length - 1 || found.length === asked.page;
				if (entities.length >= asked.page && more) return { entities, count, next: { at: row.at, id: row.id, until, left, done: (asked.cursor?.done ?? 0) + entities.length } };
			}
			if (found.length < asked.page) return { entities, next: null, count };
		}
	}

	#entities(set: EntitySet, row: FoundRow, asked: Asked, keep: (row: Row) => boolean): Record<string, unknown>[] {
		const all = this.#rows(row);
		return (all[set.number] ?? []).filter(keep).map((each) => entityOf(set, each, asked, all, this.#show));
	}

	readonly #show: Show = (property, text) => {
		const { options, several } = property.column;
		return this.#feed.labels && options.length > 0 ? labeller(options, several)(text) : text;
	};

	#rows(row: FoundRow): Row[][] {
		const { version, code, placeNames, placeCodes } = this.#feed;
		const place = row.placeId ?? '';
		const submitted: Submitted = {
			instanceId: row.instanceId, answers: answers.parse(row.answers), xml: row.xml,
			about: {
				received: row.received, round: code, version, place: placeNames[place] ?? null, 'place-code': placeCodes[place] ?? null,
				review: row.reviewState, flags: String(row.flags), 'replaced-by': null
			}
		};
		return rowsOf(this.#maker, submitted, this.#feed.model);
	}

	#where(filter: Asked['filter'], until: string): RawBuilder<unknown> {
		const narrowed = filter === null ? sql`` : sql` and ${conditionSql(filter, facts(this.#feed))}`;
		return sql`s.round_id = ${this.#feed.roundId} and s.received_at <= ${until}::timestamptz${narrowed}`;
	}

	/** Goes on after a place by the index of a round's submissions, however far in: nothing before it is read. */
	async #fetch(where: RawBuilder<unknown>, after: Pick<Cursor, 'at' | 'id'> | null, descending: boolean, limit: number, offset: number): Promise<FoundRow[]> {
		const from = after === null ? sql`` : descending ? sql` and (s.received_at, s.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql` and (s.received_at, s.id) > (${after.at}::timestamptz, ${after.id}::uuid)`;
		const order = descending ? sql`s.received_at desc, s.id desc` : sql`s.received_at, s.id`;
		const { rows } = await sql<FoundRow>`select ${moment(sql`s.received_at`)} as at, s.id, s.instance_id, to_char(s.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as received,
				s.place_id, ${centralState} as review_state, jsonb_array_length(s.flags) as flags, s.answers, ${this.#maker.nested ? sql`s.xml` : sql`null::text as xml`}
			from assessment.submission s where ${where}${from} order by ${order} limit ${limit} offset ${offset}`.execute(this.#tx);
		return rows;
	}
}
