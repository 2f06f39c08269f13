import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { LocalText } from '#platform/locales.ts';
import type { Permit } from '#platform/permit.server.ts';
import { notFound, problem } from '#platform/problem.ts';
import { personIdOf } from '../author.ts';
import { bookOf, bookSchema, type Book } from './book.ts';
import { saveInstrument, type SavedVersion } from './commands.server.ts';
import { applyEdit } from './edit.ts';
import { handOnFiles } from './form-file-commands.server.ts';
import type { Edit } from './edit-kinds.ts';
import type { ReadyInstrument } from './xlsform.ts';

/** Changes that can be taken back. */
const steps = 100;

/** Starts a draft with some sheets: empty ones, those of a version, of a shipped instrument or of a file. @returns its id */
export async function startDraft(tx: Tx, permit: Permit<'instrument.draft'>, input: { title: LocalText; book: Book; basedOnId: string | null }): Promise<string> {
	const { programmeId } = permit.subject;
	const id = newId();
	const person = personIdOf(permit);
	const book = JSON.stringify(bookSchema.parse(input.book));
	await tx
		.insertInto('assessment.instrumentDraft')
		.values({ id, programmeId, title: input.title, book, basedOnId: input.basedOnId, createdBy: person, changedBy: person })
		.execute();
	await tx.insertInto('assessment.instrumentDraftStep').values({ programmeId, draftId: id, position: 0, book, personId: person }).execute();
	if (input.basedOnId !== null) await handOnFiles(tx, programmeId, { versionId: input.basedOnId }, { draftId: id });
	await journal(tx, permit, { table: 'assessment.instrument_draft', id, after: { title: input.title, basedOnId: input.basedOnId } });
	return id;
}

async function locked(tx: Tx, id: string) {
	const found = await tx
		.selectFrom('assessment.instrumentDraft')
		.select(['id', 'programmeId', 'book', 'revision', 'position', 'state', 'title', 'basedOnId'])
		.where('id', '=', id)
		.forUpdate()
		.executeTakeFirst();
	if (!found) throw notFound();
	if (found.state !== 'open') throw problem('draft.put-away', 409);
	return { ...found, book: bookSchema.parse(found.book) };
}

type Locked = Awaited<ReturnType<typeof locked>>;

async function keep(tx: Tx, permit: Permit<string>, draft: Locked, set: { book: Book; position: number }): Promise<number> {
	const revision = draft.revision + 1;
	await tx
		.updateTable('assessment.instrumentDraft')
		.set({ book: JSON.stringify(set.book), position: set.position, revision, changedBy: personIdOf(permit), changedAt: momentOf(tx) })
		.where('id', '=', draft.id)
		.execute();
	await journal(tx, permit, { table: 'assessment.instrument_draft', id: draft.id, before: draft.book, after: set.book });
	return revision;
}

/**
 * Carries out one change, on whatever others have written meanwhile; what concerns the very row that they changed is refused.
 * @returns the draft's revision and the row to show
 * @throws Problem `draft.row-changed` (409) and those of `applyEdit`; `draft.put-away` (409)
 */
export async function changeDraft(tx: Tx, permit: Permit<'instrument.edit'>, edit: Edit): Promise<{ revision: number; row: string | undefined }> {
	const draft = await locked(tx, permit.subject.id);
	const { book, row } = applyEdit(draft.book, edit);
	if (JSON.stringify(book) === JSON.stringify(draft.book)) return { revision: draft.revision, row };
	return { revision: await keepStep(tx, permit, draft, book), row };
}

async function keepStep(tx: Tx, permit: Permit<string>, draft: Locked, book: Book): Promise<number> {
	const position = draft.position + 1;
	await tx
		.deleteFrom('assessment.instrumentDraftStep')
		.where('draftId', '=', draft.id)
		.where((e) => e.or([e('position', '>=', position), e('position', '<', position - steps)]))
		.execute();
	await tx
		.insertInto('assessment.instrumentDraftStep')
		.values({ programmeId: draft.programmeId, draftId: draft.id, position, book: JSON.stringify(book), personId: personIdOf(permit) })
		.execute();
	return keep(tx, permit, draft, { book, position });
}

