import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { notFound } from '#platform/problem.ts';
import { shownName } from '#platform/shown-name.ts';
import { reasonSchema } from './erasure.ts';

/** What an erasure would take away: counts, nothing of the answers. */
export type ErasureAhead = { submissionId: string; roundId: string; receipt: string; receivedAt: Date; placeId: string | null; versions: number; files: number; figures: number; backChecks: number };

/** @throws Problem `not-found` when it is not there, or not for this actor to erase */
export async function erasureAhead(tx: Tx, submissionId: string): Promise<ErasureAhead> {
	type Row = Omit<ErasureAhead, 'versions' | 'files' | 'figures' | 'backChecks'> & Record<'versions' | 'files' | 'figures' | 'backChecks', string>;
	const { rows } = await sql<Row>`select * from assessment.erasure_of(${submissionId}::uuid)`.execute(tx);
	const [row] = rows;
	if (!row) throw notFound();
	return { ...row, versions: Number(row.versions), files: Number(row.files), figures: Number(row.figures), backChecks: Number(row.backChecks) };
}

/** Submissions behind a receipt, for coordinators of the whole programme: when and where, nothing of the answers. */
export async function findReceipt(tx: Tx, programmeId: string, code: string) {
	const { rows } = await sql<{ submissionId: string; roundId: string; receivedAt: Date; number: number; round: LocalText; place: LocalText | null; team: string | null }>`
		select f.submission_id, f.round_id, f.received_at, r.number, r.name as round, p.name as place, t.name as team
		from assessment.find_receipt(${programmeId}::uuid, ${code.slice(0, 100)}) f join assessment.round r on r.id = f.round_id
		left join network.place p on p.id = f.place_id left join assessment.team t on t.id = f.team_id`.execute(tx);
	return rows;
}

/** What was erased, newest first, as far as the actor may know. */
export async function listErasures(tx: Tx, programmeId: string) {
	const rows = await tx
		.selectFrom('assessment.erasure as e')
		.innerJoin('assessment.round as r', 'r.id', 'e.roundId')
		.innerJoin('network.person as p', 'p.id', 'e.personId')
		.select(['e.id', 'e.receipt', 'e.reason', 'e.note', 'e.versions', 'e.files', 'e.figures', 'e.erasedAt', 'r.number', 'r.name as round', shownName('p').as('who')])
		.where('e.programmeId', '=', programmeId)
		.orderBy('e.erasedAt', 'desc')
		.limit(500)
		.execute();
	return rows.map((row) => ({ ...row, reason: reasonSchema.parse(row.reason) }));
}
