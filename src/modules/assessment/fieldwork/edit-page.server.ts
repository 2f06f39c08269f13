import type { Tx } from '#platform/database.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import type { Instrument } from '#xforms/instrument.ts';
import { submissionShape } from '#xforms/submissionShape.ts';
import { editFields, type EditField } from './edit.ts';
import { filledOf } from './filled.ts';

/** What stands together on the page of an edit: what is there, or an instance of a repeat that can be added. */
export type EditSection = { readonly fresh: boolean; readonly fields: readonly EditField[] };

/** The answers of a submission as they can be changed; `outdated` when another version has taken its place. */
export async function editPage(tx: Tx, permit: Permit<'submission.edit'>, instrument: Instrument): Promise<{ outdated: boolean; sections: EditSection[] }> {
	const { xml, supersededBy } = await tx.selectFrom('assessment.submission').select(['xml', 'supersededBy']).where('id', '=', permit.subject.id).executeTakeFirstOrThrow();
	const sections: { fresh: boolean; of: string; fields: EditField[] }[] = [];
	for (const field of editFields(instrument, filledOf(xml, submissionShape(instrument)))) {
		const of = field.fresh ? field.repeatIndexes.join('.') : '';
		const last = sections.at(-1);
		if (last?.fresh === field.fresh && last.of === of) last.fields.push(field);
		else sections.push({ fresh: field.fresh, of, fields: [field] });
	}
	return { outdated: supersededBy !== null, sections };
}
