import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '#platform/database.server.ts';
import { notFound } from '#platform/problem.ts';
import type { ExportTable } from '#platform/spreadsheet.server.ts';
import type { Entity } from './entity-list.ts';

const propertiesSchema = z.array(z.string());
const dataSchema = z.record(z.string(), z.string());

/** The lists of a programme, by name. */
export async function listEntityLists(tx: Tx, programmeId: string) {
	return tx
		.selectFrom('assessment.entityList as l')
		.select(['l.id', 'l.name', 'l.createdAt'])
		.select((e) => e.selectFrom('assessment.entity as n').select(sql<number>`count(*)::int`.as('count')).whereRef('n.listId', '=', 'l.id').where('n.removedAt', 'is', null).as('entries'))
		.where('l.programmeId', '=', programmeId)
		.orderBy('l.name')
		.execute();
}

/** A list with its further columns. @throws Problem `not-found` */
export async function getEntityList(tx: Tx, programmeId: string, id: string) {
	const found = await tx.selectFrom('assessment.entityList').select(['id', 'name', 'properties', 'revision']).where('id', '=', id).where('programmeId', '=', programmeId).executeTakeFirst();
	if (!found) throw notFound();
	return { ...found, properties: propertiesSchema.parse(found.properties) };
}

/** All entries of a list, removed ones too, by label. */
export async function entitiesOf(tx: Tx, listId: string): Promise<(Entity & { version: number })[]> {
	const rows = await tx.selectFrom('assessment.entity').select(['id', 'label', 'data', 'version', 'removedAt']).where('listId', '=', listId).orderBy('label').orderBy('id').execute();
	return rows.map(({ removedAt, data, ...row }) => ({ ...row, data: dataSchema.parse(data), removed: removedAt !== null }));
}

/** The list as a table that can be changed and brought back. */
export async function entityTable(tx: Tx, programmeId: string, listId: string): Promise<ExportTable> {
	const { name, properties } = await getEntityList(tx, programmeId, listId);
	const entities = (await entitiesOf(tx, listId)).filter(({ removed }) => !removed);
	return { name, columns: ['name', 'label', ...properties], rows: entities.map(({ id, label, data }) => [id, label, ...properties.map((property) => data[property] ?? '')]) };
}
