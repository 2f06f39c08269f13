import { createHash } from 'node:crypto';
import { DatabaseError } from 'pg';
import { actorId } from '#platform/actor.ts';
import { appPool } from '#platform/database.server.ts';
import { gathering } from '#platform/gather.ts';
import { newId } from '#platform/ids.ts';
import { digest } from '#platform/journal.server.ts';
import { type Problem, problem } from '#platform/problem.ts';
import { arrived } from '#platform/right-of-way.ts';
import { parseSubmission, type Submission, type SubmissionError } from '#xforms/submission.ts';
import type { SubmissionShape } from '#xforms/submissionShape.ts';
import { keptAnswers } from './answers.ts';
import type { Arrival, MadeUp, Receipt, Sender } from './arrival.ts';
import { receiveWhole } from './intake-whole.server.ts';
import type { OpenRound } from './link.server.ts';
import type { UploadedFile } from './upload.server.ts';

/** What is sent: the XML as it came, and files aside. */
export type Sent = { readonly xml: Uint8Array; readonly files: readonly UploadedFile[] };

/**
 * Receives a submission into an open round: the command behind OpenRosa, the filling pages and the demonstration. What is
 * checked here is its structure; constraints are looked at later, in a job. There is no separate permit: the sender is stated
 * in the very statement that writes, and the database's fence asks whether this link or person may send into this round now.
 *
 * Sending the same bytes under the same instanceID again changes nothing and gives the same answer, also when several come at
 * once, and also after the round was closed.
 * @throws Problem `submission.*` (400; 404 for another form or version; 409 for another content under the same instanceID),
 * `upload.file-not-named` (400), `collection.*` (403) when the round, the link or its ceiling do not allow it
 */
export async function receive(sender: Sender, round: OpenRound, shape: SubmissionShape, sent: Sent, madeUp?: MadeUp): Promise<Receipt> {
	arrived();
	const parsed = parseSubmission(sent.xml, shape);
	if (!parsed.ok) throw asProblem(parsed.error);
	const arrival = prepare(parsed.value, round, sent.xml, madeUp);
	refuseUnnamed(parsed.value, sent.files);
	try {
		const { attachments, deprecatedId } = parsed.value;
		if (attachments.length > 0 || deprecatedId !== undefined) return await receiveWhole(sender, round, arrival, sent.files);
		if (await insert(sender, round, arrival)) return acknowledge(arrival, arrival.id, false);
		return await repeated(sender, round, arrival);
	} catch (error) {
		const refused = asRefusal(error, sender);
		if (!refused) throw error;
		// A closed round still says that it has what it has: who lost our answer asks for it again.
		const before = await receivedAs(sender, round, arrival.submission.instanceId);
		if (before && before.sha256.equals(arrival.sha256)) return acknowledge(arrival, before.id, true);
		throw refused;
	}
}

function prepare(submission: Submission, round: OpenRound, xml: Uint8Array, madeUp: MadeUp | undefined): Arrival {
	const sha256 = createHash('sha256').update(xml).digest();
	return {
		id: newId(),
		submission,
		xml: Buffer.from(xml.buffer, xml.byteOffset, xml.byteLength).toString('utf8'),
		sha256,
		answers: keptAnswers(submission.answers),
		afterDigest: digest({ roundId: round.roundId, instanceId: submission.instanceId, xmlSha256: sha256 }),
		madeUp
	};
}

const acknowledge = ({ submission }: Arrival, submissionId: string, again: boolean): Receipt => ({
	submissionId,
	instanceId: submission.instanceId,
	again,
	missing: []
});

/**
 * States the actor, writes submissions and their journal entries: one statement, one round trip, one commit. Nothing reads
 * `ctx` before `s` does, so the fence finds the actor stated; and without `ctx` in the query PostgreSQL would skip it.
 * In the order of the instanceIDs, so that two statements with the same submissions wait for each other and never in a circle.
 */
const intake = {
	name: 'receive-submissions',
	text: `with ctx as materialized (select set_config('app.actor_kind', $1, true) as kind, set_config('app.actor_id', $2, true) as id),
		come as materialized (select * from unnest($6::uuid[], $7::text[], $8::text[], $9::bytea[], $10::text[], $11::boolean[], $12::timestamptz[], $13::uuid[], $14::bytea[])
			as t(id, instance_id, xml, xml_sha256, answers, made_up, received_at, entry_id, after_digest)),
		s as (insert into assessment.submission
				(id, programme_id, round_id, instance_id, place_id, token_id, person_id, xml, xml_sha256, answers, made_up, received_at)
			select come.id, $3::uuid, $4::uuid, come.instance_id, $5::uuid, case kind when 'token' then ctx.id::uuid end, case kind when 'person' then ctx.id::uuid end,
				come.xml, come.xml_sha256, come.answers::jsonb, come.made_up, coalesce(come.received_at, clock_timestamp())
			from ctx cross join come where ctx.id is not null order by come.instance_id
			on conflict (round_id, instance_id) do nothing returning id),
		j as (insert into platform.journal (id, programme_id, actor_kind, actor_id, verb, subject_table, subject_id, after_digest)
			select come.entry_id, $3::uuid, $1, $2, 'submission.receive', 'assessment.submission', s.id, come.after_digest from s join come using (id))
		select id from s`
};

