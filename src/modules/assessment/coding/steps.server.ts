import { sql } from 'kysely';
import { canonical } from '#platform/canonical.ts';
import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { personIdOf } from '../author.ts';
import { changesSchema, reversed, type Change, type CodeRow, type SegmentRow } from './steps.ts';

/** What steps belong to: one coding, or (null) the programme's codebook. */
export type Scope = { readonly programmeId: string; readonly codingId: string | null };

/** Steps of a coding that can be taken back; the codebook keeps all of its, as its history. */
const kept = 300;

/** Two who change the same coding or codebook do so one after the other. */
async function lock(tx: Tx, { programmeId, codingId }: Scope): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${codingId ?? programmeId}, 200))`.execute(tx);
}

const stepsOf = (tx: Tx, scope: Scope) =>
	tx.selectFrom('assessment.codingStep').where('programmeId', '=', scope.programmeId).where('codingId', scope.codingId === null ? 'is' : '=', scope.codingId);

/**
 * Carries out changes and remembers them as one step that can be taken back. What was taken back before can no longer be done again.
 * @throws Problem `coding.changed-meanwhile` (409) when a row is no longer as the change says it was
 */
export async function takeStep(tx: Tx, permit: Permit<string>, scope: Scope, verb: string, changes: readonly Change[]): Promise<void> {
	if (changes.length === 0) return;
	await lock(tx, scope);
	for (const change of changes) await carryOut(tx, scope.programmeId, change);
	const gone = tx.deleteFrom('assessment.codingStep').where('programmeId', '=', scope.programmeId).where('codingId', scope.codingId === null ? 'is' : '=', scope.codingId);
	await gone.where('undone', '=', true).execute();
	const { last } = await stepsOf(tx, scope).select(sql<number>`coalesce(max(position), 0)`.as('last')).executeTakeFirstOrThrow();
	if (scope.codingId !== null) await gone.where('position', '<=', last + 1 - kept).execute();
	await tx
		.insertInto('assessment.codingStep')
		.values({ id: newId(), ...scope, position: last + 1, verb, changes: JSON.stringify(changes), personId: personIdOf(permit), madeAt: momentOf(tx) })
		.execute();
	await journal(tx, permit, { table: scope.codingId === null ? 'assessment.code' : 'assessment.coding', id: scope.codingId ?? scope.programmeId, after: changes });
}

/**
 * Takes the latest step back (-1), or does the one taken back last again (1).
 * @throws Problem `coding.no-step` (409); `coding.changed-meanwhile` (409); `coding.code-used` (409) when a code would go that segments use
 */
export async function stepBack(tx: Tx, permit: Permit<string>, scope: Scope, direction: -1 | 1): Promise<void> {
	await lock(tx, scope);
	const step = await stepsOf(tx, scope)
		.select(['id', 'changes'])
		.where('undone', '=', direction === 1)
		.orderBy('position', direction === 1 ? 'asc' : 'desc')
		.limit(1)
		.executeTakeFirst();
	if (!step) throw problem('coding.no-step', 409);
	const changes = changesSchema.parse(step.changes);
	for (const change of direction === 1 ? changes : reversed(changes)) await carryOut(tx, scope.programmeId, change);
	await tx.updateTable('assessment.codingStep').set({ undone: direction === -1 }).where('id', '=', step.id).execute();
	await journal(tx, permit, { table: scope.codingId === null ? 'assessment.code' : 'assessment.coding', id: scope.codingId ?? scope.programmeId, after: { step: step.id, direction } });
}

/** Whether there is a step to take back, and one to do again. */
export async function stepsLeft(tx: Tx, scope: Scope): Promise<{ canUndo: boolean; canRedo: boolean }> {
	const rows = await stepsOf(tx, scope).select('undone').distinct().execute();
	return { canUndo: rows.some(({ undone }) => !undone), canRedo: rows.some(({ undone }) => undone) };
}

const differ = (a: unknown, b: unknown): boolean => canonical(a) !== canonical(b);

async function carryOut(tx: Tx, programmeId: string, change: Change): Promise<void> {
	if (change.table === 'segment') return changeSegment(tx, programmeId, change.before, change.after);
	if (change.table === 'memo') return changeMemo(tx, programmeId, change.before, change.after);
	return changeCode(tx, programmeId, change.before, change.after);
}

async function changeSegment(tx: Tx, programmeId: string, before: SegmentRow | null, after: SegmentRow | null): Promise<void> {
	const id = (after ?? before)?.id ?? '';
	const now = await tx.selectFrom('assessment.segment').select(['id', 'codingId', 'codeId', 'starts', 'ends', 'memo']).where('id', '=', id).executeTakeFirst();
	if (differ(now ?? null, before)) throw problem('coding.changed-meanwhile', 409);
	if (after === null) {
		const quoted = await tx.selectFrom('assessment.quotation').select('id').where('segmentId', '=', id).executeTakeFirst();
		if (quoted) throw problem('coding.segment-quoted', 409);
		await tx.deleteFrom('assessment.segment').where('id', '=', id).execute();
	} else if (before === null) await tx.insertInto('assessment.segment').values({ ...after, programmeId }).execute();
	else await tx.updateTable('assessment.segment').set(after).where('id', '=', id).execute();
}

type Memo = { codingId: string; memo: string } | null;

async function changeMemo(tx: Tx, programmeId: string, before: Memo, after: Memo): Promise<void> {
	const codingId = (after ?? before)?.codingId ?? '';
	const now = await tx.selectFrom('assessment.interviewMemo').select(['codingId', 'memo']).where('codingId', '=', codingId).executeTakeFirst();
	if (differ(now ?? null, before)) throw problem('coding.changed-meanwhile', 409);
	if (after === null) await tx.deleteFrom('assessment.interviewMemo').where('codingId', '=', codingId).execute();
	else if (before === null) await tx.insertInto('assessment.interviewMemo').values({ ...after, programmeId }).execute();
	else await tx.updateTable('assessment.interviewMemo').set(after).where('codingId', '=', codingId).execute();
}

async function changeCode(tx: Tx, programmeId: string, before: CodeRow | null, after: CodeRow | null): Promise<void> {
	const id = (after ?? before)?.id ?? '';
	const now = await tx
		.selectFrom('assessment.code')
		.select(['id', 'parentId', 'position', 'name', 'definition', 'useWhen', 'useNot', 'examples', 'memo', 'colour', 'state', 'mergedIntoId'])
		.where('id', '=', id)
		.where('programmeId', '=', programmeId)
		.executeTakeFirst();
	if (differ(now ?? null, before)) throw problem('coding.changed-meanwhile', 409);
	if (after === null) await removeCode(tx, id);
	else if (before === null) await tx.insertInto('assessment.code').values({ ...after, programmeId }).execute();
	else await tx.updateTable('assessment.code').set(after).where('id', '=', id).execute();
}

/** A code goes only when nobody's segment stands under it, those included that one does not see: the database tells. */
async function removeCode(tx: Tx, id: string): Promise<void> {
	const below = await tx.selectFrom('assessment.code').select('id').where((e) => e.or([e('parentId', '=', id), e('mergedIntoId', '=', id)])).executeTakeFirst();
	const { rows } = await sql<{ used: boolean }>`select assessment.code_used(${id}) as used`.execute(tx);
	if (below || rows[0]?.used) throw problem('coding.code-used', 409);
	await tx.deleteFrom('assessment.code').where('id', '=', id).execute();
}
