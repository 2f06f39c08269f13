import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '#platform/database.server.ts';
import { notFound } from '#platform/problem.ts';
import { instrumentSchema } from '#xforms/instrument.ts';
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

/** An instrument with all its versions, newest first. @throws Problem `not-found` */
export async function getInstrument(tx: Tx, programmeId: string, id: string) {
	const instrument = await tx.selectFrom('assessment.instrument').select(['id', 'formId', 'title']).where('id', '=', id).where('programmeId', '=', programmeId).executeTakeFirst();
	if (!instrument) throw notFound();
	const rows = await tx
		.selectFrom('assessment.instrumentVersion')
		.select(['id', 'version', 'sourceFileId', 'model', 'warnings', 'identifying', 'md5', 'createdAt', sql<number>`jsonb_array_length(named_files)`.as('files')])
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
