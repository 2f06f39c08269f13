import { createHash } from 'node:crypto';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { LocalText } from '#platform/locales.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { externalChoices, namedFiles } from '#xforms/namedFiles.ts';
import { personIdOf } from '../author.ts';
import { handOnFiles, makeExternalChoices } from './form-file-commands.server.ts';
import type { ReadyInstrument } from './xlsform.ts';

/** Where a saved version stands. */
export type SavedVersion = { instrumentId: string; versionId: string };

/**
 * Saves a converted spreadsheet as a new instrument, or as a new version of the instrument with the same form_id.
 * A version never changes: the very same form again is answered with the version that is there.
 * @param sourceFileId the spreadsheet as it was uploaded; null for an instrument written in the browser
 * @param draftId the draft whose files go along; without one, those of the instrument's newest version do, as far as the form names them
 * @throws Problem `instrument.version-exists` (409) when that version is there with other content
 */
export async function saveInstrument(
	tx: Tx,
	permit: Permit<'instrument.upload'> | Permit<'instrument.save-version'>,
	input: { title: LocalText; sourceFileId: string | null; ready: ReadyInstrument; draftId?: string }
): Promise<SavedVersion> {
	const { programmeId } = permit.subject;
	const { model, xml, warnings, identifying, workbook } = input.ready;
	const version = model.version ?? '';
	const md5 = createHash('md5').update(xml, 'utf8').digest('hex');
	const instrumentId = await instrumentOf(tx, permit, model.formId, input.title);
	const there = await tx
		.selectFrom('assessment.instrumentVersion')
		.select(['id', 'md5'])
		.where('instrumentId', '=', instrumentId)
		.where('version', '=', version)
		.executeTakeFirst();
	if (there && there.md5 !== md5) throw problem('instrument.version-exists', 409, { version, formId: model.formId });
	if (there) return { instrumentId, versionId: there.id };
	const id = newId();
	const named = namedFiles(xml);
	const from = input.draftId === undefined ? await newestVersion(tx, instrumentId) : { draftId: input.draftId };
	await tx
		.insertInto('assessment.instrumentVersion')
		.values({
			id,
			programmeId,
			instrumentId,
			version,
			sourceFileId: input.sourceFileId,
			xform: xml,
			model: JSON.stringify(model),
			warnings: JSON.stringify(warnings),
			identifying: JSON.stringify(identifying),
			workbook: JSON.stringify(workbook),
			namedFiles: JSON.stringify(named),
			md5,
			createdBy: personIdOf(permit)
		})
		.execute();
	if (from) await handOnFiles(tx, programmeId, from, { versionId: id }, named.map(({ name }) => name));
	if (named.some(({ name }) => name === externalChoices)) await makeExternalChoices(tx, permit, id, input.ready);
	await journal(tx, permit, { table: 'assessment.instrument_version', id, after: { instrumentId, formId: model.formId, version, md5 } });
	return { instrumentId, versionId: id };
}

async function newestVersion(tx: Tx, instrumentId: string): Promise<{ versionId: string } | undefined> {
	const found = await tx.selectFrom('assessment.instrumentVersion').select('id as versionId').where('instrumentId', '=', instrumentId).orderBy('createdAt', 'desc').limit(1).executeTakeFirst();
	return found;
}

async function instrumentOf(tx: Tx, permit: Permit<string>, formId: string, title: LocalText): Promise<string> {
	const { programmeId } = permit.subject;
	const id = newId();
	await tx
		.insertInto('assessment.instrument')
		.values({ id, programmeId, formId, title, createdBy: personIdOf(permit) })
		.onConflict((on) => on.columns(['programmeId', 'formId']).doNothing())
		.execute();
	const kept = await tx
		.selectFrom('assessment.instrument')
		.select('id')
		.where('programmeId', '=', programmeId)
		.where('formId', '=', formId)
		.executeTakeFirstOrThrow();
	return kept.id;
}
