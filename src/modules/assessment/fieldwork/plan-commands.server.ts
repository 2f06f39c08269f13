import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { holdVersion } from '#platform/record.server.ts';
import { instrumentSchema } from '#xforms/instrument.ts';
import { keyQuestions, targetQuestions, type PlanFields } from './plan.ts';

/**
 * Says how a round is run. Whether teams are joint is settled before it opens; the rest may change while it runs, and the
 * rules of quality are then held against all its answers anew.
 * @param seen the version the form was filled from
 * @throws Problem `record.changed-since` (409), `round.closed-plan` (409), `round.joint-settled` (409), `plan.question-unknown` (400)
 */
export async function planRound(tx: Tx, permit: Permit<'round.plan'>, fields: PlanFields, seen?: string): Promise<void> {
	const { id } = permit.subject;
	await holdVersion(tx, { table: 'assessment.round', id }, seen);
	const columns = ['joint', 'targetQuestion', 'keyQuestions', 'shortestMinutes'] as const;
	const { state, ...before } = await tx.selectFrom('assessment.round').select([...columns, 'state']).where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
	if (state === 'closed') throw problem('round.closed-plan', 409);
	if (state !== 'draft' && fields.joint !== before.joint) throw problem('round.joint-settled', 409, {}, 'joint');
	await holdQuestions(tx, id, fields);
	await tx.updateTable('assessment.round').set({ ...fields, keyQuestions: [...fields.keyQuestions] }).where('id', '=', id).execute();
	// Targets for choices of another question mean nothing any more.
	if (fields.targetQuestion !== before.targetQuestion) await tx.deleteFrom('assessment.roundTarget').where('roundId', '=', id).where('choice', '<>', '').execute();
	await sql`select assessment.ask_look(${id}::uuid)`.execute(tx);
	await journal(tx, permit, { table: 'assessment.round', id, before, after: fields });
}

async function holdQuestions(tx: Tx, roundId: string, { targetQuestion, keyQuestions: keys }: PlanFields): Promise<void> {
	const { model } = await tx
		.selectFrom('assessment.round as r')
		.innerJoin('assessment.instrumentVersion as v', 'v.id', 'r.instrumentVersionId')
		.select('v.model')
		.where('r.id', '=', roundId)
		.executeTakeFirstOrThrow();
	const instrument = instrumentSchema.parse(model);
	const known = (list: readonly { xpath: string }[], path: string): boolean => list.some((question) => question.xpath === path);
	if (targetQuestion !== null && !known(targetQuestions(instrument), targetQuestion)) throw problem('plan.question-unknown', 400, {}, 'targetQuestion');
	if (keys.some((path) => !known(keyQuestions(instrument), path))) throw problem('plan.question-unknown', 400, {}, 'keyQuestions');
}
