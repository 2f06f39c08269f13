import { sql } from 'kysely';
import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journalAll, type JournalEntry } from '#platform/journal.server.ts';
import { nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { notFound, problem } from '#platform/problem.ts';
import { cite, personIn } from '#platform/record.server.ts';
import { searchText } from '#platform/search-text.ts';
import { gapFindings } from '../commands.server.ts';
import { mayUndo, type MergeFields, type SplitFields } from './lineage.ts';

const table = 'gaps.gap';

/** Locks gaps in one order for everybody, so that two people who merge across each other wait instead of blocking each other. */
async function lockGaps(tx: Tx, ids: readonly string[]) {
	const found = await tx.selectFrom('gaps.gap').selectAll().where('id', 'in', [...ids]).orderBy('id').forUpdate().execute();
	if (found.length < new Set(ids).size) throw notFound();
	return found;
}

/**
 * Merges gaps into another: it takes over what they rest on; what responded to them counts for it by the lineage. They keep their
 * address, their words and what was said about them; endorsements are of words and do not travel.
 * @throws Problem `gap.not-open` (409) when one of them is not open (any more), `gap.merge-self`
 */
export async function mergeGaps(tx: Tx, permit: Permit<'gap.merge'>, { from, reason }: MergeFields): Promise<void> {
	const { id: into, programmeId } = permit.subject;
	if (from.includes(into)) throw problem('gap.merge-self', 409, {}, 'from');
	const gaps = await lockGaps(tx, [into, ...from]);
	if (gaps.some((gap) => gap.state !== 'open')) throw problem('gap.not-open', 409);
	const now = momentOf(tx);
	const entries: JournalEntry[] = [];
	for (const gap of gaps.filter((each) => each.id !== into)) {
		await lead(tx, permit, 'merge', gap.id, into, reason);
		await tx.updateTable('gaps.gap').set({ state: 'merged', updatedAt: now }).where('id', '=', gap.id).execute();
		entries.push({ table, id: gap.id, before: gap, after: { ...gap, state: 'merged', into } });
	}
	// What cannot be seen cannot be cited; it stays with the gap it came with, and stands under this one by the lineage.
	await sql`insert into gaps.gap_finding (programme_id, gap_id, finding_id)
		select distinct c.programme_id, ${into}::uuid, c.finding_id from gaps.gap_finding c join assessment.finding f on f.id = c.finding_id
		where c.gap_id = any(${[...from]}::uuid[]) on conflict do nothing`.execute(tx);
	await tx.updateTable('gaps.gap').set({ updatedAt: now }).where('id', '=', into).execute();
	entries.push({ table, id: into, after: { merged: from, programmeId } });
	await journalAll(tx, permit, entries);
}

const lead = (tx: Tx, permit: Permit<string>, kind: 'merge' | 'split', fromGapId: string, intoGapId: string, reason: string) =>
	tx
		.insertInto('gaps.lineage')
		.values({ id: newId(), programmeId: permit.subject.programmeId, kind, fromGapId, intoGapId, reason, madeBy: personIn(permit), madeAt: momentOf(tx) })
		.execute();

/**
 * Splits a gap into several, which are open at once and rest on the findings chosen for each; what responded to it counts for all of
 * them by the lineage. Their severity and feasibility are to be said anew.
 * @returns the ids of the parts
 * @throws Problem `gap.not-open` (409); the database refuses `gap.without-finding` at commit
 */
export async function splitGap(tx: Tx, permit: Permit<'gap.split'>, { parts, reason }: SplitFields): Promise<string[]> {
	const { id, programmeId } = permit.subject;
	const [gap] = await lockGaps(tx, [id]);
	if (gap?.state !== 'open') throw problem('gap.not-open', 409);
	const own = await tx.selectFrom('gaps.gapFinding').select('findingId').where('gapId', '=', id).execute();
	const known = new Set(own.map((each) => each.findingId));
	const now = momentOf(tx);
	const { placeId, barrier, groups, description, forWhom } = gap;
	const entries: JournalEntry[] = [];
	for (const { title, findings } of parts) {
		if (findings.some((finding) => !known.has(finding))) throw problem('gap.split-findings', 409);
		const row = { id: newId(), programmeId, number: await nextNumber(tx, programmeId, 'gap'), placeId, barrier, groups, description, forWhom, title };
		await tx
			.insertInto('gaps.gap')
			.values({ ...row, search: searchText(title, description), state: 'open', openedAt: now, createdBy: personIn(permit) })
			.execute();
		await cite(tx, gapFindings, programmeId, row.id, findings);
		await lead(tx, permit, 'split', id, row.id, reason);
		entries.push({ table, id: row.id, after: { ...row, findings } });
	}
	await tx.updateTable('gaps.gap').set({ state: 'split', updatedAt: now }).where('id', '=', id).execute();
	await journalAll(tx, permit, [...entries, { table, id, before: gap, after: { ...gap, state: 'split' } }]);
	return entries.map((entry) => entry.id);
}

/**
 * Undoes a merge or a split within {@link undoDays}: the gap is open again. After a merge the other gap keeps what it took over; after
 * a split the parts are withdrawn, if nobody has closed, merged or split them since.
 * @throws Problem `gap.not-merged`, `gap.undo-too-late`, `gap.undo-moved-on` (409)
 */
export async function undoLineage(tx: Tx, permit: Permit<'gap.undo'>): Promise<void> {
	const { id } = permit.subject;
	const steps = await tx.selectFrom('gaps.lineage').selectAll().where('fromGapId', '=', id).where('undoneAt', 'is', null).execute();
	const gaps = await lockGaps(tx, [id, ...steps.map((step) => step.intoGapId)]);
	const gap = gaps.find((each) => each.id === id);
	const now = momentOf(tx);
	if (!gap || (gap.state !== 'merged' && gap.state !== 'split')) throw problem('gap.not-merged', 409);
	if (steps.some((step) => !mayUndo(step.madeAt, now))) throw problem('gap.undo-too-late', 409);
	const entries: JournalEntry[] = [{ table, id, before: gap, after: { ...gap, state: 'open' } }];
	if (gap.state === 'split') {
		const parts = gaps.filter((each) => each.id !== id);
		if (parts.some((part) => part.state !== 'open')) throw problem('gap.undo-moved-on', 409);
		const [step] = steps;
		const set = { state: 'withdrawn', withdrawnAt: now, withdrawnReason: step?.reason ?? '', updatedAt: now };
		for (const part of parts) {
			await tx.updateTable('gaps.gap').set(set).where('id', '=', part.id).execute();
			entries.push({ table, id: part.id, before: part, after: { ...part, ...set } });
		}
	}
	await tx.updateTable('gaps.lineage').set({ undoneAt: now, undoneBy: personIn(permit) }).where('fromGapId', '=', id).where('undoneAt', 'is', null).execute();
	await tx.updateTable('gaps.gap').set({ state: 'open', updatedAt: now }).where('id', '=', id).execute();
	await journalAll(tx, permit, entries);
}
