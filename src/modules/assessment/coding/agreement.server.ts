import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { reportOn, type AgreementReport, type CodedInterview } from './agreement.ts';
import type { Code } from './codebook.ts';

type Row = { interviewId: string; length: number; codingId: string; coderKey: string; coder: string | null; codeId: string | null; starts: number; ends: number };

/** A coder across interviews: the person, or the name under which an imported coding came. */
export const coderKey = sql<string>`coalesce(c.coder_id::text, 'imported:' || c.label)`;

/**
 * Cohen's kappa for every code over the interviews that coders have coded independently. Of a chosen pair the interviews that both have
 * coded count; without one, in each interview the first two codings in the order in which they were begun. Agreed codings never count.
 * Codes merged into another are read as that.
 * @param interviewId only this interview; null: all one reads
 * @param pair keys of two coders; null: the first two of each interview
 */
export async function agreementReport(tx: Tx, programmeId: string, codes: readonly Code[], interviewId: string | null, pair: readonly [string, string] | null = null): Promise<AgreementReport> {
	const { rows } = await sql<Row>`with counted as (
			select c.id, c.interview_id, ${coderKey} as coder_key, coalesce(p.display_name, nullif(c.label, '')) as coder,
				row_number() over (partition by c.interview_id order by c.created_at, c.id) as nth, count(*) over (partition by c.interview_id) as codings
			from assessment.coding c left join network.person p on p.id = c.coder_id
			where c.programme_id = ${programmeId} and c.kind <> 'agreed' and c.id = any((select assessment.seen_codings())::uuid[])
				and (${interviewId}::uuid is null or c.interview_id = ${interviewId}::uuid) and assessment.is_unblinded(c.interview_id))
		select t.interview_id, char_length(i.body) as length, t.id as coding_id, t.coder_key, t.coder, s.code_id, coalesce(s.starts, 0) as starts, coalesce(s.ends, 0) as ends
		from counted t join assessment.interview i on i.id = t.interview_id left join assessment.segment s on s.coding_id = t.id
		where i.erased_at is null and t.codings > 1 order by t.interview_id, t.nth`.execute(tx);
	const { all } = await tx
		.selectFrom('assessment.interview')
		.select(sql<number>`count(*)::int`.as('all'))
		.where('programmeId', '=', programmeId)
		.where('erasedAt', 'is', null)
		.$if(interviewId !== null, (query) => query.where('id', '=', interviewId))
		.executeTakeFirstOrThrow();
	return reportOn(interviewsOf(rows), codes, all, pair);
}

const interviewsOf = (rows: readonly Row[]): CodedInterview[] =>
	[...Map.groupBy(rows, (row) => row.interviewId).values()].map((of) => ({
		length: of[0]?.length ?? 0,
		codings: [...Map.groupBy(of, (row) => row.codingId).values()].flatMap((own) => {
			const [head] = own;
			return head ? [{ key: head.coderKey, name: head.coder, marks: own.flatMap(({ codeId, starts, ends }) => (codeId === null ? [] : [{ codeId, starts, ends }])) }] : [];
		})
	}));
