import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { notFound, problem } from '#platform/problem.ts';
import { personIdOf } from '../author.ts';
import { common, covered } from './kappa.ts';
import type { Change, SegmentRow } from './steps.ts';
import { takeStep } from './steps.server.ts';
import { trimmedSpan, type Span } from './text.ts';

const segmentColumns = ['id', 'codingId', 'codeId', 'starts', 'ends', 'memo'] as const;

/** Begins the own coding of an interview, or goes on with it. @throws Problem `coding.unblinded` (409) once the others have been seen */
export async function startCoding(tx: Tx, permit: Permit<'coding.start'>): Promise<string> {
	const { id: interviewId, programmeId } = permit.subject;
	const coderId = personIdOf(permit);
	if (coderId === null) throw problem('not-permitted', 403);
	const there = await tx.selectFrom('assessment.coding').select('id').where('interviewId', '=', interviewId).where('coderId', '=', coderId).executeTakeFirst();
	if (there) return there.id;
	const id = newId();
	await tx.insertInto('assessment.coding').values({ id, programmeId, interviewId, kind: 'coder', coderId, createdBy: coderId }).execute();
	await journal(tx, permit, { table: 'assessment.coding', id, after: { interviewId, coderId } });
	return id;
}

/** Says that a coding is done, or (`done` false) takes that back while nobody has seen the others. @throws Problem `coding.unblinded` (409) */
export async function finishCoding(tx: Tx, permit: Permit<'coding.finish'>, done: boolean): Promise<void> {
	const { id } = permit.subject;
	const doneAt = done ? momentOf(tx) : null;
	await tx.updateTable('assessment.coding').set({ doneAt }).where('id', '=', id).execute();
	await journal(tx, permit, { table: 'assessment.coding', id, after: { done } });
}

/** The text a coding is of. */
async function bodyOf(tx: Tx, codingId: string): Promise<string> {
	const found = await tx.selectFrom('assessment.coding as c').innerJoin('assessment.interview as i', 'i.id', 'c.interviewId').select('i.body').where('c.id', '=', codingId).executeTakeFirst();
	if (!found) throw notFound();
	return found.body;
}

const scopeOf = (permit: Permit<string>) => ({ programmeId: permit.subject.programmeId, codingId: permit.subject.id });

/**
 * Puts a passage under codes; those it already stands under exactly so are left as they are.
 * @returns the ids of the new segments
 * @throws Problem `coding.nothing-selected` (400), `coding.code-retired` (409)
 */
export async function addSegments(tx: Tx, permit: Permit<'coding.code'>, span: Span, codes: readonly string[], memo = ''): Promise<string[]> {
	const codingId = permit.subject.id;
	const trimmed = trimmedSpan(await bodyOf(tx, codingId), span);
	if (!trimmed || codes.length === 0) throw problem('coding.nothing-selected', 400, {}, 'codes');
	const usable = await tx.selectFrom('assessment.code').select('id').where('id', 'in', [...codes]).where('programmeId', '=', permit.subject.programmeId).where('state', '=', 'active').execute();
	if (usable.length < new Set(codes).size) throw problem('coding.code-retired', 409);
	const there = await tx.selectFrom('assessment.segment').select('codeId').where('codingId', '=', codingId).where('starts', '=', trimmed.starts).where('ends', '=', trimmed.ends).execute();
	const rows = [...new Set(codes)].filter((codeId) => !there.some((each) => each.codeId === codeId)).map((codeId): SegmentRow => ({ id: newId(), codingId, codeId, ...trimmed, memo }));
	await takeStep(tx, permit, scopeOf(permit), 'segment.add', rows.map((after): Change => ({ table: 'segment', before: null, after })));
	return rows.map(({ id }) => id);
}

async function segmentOf(tx: Tx, codingId: string, id: string): Promise<SegmentRow> {
	const found = await tx.selectFrom('assessment.segment').select(segmentColumns).where('id', '=', id).where('codingId', '=', codingId).executeTakeFirst();
	if (!found) throw notFound();
	return found;
}

