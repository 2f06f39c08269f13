import { z } from 'zod';
import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { LocalText } from '#platform/locales.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { shownNameIfAny } from '#platform/shown-name.ts';
import { personIdOf } from '../author.ts';
import { compared, type Side } from './compare.ts';
import { basisOf, countQuery, type Basis } from './count.server.ts';
import { CutCategory, categoriesOf, categorySchema, earlierQuery, recodeOf, unchanged, type Mapping, type MappingFields, type MappingKind } from './mapping.ts';
import { pathsOf, type Query } from './query.ts';
import type { Counted } from './result.ts';

/** A stated mapping with who stated it, when and why. */
export type StatedMapping = Mapping & { readonly reason: LocalText; readonly statedBy: string | null; readonly statedAt: Date };

const statedQuery = (tx: Tx) =>
	tx
		.selectFrom('assessment.questionMapping as m')
		.leftJoin('network.person as p', 'p.id', 'm.createdBy')
		.select(['m.id', 'm.earlierPath', 'm.laterPath', 'm.kind', 'm.choices', 'm.scale', 'm.reason', 'm.createdAt as statedAt', shownNameIfAny('p').as('statedBy')]);

type StatedRow = Awaited<ReturnType<ReturnType<typeof statedQuery>['execute']>>[number];
const kindOf = (kind: string): MappingKind => (kind === 'same' || kind === 'recoded' || kind === 'merged' ? kind : 'not_comparable');
const stated = (row: StatedRow): StatedMapping => ({ ...row, kind: kindOf(row.kind), choices: z.array(categorySchema).parse(row.choices) });

/** What stands between two versions of instruments. */
export async function listMappings(tx: Tx, earlierVersionId: string, laterVersionId: string): Promise<StatedMapping[]> {
	const rows = await statedQuery(tx).where('m.earlierVersionId', '=', earlierVersionId).where('m.laterVersionId', '=', laterVersionId).where('m.replacedAt', 'is', null).orderBy('m.laterPath').execute();
	return rows.map(stated);
}

/** The mappings that a comparison rests on, also those that have been replaced since. */
export async function getMappings(tx: Tx, ids: readonly string[]): Promise<(StatedMapping & { replaced: boolean })[]> {
	if (ids.length === 0) return [];
	const rows = await statedQuery(tx).select('m.replacedAt').where('m.id', 'in', [...ids]).orderBy('m.laterPath').execute();
	return rows.map((row) => ({ ...stated(row), replaced: row.replacedAt !== null }));
}

/**
 * States how a question of the earlier instrument and one of the later compare. An earlier statement about the later question
 * is replaced and kept.
 * @throws Problem `mapping.question-unknown`, `mapping.kinds-differ`, `mapping.same-version` (409)
 */
export async function stateMapping(tx: Tx, permit: Permit<'figure.map'>, earlier: Basis, later: Basis, fields: MappingFields): Promise<string> {
	if (earlier.versionId === later.versionId) throw problem('mapping.same-version', 409);
	const before = earlier.variables.find((each) => each.path === fields.earlierPath);
	const after = later.variables.find((each) => each.path === fields.laterPath);
	if (!before || !after) throw problem('mapping.question-unknown', 409, {}, 'earlierPath');
	const { kind, reason } = fields;
	const listed = (each: typeof before): boolean => each.kind === 'choice' || each.kind === 'choices';
	if (kind !== 'not_comparable' && (before.kind !== after.kind || listed(before) !== listed(after))) throw problem('mapping.kinds-differ', 409, {}, 'earlierPath');
	const choices = kind === 'not_comparable' || !listed(after) ? [] : categoriesOf(after, fields, later.instrument.defaultLanguage);
	const of = { programmeId: later.programmeId, earlierVersionId: earlier.versionId, laterVersionId: later.versionId };
	const id = newId();
	await tx
		.updateTable('assessment.questionMapping')
		.set({ replacedAt: momentOf(tx) })
		.where('earlierVersionId', '=', earlier.versionId)
		.where('laterVersionId', '=', later.versionId)
		.where('laterPath', '=', after.path)
		.where('replacedAt', 'is', null)
		.execute();
	const row = { ...of, earlierPath: before.path, laterPath: after.path, kind, scale: after.kind === 'number' ? fields.scale : null, reason };
	await tx.insertInto('assessment.questionMapping').values({ id, ...row, choices: JSON.stringify(choices), createdBy: personIdOf(permit) }).execute();
	await journal(tx, permit, { table: 'assessment.question_mapping', id, after: { ...row, choices } });
	return id;
}

