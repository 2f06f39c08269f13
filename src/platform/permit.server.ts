import { sql } from 'kysely';
import { actorOf, type Tx } from './database.server.ts';
import type { Actor, SystemTask } from './actor.ts';
import { notFound, problem } from './problem.ts';

/** Roles a person can hold in a programme, see `network.role_grant`. */
export const roles = ['coordinator', 'member', 'analyst', 'collector', 'reviewer', 'official', 'donor', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** What a verb acts upon: re-read from the record at the moment of asking, never taken from a form. */
export type Subject = {
	/** The record's id; for a verb that makes something, the programme's. */
	readonly id: string;
	readonly programmeId: string;
	/** null: the record concerns the whole programme. */
	readonly placeId: string | null;
	/** When set, the role must be held for this organisation. */
	readonly organisationId?: string | null;
};

/** The declaration of a verb, in a module's `permits.ts`: who may, and how its subject is read again. */
export type Verb<Name extends string, Target> = {
	readonly name: Name;
	readonly roles: readonly Role[];
	readonly tasks: readonly SystemTask[];
	/** Reads the record under the actor's own row security; null when it is not there for this actor. */
	readonly subject: (tx: Tx, target: Target) => Promise<Subject | null>;
	/** A further condition on the actor, such as being the author. */
	readonly when?: ((tx: Tx, subject: Subject, actor: Actor) => Promise<boolean>) | undefined;
	/** Anyone signed in who can see the record may (roles are not asked). */
	readonly anyone?: boolean;
};

const granted: unique symbol = Symbol('permit');

/**
 * Proof that this actor may do this to this record, in this transaction. Only `permit()` makes one: the class is not
 * exported and the brand is a private symbol, so a command that demands a permit cannot be called without the check.
 */
export interface Permit<Name extends string> {
	readonly [granted]: true;
	readonly verb: Name;
	readonly subject: Subject;
	readonly actor: Actor;
}

class Granted<Name extends string> implements Permit<Name> {
	readonly [granted] = true as const;
	readonly verb: Name;
	readonly subject: Subject;
	readonly actor: Actor;
	readonly #tx: Tx;

	constructor(tx: Tx, verb: Name, subject: Subject, actor: Actor) {
		this.#tx = tx;
		this.verb = verb;
		this.subject = subject;
		this.actor = actor;
		Object.freeze(this);
	}

	static madeIn(permit: unknown, tx: Tx): boolean {
		return permit instanceof Granted && permit.#tx === tx;
	}
}

/** Declares a verb. */
export function defineVerb<Name extends string, Target>(
	name: Name,
	rule: {
		roles?: readonly Role[];
		tasks?: readonly SystemTask[];
		subject: (tx: Tx, target: Target) => Promise<Subject | null>;
		when?: (tx: Tx, subject: Subject, actor: Actor) => Promise<boolean>;
		anyone?: boolean;
	}
): Verb<Name, Target> {
	return { name, roles: rule.roles ?? [], tasks: rule.tasks ?? [], subject: rule.subject, when: rule.when, anyone: rule.anyone ?? false };
}

const addressed = new WeakMap<Tx, string>();

/**
 * Holds a transaction to the programme whose address was asked: a record of another is not there for its permits, whatever a form
 * or the rest of the address names. Every request below `/p/[programme]` is held so by `asking`.
 */
export function holdToProgramme(tx: Tx, programmeId: string): void {
	addressed.set(tx, programmeId.toLowerCase());
}

/** The record that a verb acts upon, re-read; null when it is not there for the actor, or not under the address that was asked. */
async function subjectOf<Target>(tx: Tx, verb: Pick<Verb<string, Target>, 'subject'>, target: Target): Promise<Subject | null> {
	const subject = await verb.subject(tx, target);
	const programmeId = addressed.get(tx);
	return subject !== null && programmeId !== undefined && subject.programmeId !== programmeId ? null : subject;
}

/**
 * Asks for a permit. The record is read again inside this transaction, so nothing stale is decided upon.
 * @throws Problem `not-found` (404) when the record is not there for this actor
 * @throws Problem `not-permitted` (403) when it is, but the actor holds no role that may do this
 */
export async function permit<Name extends string, Target>(tx: Tx, verb: Verb<Name, Target>, target: Target): Promise<Permit<Name>> {
	const actor = actorOf(tx);
	const subject = await subjectOf(tx, verb, target);
	if (!subject) throw notFound();
	if (!(await allowed(tx, verb, subject, actor))) throw problem('not-permitted', 403);
	return new Granted(tx, verb.name, subject, actor);
}

/** Whether a permit would be given: for showing or leaving out a button. The command asks again. */
export async function mayI<Name extends string, Target>(tx: Tx, verb: Verb<Name, Target>, target: Target): Promise<boolean> {
	const subject = await subjectOf(tx, verb, target);
	return subject !== null && (await allowed(tx, verb, subject, actorOf(tx)));
}

async function allowed<Name extends string, Target>(tx: Tx, verb: Verb<Name, Target>, subject: Subject, actor: Actor): Promise<boolean> {
	if (actor.kind === 'system') return verb.tasks.includes(actor.task);
	if (actor.kind !== 'person') return false;
	if (!verb.anyone) {
		const answer = await sql<{ may: boolean }>`select network.may(${[...verb.roles]}::text[], ${subject.programmeId}::uuid,
			${subject.placeId}::uuid, ${subject.organisationId ?? null}::uuid) as may`.execute(tx);
		if (!answer.rows[0]?.may) return false;
	}
	return verb.when ? verb.when(tx, subject, actor) : true;
}

/** Makes sure that a permit was given in this very transaction; commands that hold one across calls use it. */
export function assertFresh(tx: Tx, permit: Permit<string>): void {
	if (!Granted.madeIn(permit, tx)) throw new Error(`a permit for ${permit.verb} from another transaction`);
}

/** The subject of a verb that makes something in a programme, at a place. */
export type InProgramme = { readonly programmeId: string; readonly placeId?: string | null; readonly organisationId?: string | null };

/** The usual `subject` of verbs that make something. */
export async function inProgramme(tx: Tx, target: InProgramme): Promise<Subject | null> {
	const found = await tx.selectFrom('network.programme').select('id').where('id', '=', target.programmeId).executeTakeFirst();
	if (!found) return null;
	const placeId = target.placeId ?? null;
	if (placeId) {
		const place = await tx
			.selectFrom('network.place')
			.select('id')
			.where('id', '=', placeId)
			.where('programmeId', '=', target.programmeId)
			.executeTakeFirst();
		if (!place) return null;
	}
	return { id: target.programmeId, programmeId: target.programmeId, placeId, organisationId: target.organisationId ?? null };
}
