import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { notFound } from '#platform/problem.ts';
import { instrumentSchema } from '#xforms/instrument.ts';
import { z } from 'zod';
import { isNamedAnalyst } from './permits.ts';
import { identifyingSchema, warningSchema } from './xlsform.ts';

/** The instruments of a programme with their newest version. */
export async function listInstruments(tx: Tx, programmeId: string) {
	return tx
		.selectFrom('assessment.instrument as i')
		.innerJoin('assessment.instrumentVersion as v', 'v.instrumentId', 'i.id')
		.select(['i.id', 'i.formId', 'i.title', sql<number>`count(*)::int`.as('versions'), sql<Date>`max(v.created_at)`.as('newest')])
		.where('i.programmeId', '=', programmeId)
		.groupBy('i.id')
		.orderBy('newest', 'desc')
		.execute();
}

/** Versions of instruments that a round can use, newest first. */
export const versionOptions = (tx: Tx, programmeId: string) =>
	tx
		.selectFrom('assessment.instrumentVersion as v')
		.innerJoin('assessment.instrument as i', 'i.id', 'v.instrumentId')
		.select(['v.id', 'v.version', 'i.title', 'i.formId', sql<number>`jsonb_array_length(v.identifying)`.as('identifying')])
		.where('v.programmeId', '=', programmeId)
		.orderBy('v.createdAt', 'desc')
		.execute();

/** An instrument with all its versions, newest first. @throws Problem `not-found` */
export async function getInstrument(tx: Tx, programmeId: string, id: string) {
	const instrument = await tx.selectFrom('assessment.instrument').select(['id', 'formId', 'title']).where('id', '=', id).where('programmeId', '=', programmeId).executeTakeFirst();
	if (!instrument) throw notFound();
	const rows = await tx
		.selectFrom('assessment.instrumentVersion')
		.select(['id', 'version', 'sourceFileId', 'model', 'warnings', 'identifying', 'md5', 'createdAt'])
		.where('instrumentId', '=', id)
		.orderBy('createdAt', 'desc')
		.execute();
	const versions = rows.map((row) => ({
		...row,
		model: instrumentSchema.parse(row.model),
		warnings: z.array(warningSchema).parse(row.warnings),
		identifying: z.array(identifyingSchema).parse(row.identifying)
	}));
	return { instrument, versions };
}

/** The XForm of a version. @throws Problem `not-found` */
export async function getXForm(tx: Tx, programmeId: string, versionId: string): Promise<{ xform: string; formId: string; version: string }> {
	const found = await tx
		.selectFrom('assessment.instrumentVersion as v')
		.innerJoin('assessment.instrument as i', 'i.id', 'v.instrumentId')
		.select(['v.xform', 'v.version', 'i.formId'])
		.where('v.id', '=', versionId)
		.where('v.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!found) throw notFound();
	return found;
}

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
		.select(['p.id', 'p.displayName'])
		.where('c.roundId', '=', id)
		.orderBy('p.displayName')
		.execute();
	const { rows } = await sql<{ submissions: string; newest: Date | null; flagged: string }>`select * from assessment.received(${id})`.execute(tx);
	const received = { submissions: Number(rows[0]?.submissions ?? 0), newest: rows[0]?.newest ?? null, flagged: Number(rows[0]?.flagged ?? 0) };
	return { round, places, analysts, received, named: await isNamedAnalyst(tx, id) };
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

/** The collection links of a round, newest first, with how many answers came through each as far as one may know. */
export const listTokens = (tx: Tx, roundId: string) =>
	tx
		.selectFrom('assessment.collectionToken as t')
		.leftJoin('network.place as p', 'p.id', 't.placeId')
		.select(['t.id', 't.label', 't.ceiling', 't.expiresAt', 't.revokedAt', 't.createdAt', 'p.name as place'])
		.where('t.roundId', '=', roundId)
		.orderBy('t.createdAt', 'desc')
		.execute();
