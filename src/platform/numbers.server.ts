import { sql } from 'kysely';
import type { Tx } from './database.server.ts';

/** Series of numbers within a programme; what people call a record by. */
export const series = {
	figure: 'F',
	document: 'D',
	quotation: 'Q',
	finding: 'E',
	gap: 'G',
	priority: 'P',
	training: 'T',
	plan: 'A',
	result: 'R',
	recommendation: 'N',
	commitment: 'C',
	change: 'V',
	briefing: 'B',
	release: 'L',
	round: 'S'
} as const;
export type Series = keyof typeof series;

/** The next number of a series in a programme. */
export async function nextNumber(tx: Tx, programmeId: string, kind: Series): Promise<number> {
	const { rows } = await sql<{ number: number }>`select network.next_number(${programmeId}, ${kind}) as number`.execute(tx);
	const number = rows[0]?.number;
	if (number === undefined) throw new Error('no number was given');
	return number;
}

/** What people call a record by: `G-07`. */
export const codeOf = (kind: Series, number: number): string => `${series[kind]}-${String(number).padStart(2, '0')}`;