/** Takes a segment away. @throws Problem `coding.segment-quoted` (409) */
export async function removeSegment(tx: Tx, permit: Permit<'coding.code'>, id: string): Promise<void> {
	const before = await segmentOf(tx, permit.subject.id, id);
	await takeStep(tx, permit, scopeOf(permit), 'segment.remove', [{ table: 'segment', before, after: null }]);
}

/** Writes the memo of a segment, or changes its bounds. */
export async function changeSegment(tx: Tx, permit: Permit<'coding.code'>, id: string, to: { memo?: string; span?: Span }): Promise<void> {
	const before = await segmentOf(tx, permit.subject.id, id);
	const span = to.span ? trimmedSpan(await bodyOf(tx, permit.subject.id), to.span) : before;
	if (!span) throw problem('coding.nothing-selected', 400);
	const after = { ...before, starts: span.starts, ends: span.ends, memo: to.memo ?? before.memo };
	if (JSON.stringify(after) === JSON.stringify(before)) return;
	await takeStep(tx, permit, scopeOf(permit), to.span ? 'segment.move' : 'segment.memo', [{ table: 'segment', before, after }]);
}

/** Writes the coder's memo on the whole interview; an empty one is none. */
export async function writeMemo(tx: Tx, permit: Permit<'coding.code'>, memo: string): Promise<void> {
	const codingId = permit.subject.id;
	const before = (await tx.selectFrom('assessment.interviewMemo').select(['codingId', 'memo']).where('codingId', '=', codingId).executeTakeFirst()) ?? null;
	const after = memo === '' ? null : { codingId, memo };
	if (before?.memo === after?.memo) return;
	await takeStep(tx, permit, scopeOf(permit), 'memo.write', [{ table: 'memo', before, after }]);
}

/**
 * Begins the agreed coding of an interview whose coders are done: what all of them marked stands in it, code by code; the rest is
 * taken in or left by who reconciles. When there is one already, goes on with that.
 * @param as what each code is read as after merging
 * @throws Problem `coding.blind` (409) before all are done
 */
export async function startAgreed(tx: Tx, permit: Permit<'coding.agree'>, as: (code: string) => string): Promise<string> {
	const { id: interviewId, programmeId } = permit.subject;
	const there = await tx.selectFrom('assessment.coding').select('id').where('interviewId', '=', interviewId).where('kind', '=', 'agreed').executeTakeFirst();
	if (there) return there.id;
	const id = newId();
	await tx.insertInto('assessment.coding').values({ id, programmeId, interviewId, kind: 'agreed', createdBy: personIdOf(permit) }).execute();
	const segments = await tx
		.selectFrom('assessment.segment as s')
		.innerJoin('assessment.coding as c', 'c.id', 's.codingId')
		.select(['s.codingId', 's.codeId', 's.starts', 's.ends'])
		.where('c.interviewId', '=', interviewId)
		.where('c.kind', '<>', 'agreed')
		.execute();
	const coders = (await tx.selectFrom('assessment.coding').select('id').where('interviewId', '=', interviewId).where('kind', '<>', 'agreed').execute()).map((each) => each.id);
	const codes = new Set(segments.map(({ codeId }) => as(codeId)));
	const rows = [...codes].flatMap((codeId) => {
		const marks = coders.map((coder) => covered(segments.filter((each) => each.codingId === coder && as(each.codeId) === codeId), Number.MAX_SAFE_INTEGER));
		return marks.reduce(common).map(({ starts, ends }) => ({ id: newId(), programmeId, codingId: id, codeId, starts, ends }));
	});
	for (let from = 0; from < rows.length; from += 1000) await tx.insertInto('assessment.segment').values(rows.slice(from, from + 1000)).execute();
	await journal(tx, permit, { table: 'assessment.coding', id, after: { interviewId, agreed: true, segments: rows.length } });
	return id;
}