/** Writes what one sender sends into one round, all or none; says of each whether it is new. */
async function insertAll(sender: Sender, round: OpenRound, arrivals: readonly Arrival[]): Promise<boolean[]> {
	const { rows } = await appPool().query<{ id: string }>({
		...intake,
		values: [
			sender.kind, actorId(sender), round.programmeId, round.roundId, round.placeId, arrivals.map(({ id }) => id), arrivals.map(({ submission }) => submission.instanceId),
			arrivals.map(({ xml }) => xml), arrivals.map(({ sha256 }) => sha256), arrivals.map(({ answers }) => JSON.stringify(answers)),
			arrivals.map(({ madeUp }) => madeUp !== undefined), arrivals.map(({ madeUp }) => madeUp?.receivedAt ?? null), arrivals.map(() => newId()), arrivals.map(({ afterDigest }) => afterDigest)
		]
	});
	const written = new Set(rows.map(({ id }) => id));
	return arrivals.map(({ id }) => written.has(id));
}

/** How many go together in one statement at most. */
const together = 16;
/** How many such statements at once: while the database writes one, the next is made ready. */
const atOnce = 2;
/** A submission above this size, in characters, is written by itself: many of them in one statement would take much memory. */
const large = 64 * 1024;

const insertTogether = gathering<{ sender: Sender; round: OpenRound; arrival: Arrival }, boolean>((items) => {
	const [first] = items;
	return first ? insertAll(first.sender, first.round, items.map(({ arrival }) => arrival)) : Promise.resolve([]);
}, { together, atOnce });

async function insert(sender: Sender, round: OpenRound, arrival: Arrival): Promise<boolean> {
	if (arrival.xml.length > large) return (await insertAll(sender, round, [arrival]))[0] === true;
	return insertTogether([sender.kind, actorId(sender), round.roundId, round.placeId].join(' '), { sender, round, arrival });
}

async function repeated(sender: Sender, round: OpenRound, arrival: Arrival): Promise<Receipt> {
	const before = await receivedAs(sender, round, arrival.submission.instanceId);
	if (!before?.sha256.equals(arrival.sha256)) throw problem('submission.other-content', 409);
	return acknowledge(arrival, before.id, true);
}

/** What has arrived under an instanceID. Stated and asked in one statement; the function alone looks past the fence. */
async function receivedAs(sender: Sender, round: OpenRound, instanceId: string): Promise<{ id: string; sha256: Buffer } | undefined> {
	const { rows } = await appPool().query<{ submission_id: string; xml_sha256: Buffer }>({
		name: 'received-as',
		text: `with ctx as materialized (select set_config('app.actor_kind', $1, true) as kind, set_config('app.actor_id', $2, true) as id)
			select found.* from ctx cross join lateral assessment.received_as(case when ctx.id is not null then $3::uuid end, $4) as found`,
		values: [sender.kind, actorId(sender), round.roundId, instanceId]
	});
	const [row] = rows;
	return row && { id: row.submission_id, sha256: row.xml_sha256 };
}

function refuseUnnamed(submission: Submission, files: readonly UploadedFile[]): void {
	const named = new Set(submission.attachments.map((name) => name.normalize('NFC')));
	const stray = files.find((file) => !named.has(file.name));
	if (stray) throw problem('upload.file-not-named', 400, { name: stray.name.slice(0, 200) });
}

function asProblem({ code, facts }: SubmissionError): Problem {
	const status = code === 'submission.other-form' || code === 'submission.other-version' ? 404 : code === 'submission.too-large' ? 413 : 400;
	return problem(code, status, facts);
}

/** What the fence or the ceiling said no to. */
function asRefusal(error: unknown, sender: Sender): Problem | undefined {
	if (!(error instanceof DatabaseError)) return undefined;
	if (error.code === 'HM001') return problem(error.message, 403);
	if (error.code !== '42501') return undefined;
	return problem(sender.kind === 'token' ? 'collection.round-closed' : 'not-permitted', 403);
}
