import type { Actor } from '#platform/actor.ts';
import type { JsonObject } from '#platform/schema.ts';
import type { Submission } from '#xforms/submission.ts';

/** Who sends: a link, or a signed-in collector. */
export type Sender = Extract<Actor, { kind: 'token' | 'person' }>;

/** For what is made up for a demonstration. */
export type MadeUp = { readonly madeUp: true; readonly receivedAt: Date };

/** An acknowledgement: what it speaks of is committed and flushed. */
export type Receipt = {
	readonly submissionId: string;
	readonly instanceId: string;
	/** It had arrived before; nothing was written anew. */
	readonly again: boolean;
	/** Files that the submission names and that have not come yet. */
	readonly missing: readonly string[];
};

/** A row to be written. */
export type Arrival = {
	readonly id: string;
	readonly submission: Submission;
	readonly xml: string;
	readonly sha256: Buffer;
	readonly answers: JsonObject;
	readonly afterDigest: Buffer | null;
	readonly madeUp: MadeUp | undefined;
};
