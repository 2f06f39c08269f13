import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { readAs, treeOf, type Code } from './codebook.ts';
import { agreementOn, kappaOf, pooledKappa, together, type Agreement, type Kappa } from './kappa.ts';

/** How far two coders agree, code by code and over all. */
export type AgreementReport = {
	readonly interviews: number;
	/** Interviews that wait for a coder, or are coded by one alone: not in the numbers. */
	readonly left: number;
	/** Code points of the interviews compared. */
	readonly length: number;
	readonly codes: readonly { readonly code: Code; readonly kappa: Kappa; readonly interviews: number }[];
	readonly pooled: number | null;
};

type Row = { interviewId: string; length: number; codingId: string; codeId: string | null; starts: number; ends: number };

/**
 * Cohen's kappa for every code over the interviews that two coders have coded independently. In each interview the first two codings count,
 * in the order in which they were begun; agreed ones never do. Codes merged into another are read as that.
 * @param interviewId only this interview; null: all one reads
 */
export async function agreementReport(tx: Tx, programmeId: string, codes: readonly Code[], interviewId: string | null): Promise<AgreementReport> {
	const { rows } = await sql<Row>`with pairs as (
			select c.id, c.interview_id, row_number() over (partition by c.interview_id order by c.created_at, c.id) as nth
			from assessment.coding c where c.programme_id = ${programmeId} and c.kind <> 'agreed' and c.id = any((select assessment.seen_codings())::uuid[])
				and (${interviewId}::uuid is null or c.interview_id = ${interviewId}::uuid) and assessment.is_unblinded(c.interview_id)),
		two as (select p.* from pairs p where p.nth <= 2 and exists (select from pairs q where q.interview_id = p.interview_id and q.nth = 2))
		select t.interview_id, char_length(i.body) as length, t.id as coding_id, s.code_id, coalesce(s.starts, 0) as starts, coalesce(s.ends, 0) as ends
		from two t join assessment.interview i on i.id = t.interview_id left join assessment.segment s on s.coding_id = t.id
		where i.erased_at is null order by t.interview_id, t.nth`.execute(tx);
	const interviews = Map.groupBy(rows, (row) => row.interviewId);
	const { all } = await tx
		.selectFrom('assessment.interview')
		.select(sql<number>`count(*)::int`.as('all'))
		.where('programmeId', '=', programmeId)
		.where('erasedAt', 'is', null)
		.$if(interviewId !== null, (query) => query.where('id', '=', interviewId))
		.executeTakeFirstOrThrow();
	const as = readAs(codes);
	const report = treeOf(codes)
		.filter(({ state }) => state !== 'merged')
		.map((code) => {
			const parts = [...interviews.values()].map((of) => partOf(of, code.id, as));
			return { code, kappa: kappaOf(together(parts)), interviews: parts.filter(({ both, first, second }) => both + first + second > 0).length };
		});
	const length = [...interviews.values()].reduce((sum, [row]) => sum + (row?.length ?? 0), 0);
	return { interviews: interviews.size, left: all - interviews.size, length, codes: report, pooled: pooledKappa(report.map(({ kappa }) => kappa)) };
}

function partOf(rows: readonly Row[], codeId: string, as: (code: string) => string): Agreement {
	const [head] = rows;
	if (!head) return { both: 0, first: 0, second: 0, neither: 0 };
	const mine = rows.filter((row) => row.codeId !== null && as(row.codeId) === codeId);
	return agreementOn(head.length, mine.filter((row) => row.codingId === head.codingId), mine.filter((row) => row.codingId !== head.codingId));
}
