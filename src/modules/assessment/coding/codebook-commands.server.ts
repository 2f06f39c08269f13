import { canonical } from '#platform/canonical.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import type { Permit } from '#platform/permit.server.ts';
import { notFound, problem } from '#platform/problem.ts';
import { holdVersion } from '#platform/record.server.ts';
import type { CodeFields } from './codebook.ts';
import type { Change, CodeRow } from './steps.ts';
import { takeStep } from './steps.server.ts';

export const codeColumns = ['id', 'parentId', 'position', 'name', 'definition', 'useWhen', 'useNot', 'examples', 'memo', 'colour', 'state', 'mergedIntoId'] as const;

const step = (tx: Tx, permit: Permit<string>, verb: string, changes: readonly Change[]): Promise<void> =>
	takeStep(tx, permit, { programmeId: permit.subject.programmeId, codingId: null }, verb, changes);

async function codeOf(tx: Tx, programmeId: string, id: string): Promise<CodeRow> {
	const found = await tx.selectFrom('assessment.code').select(codeColumns).where('id', '=', id).where('programmeId', '=', programmeId).executeTakeFirst();
	if (!found) throw notFound();
	return { ...found, name: whole(found.name), definition: whole(found.definition), useWhen: whole(found.useWhen), useNot: whole(found.useNot), examples: whole(found.examples) };
}

/** A text in several languages without what is not written. */
const whole = (text: Readonly<Record<string, string | undefined>>): Record<string, string> =>
	Object.fromEntries(Object.entries(text).flatMap(([locale, words]) => (words === undefined ? [] : [[locale, words]])));

const fieldsOf = ({ name, definition, useWhen, useNot, examples, ...rest }: CodeFields) => ({
	...rest, name: whole(name), definition: whole(definition), useWhen: whole(useWhen), useNot: whole(useNot), examples: whole(examples)
});

async function nextPosition(tx: Tx, programmeId: string, parentId: string | null): Promise<number> {
	const last = await tx
		.selectFrom('assessment.code')
		.select('position')
		.where('programmeId', '=', programmeId)
		.where('parentId', parentId === null ? 'is' : '=', parentId)
		.orderBy('position', 'desc')
		.limit(1)
		.executeTakeFirst();
	return (last?.position ?? -1) + 1;
}

/** Adds a code to the codebook, behind its siblings. */
export async function addCode(tx: Tx, permit: Permit<'codebook.edit'>, fields: CodeFields, id: string = newId()): Promise<string> {
	const { programmeId } = permit.subject;
	if (fields.parentId !== null) await codeOf(tx, programmeId, fields.parentId);
	const position = await nextPosition(tx, programmeId, fields.parentId);
	await step(tx, permit, 'code.add', [{ table: 'code', before: null, after: { id, ...fieldsOf(fields), position, state: 'active', mergedIntoId: null } }]);
	return id;
}

/**
 * Changes a code; with another parent it moves there, with all that stands below it.
 * @param seen the version the form was filled from
 * @throws Problem `record.changed-since` (409); `code.circle` (409) at commit
 */
export async function changeCode(tx: Tx, permit: Permit<'codebook.edit'>, id: string, fields: CodeFields, seen?: string): Promise<void> {
	const { programmeId } = permit.subject;
	await holdVersion(tx, { table: 'assessment.code', id }, seen);
	const before = await codeOf(tx, programmeId, id);
	if (fields.parentId !== null) await codeOf(tx, programmeId, fields.parentId);
	const position = fields.parentId === before.parentId ? before.position : await nextPosition(tx, programmeId, fields.parentId);
	const after = { ...before, ...fieldsOf(fields), position };
	if (canonical(after) !== canonical(before)) await step(tx, permit, fields.parentId === before.parentId ? 'code.change' : 'code.move', [{ table: 'code', before, after }]);
}

/** Moves a code before or behind its neighbour. */
export async function shiftCode(tx: Tx, permit: Permit<'codebook.edit'>, id: string, by: -1 | 1): Promise<void> {
	const { programmeId } = permit.subject;
	const mine = await codeOf(tx, programmeId, id);
	const siblings = await tx
		.selectFrom('assessment.code')
		.select(['id', 'position'])
		.where('programmeId', '=', programmeId)
		.where('parentId', mine.parentId === null ? 'is' : '=', mine.parentId)
		.orderBy('position')
		.orderBy('id')
		.execute();
	const at = siblings.findIndex((each) => each.id === id);
	const other = siblings[at + by];
	if (!other) return;
	const order = siblings.map((each) => each.id);
	[order[at], order[at + by]] = [other.id, id];
	const changes: Change[] = [];
	for (const [position, each] of order.entries()) {
		if (siblings.find((sibling) => sibling.id === each)?.position === position) continue;
		const before = await codeOf(tx, programmeId, each);
		changes.push({ table: 'code', before, after: { ...before, position } });
	}
	await step(tx, permit, 'code.order', changes);
}

/** Retires a code: it can no longer be given, and what stands under it stays. Or takes it up again. */
export async function retireCode(tx: Tx, permit: Permit<'codebook.edit'>, id: string, retired: boolean): Promise<void> {
	const before = await codeOf(tx, permit.subject.programmeId, id);
	if (before.state === 'merged') throw problem('code.merged', 409);
	const state = retired ? 'retired' : 'active';
	if (before.state !== state) await step(tx, permit, retired ? 'code.retire' : 'code.restore', [{ table: 'code', before, after: { ...before, state } }]);
}

/**
 * Merges a code into another: from now on all its segments, everybody's, are read as the other's. They keep their code, so that the
 * merge can be taken back, also from codings that the merging person does not see.
 * @throws Problem `code.merged` (409), `code.circle` (409)
 */
export async function mergeCode(tx: Tx, permit: Permit<'codebook.edit'>, id: string, intoId: string): Promise<void> {
	const { programmeId } = permit.subject;
	const before = await codeOf(tx, programmeId, id);
	const into = await codeOf(tx, programmeId, intoId);
	if (before.state === 'merged' || into.state !== 'active') throw problem('code.merged', 409);
	if (id === intoId) throw problem('code.circle', 409);
	const below = await tx.selectFrom('assessment.code').select('id').where('programmeId', '=', programmeId).where('parentId', '=', id).orderBy('position').execute();
	const changes: Change[] = [{ table: 'code', before, after: { ...before, state: 'merged', mergedIntoId: intoId } }];
	let position = await nextPosition(tx, programmeId, intoId);
	for (const child of below) {
		const was = await codeOf(tx, programmeId, child.id);
		// Merging a code into one below it: that one takes its place in the tree.
		if (child.id === intoId) changes.push({ table: 'code', before: was, after: { ...was, parentId: before.parentId } });
		else changes.push({ table: 'code', before: was, after: { ...was, parentId: intoId, position: position++ } });
	}
	await step(tx, permit, 'code.merge', changes);
}
