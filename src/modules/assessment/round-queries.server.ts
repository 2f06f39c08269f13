import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { notFound } from '#platform/problem.ts';
import { shownName } from '#platform/shown-name.ts';
import { instrumentSchema } from '#xforms/instrument.ts';
import { isNamedAnalyst } from './permits.ts';

/** Versions of instruments that a round can use, newest first. */
export const versionOptions = (tx: Tx, programmeId: string) =>
	tx
		.selectFrom('assessment.instrumentVersion as v')
		.innerJoin('assessment.instrument as i', 'i.id', 'v.instrumentId')
		.select(['v.id', 'v.version', 'i.title', 'i.formId', sql<number>`jsonb_array_length(v.identifying)`.as('identifying')])
		.where('v.programmeId', '=', programmeId)
		.orderBy('v.createdAt', 'desc')
		.execute();

export type RoundRow = { id: string; number: number; name: LocalText; kind: string; unit: string; state: string; opensOn: string | null; closesOn: string | null; instrument: LocalText };

/** The rounds of a programme, newest first. */
export const listRounds = (tx: Tx, programmeId: string): Promise<RoundRow[]> =>
	tx
		.selectFrom('assessment.round as r')
		.innerJoin('assessment.instrumentVersion as v', 'v.id', 'r.instrumentVersionId')
		.innerJoin('assessment.instrument as i', 'i.id', 'v.instrumentId')
		.select(['r.id', 'r.number', 'r.name', 'r.kind', 'r.unit', 'r.state', 'r.opensOn', 'r.closesOn', 'i.title as instrument'])
		.where('r.programmeId', '=', programmeId)
		.orderBy('r.number', 'desc')
		.execute();

/** A round with its places, analysts and counts. @throws Problem `not-found` */
export async function getRound(tx: Tx, programmeId: string, id: string) {
	const round = await tx
		.selectFrom('assessment.round as r')
		.innerJoin('assessment.instrumentVersion as v', 'v.id', 'r.instrumentVersionId')
		.innerJoin('assessment.instrument as i', 'i.id', 'v.instrumentId')
		.selectAll('r')
		.select(['i.id as instrumentId', 'i.title as instrument', 'i.formId', 'v.version', sql<number>`jsonb_array_length(v.identifying)`.as('identifying')])
		.where('r.id', '=', id)
		.where('r.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!round) throw notFound();
	const places = await tx
		.selectFrom('assessment.roundPlace as c')
		.innerJoin('network.place as p', 'p.id', 'c.placeId')
		.select(['p.id', 'p.name'])
		.where('c.roundId', '=', id)
		.orderBy('p.search')
		.execute();
	const analysts = await tx
		.selectFrom('assessment.roundAnalyst as c')
		.innerJoin('network.person as p', 'p.id', 'c.personId')
		.select(['p.id', shownName('p').as('displayName')])
		.where('c.roundId', '=', id)
		.orderBy(shownName('p'))
		.execute();
	const { rows } = await sql<{ submissions: string; newest: Date | null; flagged: string }>`select * from assessment.received(${id})`.execute(tx);
	const received = { submissions: Number(rows[0]?.submissions ?? 0), newest: rows[0]?.newest ?? null, flagged: Number(rows[0]?.flagged ?? 0) };
	const { rows: said } = await sql<{ declined: string; stopped: string }>`select * from assessment.declined(${id})`.execute(tx);
	const declined = { before: Number(said[0]?.declined ?? 0), during: Number(said[0]?.stopped ?? 0) };
	return { round, places, analysts, received, declined, named: await isNamedAnalyst(tx, id) };
}
export type RoundPage = Awaited<ReturnType<typeof getRound>>;

/** The questionnaire of a round. @throws Problem `not-found` */
export async function roundInstrument(tx: Tx, programmeId: string, roundId: string) {
	const found = await tx
		.selectFrom('assessment.round as r')
		.innerJoin('assessment.instrumentVersion as v', 'v.id', 'r.instrumentVersionId')
		.select(['v.model', 'r.name', 'r.number'])
		.where('r.id', '=', roundId)
		.where('r.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!found) throw notFound();
	return { name: found.name, number: found.number, instrument: instrumentSchema.parse(found.model) };
}

/** Which version of a questionnaire a round asks. @throws Problem `not-found` */
export async function roundVersion(tx: Tx, programmeId: string, roundId: string) {
	const found = await tx
		.selectFrom('assessment.round')
		.select(['id as roundId', 'instrumentVersionId as versionId'])
		.where('id', '=', roundId)
		.where('programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!found) throw notFound();
	return found;
}

/** The collection links of a round, newest first, with how many answers came through each as far as one may know. */
export const listTokens = (tx: Tx, roundId: string) =>
	tx
		.selectFrom('assessment.collectionToken as t')
		.leftJoin('network.place as p', 'p.id', 't.placeId')
		.select(['t.id', 't.label', 't.ceiling', 't.expiresAt', 't.revokedAt', 't.createdAt', 't.lastSeenAt', 'p.name as place'])
		.where('t.roundId', '=', roundId)
		.orderBy('t.createdAt', 'desc')
		.execute();
