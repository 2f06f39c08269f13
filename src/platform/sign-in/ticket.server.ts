import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '../database.server.ts';
import { newId } from '../ids.ts';
import { problem } from '../problem.ts';
import { seal, unseal } from './seal.server.ts';

/** Steps of a sign-in that hold a ticket; the same names as `platform.challenge.kind`. */
export type TicketKind = 'passkey-register' | 'passkey-sign-in' | 'second-factor' | 'demo-sign-in';

const envelope = z.object({ id: z.uuid(), expires: z.number(), data: z.unknown() });

/**
 * A ticket: what the next step of a sign-in may rely on, sealed and handed to the browser. Nothing is written until it
 * is used, so that asking for one costs the database nothing.
 * @param minutes how long it is valid
 */
export function issueTicket(kind: TicketKind, data: unknown, minutes: number, now: Date): string {
	return seal(`ticket ${kind}`, JSON.stringify({ id: newId(), expires: now.getTime() + minutes * 60_000, data })).toString('base64url');
}

/** What a ticket says, with its id. Null: forged, of another kind, or expired. */
export function readTicket<S extends z.ZodType>(kind: TicketKind, schema: S, text: string | undefined, now: Date): { id: string; expires: Date; data: z.output<S> } | null {
	if (!text || text.length > 4000) return null;
	const opened = unseal(`ticket ${kind}`, Buffer.from(text, 'base64url'));
	if (opened === null) return null;
	const { id, expires, data } = envelope.parse(JSON.parse(opened));
	if (expires <= now.getTime()) return null;
	return { id, expires: new Date(expires), data: schema.parse(data) };
}

/**
 * Uses a ticket up: the second to come with the same one is refused. Runs as the system task `sign-in`.
 * @throws Problem `sign-in.expired` (400)
 */
export async function spendTicket(tx: Tx, kind: TicketKind, ticket: { id: string; expires: Date }, now: Date): Promise<void> {
	await sql`delete from platform.challenge where expires_at < ${now} and kind <> 'first-run'`.execute(tx);
	const { numAffectedRows } = await sql`insert into platform.challenge (id, kind, expires_at, used_at)
		values (${ticket.id}, ${kind}, ${ticket.expires}, ${now}) on conflict (id) do nothing`.execute(tx);
	if (numAffectedRows !== 1n) throw problem('sign-in.expired', 400);
}
