import { sql } from 'kysely';
import { system } from '#platform/actor.ts';
import { asActor, inTransaction, type Tx } from '#platform/database.server.ts';
import { attachmentKinds, storeFileAt } from '#platform/files.server.ts';
import { record } from '#platform/journal.server.ts';
import { problem } from '#platform/problem.ts';
import type { Arrival, Receipt, Sender } from './arrival.ts';
import type { OpenRound } from './link.server.ts';
import type { UploadedFile } from './upload.server.ts';

/**
 * Receives a submission that names files or replaces an earlier one: several statements in one transaction, all or nothing.
 * @throws Problem `submission.other-content` (409), `submission.edit-unknown` (404), `submission.edit-outdated` (409),
 * `submission.edit-not-yours` (403), `submission.other-file` (409), and what storing a file refuses
 */
export function receiveWhole(sender: Sender, round: OpenRound, arrival: Arrival, files: readonly UploadedFile[]): Promise<Receipt> {
	return inTransaction(sender, async (tx) => {
		const made = await insert(tx, sender, round, arrival);
		const submissionId = made ? arrival.id : await sameAsBefore(tx, round, arrival);
		const { attachments, deprecatedId, instanceId } = arrival.submission;
		if (made && deprecatedId !== undefined) await replace(tx, round, deprecatedId, arrival);
		if (made) {
			await expectFiles(tx, round, submissionId, attachments);
			await record(tx, deprecatedId === undefined ? 'submission.receive' : 'submission.replace', round.programmeId, {
				table: 'assessment.submission',
				id: submissionId,
				before: deprecatedId,
				after: { roundId: round.roundId, instanceId, xmlSha256: arrival.sha256 }
			});
		}
		for (const file of files) await attach(tx, round, submissionId, file);
		return { submissionId, instanceId, again: !made, missing: await missingFiles(tx, submissionId) };
	});
}

async function insert(tx: Tx, sender: Sender, round: OpenRound, arrival: Arrival): Promise<boolean> {
	const { madeUp } = arrival;
	const row = await tx
		.insertInto('assessment.submission')
		.values({
			id: arrival.id,
			programmeId: round.programmeId,
			roundId: round.roundId,
			placeId: round.placeId,
			instanceId: arrival.submission.instanceId,
			tokenId: sender.kind === 'token' ? sender.tokenId : null,
			personId: sender.kind === 'person' ? sender.personId : null,
			xml: arrival.xml,
			xmlSha256: arrival.sha256,
			answers: arrival.answers,
			...(madeUp ?? {})
		})
		.onConflict((on) => on.columns(['roundId', 'instanceId']).doNothing())
		.returning('id')
		.executeTakeFirst();
	return row !== undefined;
}

type Before = { submissionId: string; xmlSha256: Buffer; supersededBy: string | null };

async function receivedAs(tx: Tx, round: OpenRound, instanceId: string): Promise<Before | undefined> {
	return (await sql<Before>`select * from assessment.received_as(${round.roundId}::uuid, ${instanceId})`.execute(tx)).rows[0];
}

async function sameAsBefore(tx: Tx, round: OpenRound, arrival: Arrival): Promise<string> {
	const before = await receivedAs(tx, round, arrival.submission.instanceId);
	if (!before?.xmlSha256.equals(arrival.sha256)) throw problem('submission.other-content', 409);
	return before.submissionId;
}

/** The earlier submission stays, marked with what took its place. Only the one that counts now can be replaced. */
async function replace(tx: Tx, round: OpenRound, deprecatedId: string, arrival: Arrival): Promise<void> {
	const replaced = await tx
		.updateTable('assessment.submission')
		.set({ supersededBy: arrival.submission.instanceId })
		.where('roundId', '=', round.roundId)
		.where('instanceId', '=', deprecatedId)
		.where('id', '<>', arrival.id)
		.where('supersededBy', 'is', null)
		.returning(['id', 'originId'])
		.executeTakeFirst();
	if (replaced) {
		await tx
			.updateTable('assessment.submission')
			.set({ replacesId: replaced.id, originId: replaced.originId ?? replaced.id })
			.where('id', '=', arrival.id)
			.execute();
		return;
	}
	const before = await receivedAs(tx, round, deprecatedId);
	if (!before || before.submissionId === arrival.id) throw problem('submission.edit-unknown', 404);
	if (before.supersededBy !== null) throw problem('submission.edit-outdated', 409);
	throw problem('submission.edit-not-yours', 403);
}

async function expectFiles(tx: Tx, { programmeId }: OpenRound, submissionId: string, names: readonly string[]): Promise<void> {
	const distinct = [...new Set(names.map((name) => name.normalize('NFC')))];
	if (distinct.length === 0) return;
	await tx
		.insertInto('assessment.attachment')
		.values(distinct.map((name) => ({ programmeId, submissionId, name })))
		.execute();
}

/** Attaches a file once: the same bytes again change nothing, other bytes under the name are refused, and one that was struck is let go of. */
async function attach(tx: Tx, { programmeId }: OpenRound, submissionId: string, file: UploadedFile): Promise<void> {
	const taken = await tx
		.updateTable('assessment.attachment')
		.set({ sha256: file.sha256, receivedAt: new Date() })
		.where('submissionId', '=', submissionId)
		.where('name', '=', file.name)
		.where('sha256', 'is', null)
		.where('struckAt', 'is', null)
		.executeTakeFirst();
	if (taken.numUpdatedRows === 0n) {
		const before = await tx
			.selectFrom('assessment.attachment')
			.select(['sha256', 'struckAt'])
			.where('submissionId', '=', submissionId)
			.where('name', '=', file.name)
			.executeTakeFirst();
		if (before && (before.struckAt !== null || before.sha256?.equals(file.sha256))) return;
		throw before ? problem('submission.other-file', 409, { name: file.name }) : problem('submission.edit-not-yours', 403);
	}
	const stored = await asActor(tx, system('files'), async () =>
		storeFileAt(tx, { programmeId, ...file, accept: attachmentKinds })
	);
	await tx
		.updateTable('assessment.attachment')
		.set({ fileId: stored.id })
		.where('submissionId', '=', submissionId)
		.where('name', '=', file.name)
		.execute();
}

async function missingFiles(tx: Tx, submissionId: string): Promise<string[]> {
	const rows = await tx
		.selectFrom('assessment.attachment')
		.select('name')
		.where('submissionId', '=', submissionId)
		.where('fileId', 'is', null)
		.where('struckAt', 'is', null)
		.orderBy('name')
		.execute();
	return rows.map((row) => row.name);
}
