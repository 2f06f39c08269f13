import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { v7 } from 'uuid';
import { system } from '#platform/actor.ts';
import { momentOf, stateMoment } from '#platform/clock.server.ts';
import { asActor, inTransaction, type Tx } from '#platform/database.server.ts';
import { permit, type Permit, type Verb } from '#platform/permit.server.ts';
import { dayFrom, momentOn } from '../days.ts';
import type { Day, Region } from '../made-up/types.ts';

/** What all parts of the demonstration build upon. */
export type Stage = {
	readonly programmeId: string;
	/** The day from which its dates are counted, `YYYY-MM-DD`. */
	readonly today: string;
	/** Places by ISO code. */
	readonly places: ReadonlyMap<string, string>;
};

/** One demonstration an installation; whoever builds at it holds this lock. */
const lock = sql`select pg_advisory_xact_lock(7271040)`;

/** Runs a part in one transaction, alone among those who build at the demonstration. Begins as the task `first-run`. */
export const alone = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
	inTransaction(system('first-run'), async (tx) => {
		await lock.execute(tx);
		return work(tx);
	});

/**
 * The id of a thing of the demonstration: a UUID version 7 of the programme's own moment, the rest made from the key. Building
 * again after an interruption finds what is there.
 */
export function idOf(programmeId: string, kind: string, key: string): string {
	const random = createHash('sha256').update(`${programmeId} ${kind} ${key}`).digest();
	const msecs = Number.parseInt(programmeId.replaceAll('-', '').slice(0, 12), 16);
	return v7({ msecs, random, seq: random.readUInt32BE(20) });
}

/** The id of a place; null for the whole country. */
export function placeOf(stage: Stage, region: Region): string | null {
	if (region === null) return null;
	const id = stage.places.get(region);
	if (id === undefined) throw new Error(`no such place: ${region}`);
	return id;
}

/** Lets somebody of the cast do something, with a permit as for everybody. */
export async function as<Name extends string, Target, T>(
	tx: Tx,
	stage: Stage,
	who: string,
	verb: Verb<Name, Target>,
	target: Target,
	act: (may: Permit<Name>) => Promise<T>
): Promise<T> {
	return asActor(tx, { kind: 'person', personId: idOf(stage.programmeId, 'person', who) }, async () => act(await permit(tx, verb, target)));
}

/** Lets what follows happen on a day, each thing a minute after the one before. */
export function onDay(tx: Tx, stage: Stage, day: Day): void {
	const morning = momentOn(dayFrom(stage.today, day), 10 * 60);
	const before = momentOf(tx);
	const sameDay = before.getTime() >= morning.getTime() && before.getTime() < morning.getTime() + 8 * 3_600_000;
	stateMoment(tx, sameDay ? new Date(before.getTime() + 60_000) : morning);
}
