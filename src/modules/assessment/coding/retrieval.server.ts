import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { isId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { shownName } from '#platform/shown-name.ts';
import { withBelow, type Code } from './codebook.ts';
import type { FoundSegment } from './retrieval.ts';

/** What is looked for; an empty string is no condition. */
export type SegmentFilter = { readonly code: string; readonly place: string; readonly type: string; readonly coder: string; readonly words: string };

/** Most passages that one page or file holds. */
export const mostSegments = 5000;

/**
 * Coded passages, by code (with those below it and merged into it), place (with all below it), kind of organisation and coder. Without a
 * coder each interview speaks once: by the agreed coding where there is one, else by the coding begun first of those one may see.
 */
export async function findSegments(tx: Tx, programmeId: string, codes: readonly Code[], filter: SegmentFilter): Promise<FoundSegment[]> {
	const conditions: RawBuilder<unknown>[] = [sql`i.programme_id = ${programmeId}`, sql`i.erased_at is null`];
	if (filter.code) conditions.push(isId(filter.code) ? sql`s.code_id = any(${[...withBelow(codes, filter.code)]}::uuid[])` : sql`false`);
	if (filter.place) conditions.push(isId(filter.place) ? sql`p.path <@ (select top.path from network.place top where top.id = ${filter.place}::uuid)` : sql`false`);
	if (filter.type) conditions.push(sql`i.organisation_type = ${filter.type}`);
	if (filter.words) conditions.push(sql`substring(i.body from s.starts + 1 for s.ends - s.starts) ilike ${`%${filter.words.replace(/[\\%_]/g, '\\$&')}%`}`);
	const coding = filter.coder
		? isId(filter.coder) ? sql`select c.* from assessment.coding c where c.coder_id = ${filter.coder}::uuid` : sql`select c.* from assessment.coding c where false`
		: sql`select distinct on (c.interview_id) c.* from assessment.coding c where c.id = any((select assessment.seen_codings())::uuid[])
			order by c.interview_id, (c.kind = 'agreed') desc, c.created_at, c.id`;
	const { rows } = await sql<FoundSegment>`with standing as (${coding})
		select s.id, i.id as interview_id, i.number, s.code_id, s.coding_id, s.starts, s.ends, substring(i.body from s.starts + 1 for s.ends - s.starts) as words, s.memo,
			i.language, i.consent_level, i.organisation_type, i.kind, i.place_id, p.name as place, r.id as region_id, r.name as region, network.shown_name(who) as coder, c.kind = 'agreed' as agreed
		from standing c join assessment.interview i on i.id = c.interview_id join assessment.segment s on s.coding_id = c.id
			left join network.place p on p.id = i.place_id
			left join network.place r on r.programme_id = i.programme_id and r.kind = 'region' and p.path <@ r.path
			left join network.person who on who.id = c.coder_id
		where ${sql.join(conditions, sql` and `)} order by i.number, s.starts, s.ends, s.id limit ${mostSegments}`.execute(tx);
	return rows;
}

/** People who have coded interviews one reads. */
export async function listCoders(tx: Tx, programmeId: string): Promise<{ id: string; displayName: string }[]> {
	return tx
		.selectFrom('assessment.coding as c')
		.innerJoin('network.person as p', 'p.id', 'c.coderId')
		.select(['p.id', shownName('p').as('displayName')])
		.distinct()
		.where('c.programmeId', '=', programmeId)
		.orderBy(shownName('p'))
		.execute();
}

/** Notes in the journal that coded passages left as a file: how many, and by which filter; never the words. */
export async function noteExport(tx: Tx, permit: Permit<'coding.export'>, what: string, rows: number, filter: unknown = null): Promise<void> {
	await journal(tx, permit, { table: 'assessment.segment', id: permit.subject.id, after: { exported: what, rows, filter } });
}
