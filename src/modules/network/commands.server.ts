import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { LocalText } from '#platform/locales.ts';
import type { Permit } from '#platform/permit.server.ts';
import { searchText } from '#platform/search-text.ts';
import { uzbekistan, uzbekistanItself } from './data/uzbekistan.ts';
import type { ProgrammeFields } from './programme.ts';

/**
 * Makes an empty programme with its country (for Uzbekistan with its 14 regions) and its first coordinator, who
 * administers it as well.
 * @param firstPerson null for a demonstration, whose cast comes later
 * @returns the programme's id
 */
export async function createProgramme(tx: Tx, permit: Permit<'programme.create'>, fields: ProgrammeFields, firstPerson: string | null): Promise<string> {
	const { programmeId } = permit.subject;
	await tx.insertInto('network.programme').values({ id: programmeId, ...fields }).execute();
	if (firstPerson !== null) {
		await tx
			.insertInto('network.roleGrant')
			.values((['coordinator', 'administrator'] as const).map((role) => ({ id: newId(), programmeId, personId: firstPerson, role })))
			.execute();
	}
	const uz = fields.country === uzbekistanItself.code;
	const country = await addUnit(tx, programmeId, null, 'country', fields.country, uz ? uzbekistanItself.name : countryName(fields.country));
	if (uz) for (const unit of uzbekistan) await addUnit(tx, programmeId, country, 'region', unit.code, unit.name);
	await journal(tx, permit, { table: 'network.programme', id: programmeId, after: { ...fields, firstPerson } });
	return programmeId;
}

type Unit = { id: string; path: string };

async function addUnit(tx: Tx, programmeId: string, parent: Unit | null, kind: 'country' | 'region', code: string, name: LocalText): Promise<Unit> {
	const id = newId();
	const label = id.replaceAll('-', '');
	const path = parent ? `${parent.path}.${label}` : label;
	await sql`insert into network.place (id, programme_id, parent_id, path, kind, code, name, search)
		values (${id}, ${programmeId}, ${parent?.id ?? null}, ${path}::ltree, ${kind}, ${code}, ${JSON.stringify(name)}::jsonb, ${searchText(name)})`.execute(tx);
	return { id, path };
}

/** A country's name as the Unicode data has it. */
function countryName(code: string): LocalText {
	const of = (locale: string): string => new Intl.DisplayNames([locale], { type: 'region', fallback: 'code' }).of(code) ?? code;
	return { uz: of('uz-Latn'), 'uz-Cyrl': of('uz-Cyrl'), ru: of('ru'), en: of('en') };
}
