import type { Tx } from '#platform/database.server.ts';
import { demandHappened } from '#platform/happened.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import { nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { notFound, problem } from '#platform/problem.ts';
import { personIn, withdrawRecord } from '#platform/record.server.ts';
import { searchText } from '#platform/search-text.ts';
import type { CommitmentFields, StatusFields } from './commitment.ts';

/**
 * A commitment of the authority that a recommendation was addressed to: made by its official in own name
 * (`commitment.make`), or recorded on behalf (`commitment.record`), which the record then says. The permit's subject is
 * the recommendation.
 * A recommendation that was delivered and has no answer yet is ground enough: the commitment is one.
 * @throws Problem `commitment.without-ground` (409) when the recommendation was not delivered, was refused or withdrawn,
 * `commitment.made-before-delivery`, `day.in-future` (409)
 */
export async function makeCommitment(
	tx: Tx,
	permit: Permit<'commitment.make'> | Permit<'commitment.record'>,
	fields: CommitmentFields,
	id: string = newId()
): Promise<string> {
	const { programmeId } = permit.subject;
	const recommendationId = permit.subject.id;
	await demandHappened(tx, programmeId, { madeOn: fields.madeOn });
	const recommendation = await tx
		.selectFrom('policy.recommendation')
		.select(['addressedTo', 'state', 'answer', 'deliveredOn'])
		.where('id', '=', recommendationId)
		.forShare()
		.executeTakeFirst();
	if (!recommendation) throw notFound();
	const asked = recommendation.state === 'delivered' || recommendation.state === 'answered';
	if (!asked || recommendation.answer === 'refused') throw problem('commitment.without-ground', 409);
	if (recommendation.deliveredOn && fields.madeOn < recommendation.deliveredOn) throw problem('commitment.made-before-delivery', 409, {}, 'madeOn');
	const number = await nextNumber(tx, programmeId, 'commitment');
	const made = await tx
		.insertInto('policy.commitment')
		.values({
			id,
			programmeId,
			number,
			...fields,
			recommendationId,
			organisationId: recommendation.addressedTo,
			onBehalf: permit.verb === 'commitment.record',
			search: searchText(fields.title, fields.measure),
			createdBy: personIn(permit)
		})
		.onConflict((on) => on.column('id').doNothing())
		.executeTakeFirst();
	if (made.numInsertedOrUpdatedRows !== 0n) await journal(tx, permit, { table: 'policy.commitment', id, after: { ...fields, number } });
	return id;
}

/**
 * How a commitment goes, told by one side. Words told earlier stay; the two sides stand beside each other.
 * @throws Problem `commitment.withdrawn`, `day.in-future` (409)
 */
export async function tellStatus(
	tx: Tx,
	permit: Permit<'commitment.tell-authority'> | Permit<'commitment.tell-civil-society'> | Permit<'commitment.record-status'>,
	fields: StatusFields,
	id: string = newId()
): Promise<string> {
	const { id: commitmentId, programmeId } = permit.subject;
	await demandHappened(tx, programmeId, { toldOn: fields.toldOn });
	const commitment = await tx.selectFrom('policy.commitment').select('state').where('id', '=', commitmentId).executeTakeFirst();
	if (commitment?.state !== 'made') throw problem('commitment.withdrawn', 409);
	const side = permit.verb === 'commitment.tell-civil-society' ? 'civil_society' : 'authority';
	const onBehalf = permit.verb === 'commitment.record-status';
	const told = await tx
		.insertInto('policy.commitmentStatus')
		.values({ id, programmeId, commitmentId, side, onBehalf, ...fields, createdBy: personIn(permit) })
		.onConflict((on) => on.column('id').doNothing())
		.executeTakeFirst();
	if (told.numInsertedOrUpdatedRows !== 0n) {
		await journal(tx, permit, { table: 'policy.commitment', id: commitmentId, after: { statusId: id, side, onBehalf, ...fields } });
	}
	return id;
}

/** Withdraws a commitment, with the reason. */
export const withdrawCommitment = (tx: Tx, permit: Permit<'commitment.withdraw'>, reason: string): Promise<void> =>
	withdrawRecord(tx, permit, 'policy.commitment', reason, ['made']);
