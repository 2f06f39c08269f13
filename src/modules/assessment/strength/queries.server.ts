import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '#platform/database.server.ts';
import type { Piece } from './strength.ts';

const facts = z.record(z.string(), z.unknown());
type Row = { findingId: string; kind: string; pieceId: string; source: string; day: string | null; facts: unknown };

/**
 * What findings rest on, as far as strength is worked out from it, by finding. The same for every reader who may see the finding:
 * a rank must not depend on who looks. One statement.
 */
export async function piecesOf(tx: Tx, findingIds: readonly string[]): Promise<ReadonlyMap<string, Piece[]>> {
	if (findingIds.length === 0) return new Map();
	const { rows } = await sql<Row>`select * from assessment.pieces_of(${[...findingIds]}::uuid[])`.execute(tx);
	const pieces = rows.map((row) => ({ findingId: row.findingId, piece: { kind: row.kind, id: row.pieceId, source: row.source, day: row.day, facts: facts.parse(row.facts) } }));
	return new Map([...Map.groupBy(pieces, (each) => each.findingId)].map(([id, found]) => [id, found.map((each) => each.piece)]));
}
