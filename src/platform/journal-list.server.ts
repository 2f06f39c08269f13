import { sql } from 'kysely';
import { system } from './actor.ts';
import { inTransaction, type Tx } from './database.server.ts';
import { isId } from './ids.ts';
import { chainState } from './journal.server.ts';
import { shownName, shownNameIfAny } from './shown-name.ts';

/** An entry as a list shows it: who did what to which record, and when. */
export type JournalLine = { id: string; at: Date; actorKind: string; person: string | null; verb: string; subjectTable: string; subjectId: string };

/** What a list of the journal can be narrowed to; empty: everything. */
export type JournalFilter = { verb: string; person: string; subject: string };

/** Entries of a programme that the actor may see, newest first. Row level security decides which these are. */
export async function listJournal(
	tx: Tx,
	programmeId: string,
	filter: JournalFilter,
	page: { offset: number; pageSize: number }
): Promise<{ rows: JournalLine[]; matching: number; total: number; verbs: string[]; people: { id: string; name: string }[] }> {
	const all = tx.selectFrom('platform.journal as j').where('j.programmeId', '=', programmeId);
	let matching = all;
	if (filter.verb !== '') matching = matching.where('j.verb', '=', filter.verb);
	if (isId(filter.person)) matching = matching.where('j.actorKind', '=', 'person').where('j.actorId', '=', filter.person);
	if (isId(filter.subject)) matching = matching.where('j.subjectId', '=', filter.subject);
	const count = sql<string>`count(*)`.as('count');
	const [matched, total] = [await matching.select(count).executeTakeFirstOrThrow(), await all.select(count).executeTakeFirstOrThrow()];
	const rows = await matching
		.leftJoin('network.person as p', (join) => join.on(sql<boolean>`j.actor_kind = 'person' and p.id::text = j.actor_id`))
		.select(['j.id', 'j.at', 'j.actorKind', shownNameIfAny('p').as('person'), 'j.verb', 'j.subjectTable', 'j.subjectId'])
		.orderBy('j.seq', 'desc')
		.offset(page.offset)
		.limit(page.pageSize)
		.execute();
	const verbs = await all.select('j.verb').distinct().orderBy('j.verb').execute();
	const people = await all
		.innerJoin('network.person as p', (join) => join.on(sql<boolean>`j.actor_kind = 'person' and p.id::text = j.actor_id`))
		.select(['p.id', shownName('p').as('name')])
		.distinct()
		.orderBy(shownName('p'))
		.execute();
	return { rows, matching: Number(matched.count), total: Number(total.count), verbs: verbs.map(({ verb }) => verb), people };
}

/** How far the journal of the installation is sealed. Holds nothing of any programme. */
export const journalChain = () => inTransaction(system('journal'), chainState);
