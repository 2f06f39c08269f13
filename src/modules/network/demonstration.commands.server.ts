import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { Locale, LocalText } from '#platform/locales.ts';
import type { Permit, Role } from '#platform/permit.server.ts';

/** What makes a programme a demonstration: its pages say so from here on, and it has stages and outcomes to show. */
export async function markDemonstration(
	tx: Tx,
	permit: Permit<'demonstration.lay-out'>,
	frame: { stages: readonly { number: number; text: LocalText }[]; outcomes: readonly { number: number; text: LocalText }[] }
): Promise<void> {
	const { id } = permit.subject;
	const change = { demonstration: true, stages: JSON.stringify(frame.stages), outcomes: JSON.stringify(frame.outcomes) };
	await tx.updateTable('network.programme').set(change).where('id', '=', id).execute();
	await journal(tx, permit, { table: 'network.programme', id, after: { demonstration: true, ...frame } });
}

/** Says of organisations of a demonstration that they are made up. */
export async function markMadeUp(tx: Tx, permit: Permit<'demonstration.lay-out'>, organisationIds: readonly string[]): Promise<void> {
	const { id, programmeId } = permit.subject;
	await tx
		.updateTable('network.organisation')
		.set({ demonstration: true })
		.where('programmeId', '=', programmeId)
		.where('id', 'in', [...organisationIds])
		.execute();
	await journal(tx, permit, { table: 'network.programme', id, after: { madeUp: organisationIds } });
}

/** Somebody made up for a demonstration: named by what she does, with an account that has no password and opens on this machine alone. */
export type MadeUpPerson = {
	readonly personId: string;
	/** Her name in the languages of the interface. */
	readonly names: Readonly<Record<Locale, string>>;
	readonly languages: readonly Locale[];
	readonly signInName: string;
	readonly locale: Locale;
};

/** Brings a made-up person into being; she holds no role yet. */
export async function enterMadeUpPerson(tx: Tx, permit: Permit<'demonstration.lay-out'>, person: MadeUpPerson): Promise<void> {
	const { personId, names, languages, signInName, locale } = person;
	await tx
		.insertInto('network.person')
		.values({ id: personId, displayName: names[locale], names: JSON.stringify(names), languages: [...languages], demonstration: true })
		.execute();
	await tx.insertInto('platform.account').values({ personId, signInName, locale }).execute();
	await journal(tx, permit, { table: 'network.person', id: personId, after: person });
}

/** Gives somebody a role in a demonstration, once. */
export async function giveDemonstrationRole(
	tx: Tx,
	permit: Permit<'demonstration.lay-out'>,
	personId: string,
	grant: { role: Role; organisationId: string | null; placeId: string | null }
): Promise<void> {
	const { programmeId } = permit.subject;
	const held = await tx
		.selectFrom('network.roleGrant')
		.select('id')
		.where('programmeId', '=', programmeId)
		.where('personId', '=', personId)
		.where('role', '=', grant.role)
		.where('endedAt', 'is', null)
		.executeTakeFirst();
	if (held) return;
	const id = newId();
	await tx.insertInto('network.roleGrant').values({ id, programmeId, personId, ...grant }).execute();
	await journal(tx, permit, { table: 'network.role_grant', id, after: { personId, ...grant } });
}
