import { createHash } from 'node:crypto';
import { z } from 'zod';
import { system } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/database.server.ts';
import { namedFileSchema } from '#xforms/namedFiles.ts';
import { listCsv } from '../entities/entity-list.ts';
import { entitiesOf } from '../entities/entity-queries.server.ts';

/** A list of entities as a form takes it. */
export type ListFile = { readonly listId: string; readonly listName: string; readonly name: string; readonly hash: string; readonly content: Buffer };

/** Lists made ready, by their id; one whose revision has grown is made anew. */
const ready = new Map<string, { readonly revision: number; readonly file: ListFile }>();
const most = 64;

/** The lists of a programme that these names of files mean: `services.csv` is the list `services`. */
export async function listsNamed(tx: Tx, programmeId: string, names: readonly string[]): Promise<ListFile[]> {
	const wanted = names.filter((name) => name.endsWith('.csv')).map((name) => name.slice(0, -4));
	if (wanted.length === 0) return [];
	const lists = await tx.selectFrom('assessment.entityList').select(['id', 'name', 'properties', 'revision']).where('programmeId', '=', programmeId).where('name', 'in', wanted).orderBy('name').execute();
	const files: ListFile[] = [];
	for (const list of lists) files.push(await readyFile(tx, { ...list, properties: z.array(z.string()).parse(list.properties) }));
	return files;
}

async function readyFile(tx: Tx, { id, name, properties, revision }: { id: string; name: string; properties: string[]; revision: number }): Promise<ListFile> {
	const known = ready.get(id);
	if (known?.revision === revision) return known.file;
	const content = Buffer.from(listCsv(properties, (await entitiesOf(tx, id)).filter(({ removed }) => !removed)));
	const file = { listId: id, listName: name, name: `${name}.csv`, hash: createHash('md5').update(content).digest('hex'), content };
	ready.delete(id);
	const [oldest] = ready.keys();
	if (ready.size >= most && oldest !== undefined) ready.delete(oldest);
	ready.set(id, { revision, file });
	return file;
}

/** The files that a version names, as they stand with it. */
export async function namedBy(tx: Tx, versionId: string): Promise<{ programmeId: string; names: string[] }> {
	const { programmeId, namedFiles } = await tx.selectFrom('assessment.instrumentVersion').select(['programmeId', 'namedFiles']).where('id', '=', versionId).executeTakeFirstOrThrow();
	return { programmeId, names: z.array(namedFileSchema).parse(namedFiles).map(({ name }) => name) };
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Which of these entries a list has or had, and whether they were removed. */
export async function entriesAsked(listId: string, ids: readonly string[]): Promise<{ id: string; removed: boolean }[]> {
	const known = ids.map((id) => id.trim()).filter((id) => uuid.test(id));
	if (known.length === 0) return [];
	const rows = await inTransaction(system('collection'), (tx) =>
		tx.selectFrom('assessment.entity').select(['id', 'removedAt']).where('listId', '=', listId).where('id', 'in', known).orderBy('id').execute()
	);
	return rows.map(({ id, removedAt }) => ({ id, removed: removedAt !== null }));
}
