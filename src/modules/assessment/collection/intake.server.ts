import { createHash } from 'node:crypto';
import { DatabaseError } from 'pg';
import { actorId } from '#platform/actor.ts';
import { appPool } from '#platform/database.server.ts';
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
 * States the actor, writes the submission and its journal entry: one statement, one round trip, one commit. Nothing reads
 * `ctx` before `s` does, so the fence finds the actor stated; and without `ctx` in the query PostgreSQL would skip it.
 */
const intake = {
	name: 'receive-submission',
	text: `with ctx as materialized (select set_config('app.actor_kind', $1, true) as kind, set_config('app.actor_id', $2, true) as id),
		s as (insert into assessment.submission
				(id, programme_id, round_id, instance_id, place_id, token_id, person_id, xml, xml_sha256, answers, made_up, received_at)
			select $3::uuid, $4::uuid, $5::uuid, $6::text, $7::uuid, case kind when 'token' then id::uuid end, case kind when 'person' then id::uuid end,
				$8::text, $9::bytea, $10::jsonb, $11::boolean, coalesce($12::timestamptz, clock_timestamp())
			from ctx where id is not null
			on conflict (round_id, instance_id) do nothing returning id),
		j as (insert into platform.journal (id, programme_id, actor_kind, actor_id, verb, subject_table, subject_id, after_digest)
			select $13::uuid, $4::uuid, $1, $2, 'submission.receive', 'assessment.submission', s.id, $14::bytea from s)
		select id from s`
};

async function insert(sender: Sender, round: OpenRound, arrival: Arrival): Promise<boolean> {
	const { id, submission, xml, sha256, answers, afterDigest, madeUp } = arrival;
	const { rowCount } = await appPool().query({
		...intake,
		values: [
			sender.kind, actorId(sender), id, round.programmeId, round.roundId, submission.instanceId, round.placeId, xml, sha256,
			JSON.stringify(answers), madeUp !== undefined, madeUp?.receivedAt ?? null, newId(), afterDigest
		]
	});
	return rowCount === 1;
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