/** How a later question compares: as stated, or unchanged in both versions. Null: nobody has said. */
export function mappingFor(path: string, earlier: Basis, later: Basis, statements: readonly Mapping[]): Mapping | null {
	const said = statements.find((each) => each.laterPath === path);
	if (said) return said;
	const after = later.variables.find((each) => each.path === path);
	return after ? unchanged(earlier.variables.find((each) => each.path === path), after, later.instrument.defaultLanguage) : null;
}

export type Comparison = { readonly counted: Counted; readonly mappings: readonly Mapping[] };

/**
 * Counts the same criterion in two rounds, by what is stated about its questions.
 * @param query of the later round
 * @throws Problem `figure.mapping-needed`, `figure.not-comparable`, `figure.compare-filter` (409), and what counting refuses
 */
export async function countComparison(tx: Tx, rounds: { earlier: Basis & { name: LocalText }; later: Basis & { name: LocalText } }, query: Query, cutOff: Date): Promise<Comparison> {
	const { earlier, later } = rounds;
	const statements = await listMappings(tx, earlier.versionId, later.versionId);
	const mappings = new Map<string, Mapping>();
	for (const path of pathsOf(query)) {
		const mapping = mappingFor(path, earlier, later, statements);
		const question = later.variables.find((each) => each.path === path)?.name ?? path;
		if (mapping === null) throw problem('figure.mapping-needed', 409, { question }, 'compare');
		if (mapping.kind === 'not_comparable') throw problem('figure.not-comparable', 409, { question }, 'compare');
		mappings.set(path, mapping);
	}
	const before = await sideOf(tx, earlier, askedBefore(query, earlier.roundId, mappings), cutOff, mappings, 'earlier');
	const after = await sideOf(tx, later, query, cutOff, mappings, 'later', [...before.tally.groups.values()].map((group) => group.keys));
	return { counted: compared(query, before, after), mappings: [...mappings.values()] };
}

function askedBefore(query: Query, roundId: string, mappings: ReadonlyMap<string, Mapping>): Query {
	try {
		return earlierQuery(query, roundId, mappings);
	} catch (error) {
		if (error instanceof CutCategory) throw problem('figure.compare-filter', 409, {}, 'compare');
		throw error;
	}
}

async function sideOf(
	tx: Tx,
	basis: Basis & { name: LocalText },
	query: Query,
	cutOff: Date,
	mappings: ReadonlyMap<string, Mapping>,
	side: 'earlier' | 'later',
	alsoFound: readonly (readonly string[])[] = []
): Promise<Side> {
	const recodes = new Map([...mappings.values()].map((mapping) => [side === 'earlier' ? mapping.earlierPath : mapping.laterPath, recodeOf(mapping, side)]));
	const tallied = await countQuery(tx, basis, query, cutOff, { recodes, alsoFound });
	return { ...tallied, name: basis.name, sampling: basis.sampling };
}

/** A round's basis with its name. */
export async function namedBasis(tx: Tx, roundId: string): Promise<Basis & { name: LocalText }> {
	const { name } = await tx.selectFrom('assessment.round').select('name').where('id', '=', roundId).executeTakeFirstOrThrow();
	return { ...(await basisOf(tx, roundId)), name };
}