/**
 * Takes the latest change back, or does it again.
 * @param revision what the person saw: nobody takes back what she has not seen
 * @throws Problem `draft.changed-meanwhile`, `draft.no-step` (409)
 */
export async function stepDraft(tx: Tx, permit: Permit<'instrument.edit'>, step: -1 | 1, revision: number): Promise<void> {
	const draft = await locked(tx, permit.subject.id);
	if (draft.revision !== revision) throw problem('draft.changed-meanwhile', 409);
	const position = draft.position + step;
	const found = await tx.selectFrom('assessment.instrumentDraftStep').select('book').where('draftId', '=', draft.id).where('position', '=', position).executeTakeFirst();
	if (!found) throw problem('draft.no-step', 409);
	await keep(tx, permit, draft, { book: bookSchema.parse(found.book), position });
}

/** Changes the title under which a draft is listed. */
export async function renameDraft(tx: Tx, permit: Permit<'instrument.edit'>, title: LocalText): Promise<void> {
	const draft = await locked(tx, permit.subject.id);
	await tx.updateTable('assessment.instrumentDraft').set({ title }).where('id', '=', draft.id).execute();
	await journal(tx, permit, { table: 'assessment.instrument_draft', id: draft.id, before: { title: draft.title }, after: { title } });
}

/** Puts a draft away, or takes it out again. */
export async function putAway(tx: Tx, permit: Permit<'instrument.edit'>, away: boolean): Promise<void> {
	const { id } = permit.subject;
	const state = away ? 'put-away' : 'open';
	await tx.updateTable('assessment.instrumentDraft').set({ state }).where('id', '=', id).execute();
	await journal(tx, permit, { table: 'assessment.instrument_draft', id, after: { state } });
}

/**
 * Saves a draft as a version of its instrument. The draft goes on from there.
 * @param ready what the checked sheets became
 * @param revision of the draft that was checked
 * @throws Problem `draft.changed-meanwhile` (409) when the draft is newer than what was checked; `instrument.form-id-taken` (409)
 *   when another instrument goes by that form_id; `instrument.version-exists` (409)
 */
export async function saveVersion(tx: Tx, permit: Permit<'instrument.save-version'>, ready: ReadyInstrument, revision: number): Promise<SavedVersion> {
	const draft = await locked(tx, permit.subject.id);
	if (draft.revision !== revision) throw problem('draft.changed-meanwhile', 409);
	await demandOwnFormId(tx, draft, ready.model.formId);
	const saved = await saveInstrument(tx, permit, { title: draft.title, sourceFileId: null, ready, draftId: draft.id });
	const book = bookOf(ready.workbook);
	// The rows keep who they are: only the version on the settings sheet is new.
	const own = draft.book.sheets.map((sheet) => (sheet.name.trim().toLowerCase() === 'settings' ? (book.sheets.find((each) => each.name === sheet.name) ?? sheet) : sheet));
	const settings = book.sheets.filter((sheet) => !draft.book.sheets.some((each) => each.name === sheet.name));
	const renumbered = [...own, ...settings].map((sheet) => (draft.book.sheets.includes(sheet) ? sheet : { ...sheet, rows: sheet.rows.map((row, i) => ({ ...row, id: `s${draft.revision}_${i}`.slice(0, 12) })) }));
	await keepStep(tx, permit, draft, { ...draft.book, sheets: renumbered });
	await tx.updateTable('assessment.instrumentDraft').set({ basedOnId: saved.versionId }).where('id', '=', draft.id).execute();
	return saved;
}

async function demandOwnFormId(tx: Tx, draft: Locked, formId: string): Promise<void> {
	const taken = await tx
		.selectFrom('assessment.instrument as i')
		.select('i.id')
		.where('i.programmeId', '=', draft.programmeId)
		.where('i.formId', '=', formId)
		.where((e) => e.not(e.exists(e.selectFrom('assessment.instrumentVersion as v').select('v.id').whereRef('v.instrumentId', '=', 'i.id').where('v.id', '=', draft.basedOnId))))
		.executeTakeFirst();
	if (taken) throw problem('instrument.form-id-taken', 409, { formId });
}
