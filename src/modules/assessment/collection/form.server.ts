import { createHash } from 'node:crypto';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/database.server.ts';
import { instrumentSchema, type Instrument } from '#xforms/instrument.ts';
import { submissionShape, type SubmissionShape } from '#xforms/submissionShape.ts';

/** A version of an instrument, ready to be handed out and to hold submissions against. Versions never change. */
export type Form = {
	readonly versionId: string;
	readonly formId: string;
	readonly version: string;
	readonly xform: string;
	/** MD5 of the XForm's bytes in hexadecimal: how a collection app recognises a form that it has already. */
	readonly md5: string;
	readonly instrument: Instrument;
	readonly shape: SubmissionShape;
};

/** Forms in use at once in one process; the rest is read again when it is asked for. */
const most = 64;
const remembered = new Map<string, Promise<Form>>();

/** The form of a version, parsed once and kept. @throws when there is no such version */
export function formOf(versionId: string): Promise<Form> {
	const known = remembered.get(versionId);
	if (known) {
		remembered.delete(versionId);
		remembered.set(versionId, known);
		return known;
	}
	const form = readForm(versionId);
	remembered.set(versionId, form);
	form.catch(() => remembered.delete(versionId));
	const [oldest] = remembered.keys();
	if (remembered.size > most && oldest !== undefined) remembered.delete(oldest);
	return form;
}

async function readForm(versionId: string): Promise<Form> {
	const row = await inTransaction(system('collection'), (tx) =>
		tx
			.selectFrom('assessment.instrumentVersion as v')
			.innerJoin('assessment.instrument as i', 'i.id', 'v.instrumentId')
			.select(['i.formId', 'v.version', 'v.xform', 'v.model'])
			.where('v.id', '=', versionId)
			.executeTakeFirstOrThrow()
	);
	const instrument = instrumentSchema.parse(row.model);
	const md5 = createHash('md5').update(row.xform, 'utf8').digest('hex');
	const { formId, version, xform } = row;
	return { versionId, formId, version, xform, md5, instrument, shape: submissionShape(instrument) };
}
