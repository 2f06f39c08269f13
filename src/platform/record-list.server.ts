import { sql, type RawBuilder } from 'kysely';
import type { Tx } from './database.server.ts';
import type { LocalText } from './locales.ts';
import { isId } from './ids.ts';
import type { RecordTable } from './record.server.ts';
import { fold } from './search-fold.ts';

/** Where a list of records takes its columns from; camelCase column names. */
export type ListSource = {
	readonly table: RecordTable;
	readonly title: string;
	/** The organisation that owns, is addressed, or undertook. */
	readonly organisation?: string;
	/** The date that matters: when it starts, is due, was observed. */
	readonly day?: string;
	/** A further word to filter by: a gap's barrier, a recommendation's answer. */
	readonly detail?: string;
};

/** What a list is narrowed to; everything as it stands in the address. */
export type ListFilter = {
	readonly search: string;
	readonly place?: string | undefined;
	readonly state?: string | undefined;
	readonly organisation?: string | undefined;
	readonly detail?: string | undefined;
	readonly sort?: { readonly key: string; readonly descending: boolean } | undefined;
	readonly offset: number;
	/** Rows wanted; an export wants all. */
	readonly pageSize: number;
};

export type ListedRecord = {
	id: string;
	number: number;
	title: LocalText;
	state: string;
	placeId: string | null;
	placeName: LocalText | null;
	organisationName: LocalText | null;
	day: string | null;
	detail: string | null;
	createdAt: Date;
};

const none = (type: string): RawBuilder<unknown> => sql.raw(`null::${type}`);

/**
 * One page of a programme's records of one kind: searched in either Uzbek script, narrowed to a place and what lies
 * below it, sorted. Two statements however many rows.
 */
export async function listRecords(
	tx: Tx,
	source: ListSource,
	programmeId: string,
	filter: ListFilter
): Promise<{ rows: ListedRecord[]; matching: number; total: number }> {
	const column = (name: string): RawBuilder<unknown> => sql`r.${sql.ref(name)}`;
	const organisation = source.organisation ? column(source.organisation) : none('uuid');
	const day = source.day ? column(source.day) : none('date');
	const detail = source.detail ? column(source.detail) : none('text');
	const conditions: RawBuilder<unknown>[] = [sql`r.programme_id = ${programmeId}`];
	for (const word of fold(filter.search).split(' ').filter(Boolean).slice(0, 10)) {
		conditions.push(sql`r.search like ${`%${word}%`}`);
	}
	if (filter.state) conditions.push(sql`r.state = ${filter.state}`);
	if (filter.detail) conditions.push(sql`${detail} = ${filter.detail}`);
	if (filter.organisation) conditions.push(isId(filter.organisation) ? sql`${organisation} = ${filter.organisation}::uuid` : sql`false`);
	if (filter.place) {
		conditions.push(isId(filter.place) ? sql`p.path <@ (select top.path from network.place top where top.id = ${filter.place}::uuid)` : sql`false`);
	}
	const from = sql`from ${sql.table(source.table)} r left join network.place p on p.id = r.place_id and p.programme_id = r.programme_id
		left join network.organisation o on o.id = ${organisation} and o.programme_id = r.programme_id`;
	const where = sql.join(conditions, sql` and `);
	const orders: Record<string, RawBuilder<unknown>> = {
		code: sql`r.number`, title: sql`r.search`, place: sql`p.search`, state: sql`r.state`, organisation: sql`o.search`, day, detail
	};
	const key = filter.sort?.key ?? 'code';
	const direction = filter.sort ? (filter.sort.descending ? sql`desc nulls last` : sql`asc nulls last`) : sql`desc`;
	const { rows } = await sql<ListedRecord>`select r.id, r.number, ${column(source.title)} as title, r.state, r.place_id, p.name as place_name,
			o.name as organisation_name, ${day} as day, ${detail} as detail, r.created_at
		${from} where ${where} order by ${orders[key] ?? sql`r.number`} ${direction}, r.number desc
		limit ${filter.pageSize} offset ${filter.offset}`.execute(tx);
	const counted = await sql<{ matching: string; total: string }>`select count(*) filter (where ${where}) as matching, count(*) as total
		${from} where r.programme_id = ${programmeId}`.execute(tx);
	return { rows, matching: Number(counted.rows[0]?.matching ?? 0), total: Number(counted.rows[0]?.total ?? 0) };
}
