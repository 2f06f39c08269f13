import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { shownNameIfAny } from '#platform/shown-name.ts';
import { shownStateSql } from '../collection/review-queries.server.ts';
import { factsSchema, ruleSchema, type Flag } from './flags.ts';

const columns = ['f.id', 'f.submissionId', 'f.rule', 'f.key', 'f.facts', 'f.foundAt', 'f.dismissedAt', shownNameIfAny('p').as('dismissedBy'), 'f.dismissedReason'] as const;

/** The flags of one version of a submission: those that wait first. */
export async function flagsOf(tx: Tx, submissionId: string): Promise<Flag[]> {
	const rows = await tx
		.selectFrom('assessment.qualityFlag as f')
		.leftJoin('network.person as p', 'p.id', 'f.dismissedBy')
		.select(columns)
		.where('f.submissionId', '=', submissionId)
		.orderBy(sql`f.dismissed_at is not null`)
		.orderBy('f.rule')
		.orderBy('f.key')
		.execute();
	return rows.map((row) => ({ ...row, rule: ruleSchema.parse(row.rule), facts: factsSchema.parse(row.facts) }));
}

export type FlagFilter = { readonly rule: string; readonly dismissed: boolean };
export type FlagRow = Flag & { receipt: string; receivedAt: Date; reviewState: string };

/** Flags of a round's counted answers, for its named analysts: one page, and how many there are of each rule. */
export async function listFlags(tx: Tx, roundId: string, filter: FlagFilter, { offset, pageSize, descending }: { offset: number; pageSize: number; descending: boolean }) {
	const all = tx
		.selectFrom('assessment.qualityFlag as f')
		.innerJoin('assessment.submission as s', 's.id', 'f.submissionId')
		.where('f.roundId', '=', roundId)
		.where('s.supersededBy', 'is', null)
		.where('f.dismissedAt', filter.dismissed ? 'is not' : 'is', null);
	const counts = await all.select(['f.rule', sql<string>`count(*)`.as('count')]).groupBy('f.rule').execute();
	const found = filter.rule === '' ? all : all.where('f.rule', '=', filter.rule);
	const rows = await found
		.leftJoin('network.person as p', 'p.id', 'f.dismissedBy')
		.select(columns)
		.select([sql<string>`assessment.receipt_of(s.instance_id)`.as('receipt'), 's.receivedAt', shownStateSql.as('reviewState')])
		.orderBy('f.foundAt', descending ? 'desc' : 'asc')
		.orderBy('f.id')
		.limit(pageSize)
		.offset(offset)
		.execute();
	const byRule = counts.map(({ rule, count }) => ({ rule: ruleSchema.parse(rule), count: Number(count) }));
	const total = byRule.reduce((sum, each) => sum + each.count, 0);
	const flags: FlagRow[] = rows.map((row) => ({ ...row, rule: ruleSchema.parse(row.rule), facts: factsSchema.parse(row.facts) }));
	return { rows: flags, byRule, total, matching: filter.rule === '' ? total : (byRule.find((each) => each.rule === filter.rule)?.count ?? 0) };
}

/** When the rules were last held against a round; null: never. */
export const lastLook = (tx: Tx, roundId: string) =>
	tx.selectFrom('assessment.roundLook').select(['askedAt', 'lookedAt', 'looked']).where('roundId', '=', roundId).executeTakeFirst();
