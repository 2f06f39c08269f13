import { sql } from 'kysely';
import type { Series } from './codes.ts';
import type { Tx } from './database.server.ts';

export { codeOf, series, type Series } from './codes.ts';

/** The next number of a series in a programme. */
export async function nextNumber(tx: Tx, programmeId: string, kind: Series): Promise<number> {
	const { rows } = await sql<{ number: number }>`select network.next_number(${programmeId}, ${kind}) as number`.execute(tx);
	const number = rows[0]?.number;
	if (number === undefined) throw new Error('no number was given');
	return number;
}
