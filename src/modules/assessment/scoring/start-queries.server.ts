import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { localText, type Locale, type LocalText } from '#platform/locales.ts';
import { versionOptions } from '../round-queries.server.ts';
import { sideOf } from './queries.server.ts';
import { sideWords } from './ui/words.ts';

type Option = { value: string; label: string; hint?: string };

/** Versions of instruments that mark criteria, newest first. */
export async function scoringVersions(tx: Tx, programmeId: string, locale: Locale): Promise<Option[]> {
	const { rows } = await sql<{ id: string }>`select id from assessment.instrument_version
		where programme_id = ${programmeId}::uuid and jsonb_path_exists(model, '$.**.criterion.area')`.execute(tx);
	const marked = new Set(rows.map(({ id }) => id));
	return (await versionOptions(tx, programmeId)).filter(({ id }) => marked.has(id)).map(({ id, title, version }) => ({ value: id, label: `${localText(title, locale).text} · ${version}` }));
}

/** The ready teams of a round. */
export async function teamOptions(tx: Tx, roundId: string): Promise<Option[]> {
	const rows = await tx.selectFrom('assessment.team').select(['id', 'name']).where('roundId', '=', roundId).where('state', '=', 'ready').orderBy('name').execute();
	return rows.map(({ id, name }) => ({ value: id, label: name }));
}

/** Everybody who can score, with the organisation and the side: civil society first. Asked by who runs rounds. */
export async function scorerOptions(tx: Tx, programmeId: string, locale: Locale): Promise<Option[]> {
	const { rows } = await sql<{ personId: string; name: string; organisationId: string; organisation: LocalText; side: string }>`
		select distinct on (network.side_of(o.type), network.shown_name(p), h.person_id, o.id) h.person_id, network.shown_name(p) as name, o.id as organisation_id, o.name as organisation, network.side_of(o.type) as side
		from network.holders('{coordinator,member,analyst,collector,reviewer,official}', ${programmeId}::uuid) h
		join network.organisation o on o.id = h.organisation_id join network.person p on p.id = h.person_id
		where network.side_of(o.type) is not null
		order by network.side_of(o.type) desc, network.shown_name(p), h.person_id, o.id`.execute(tx);
	return rows.map(({ personId, name, organisationId, organisation, side }) => ({
		value: `${personId} ${organisationId}`,
		label: name,
		hint: `${sideWords[sideOf(side)]()} · ${localText(organisation, locale).text}`
	}));
}
