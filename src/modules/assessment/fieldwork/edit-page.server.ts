import type { Tx } from '#platform/database.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import type { Instrument } from '#xforms/instrument.ts';
import { submissionShape } from '#xforms/submissionShape.ts';
import { editFields, type EditField, type EditInstance } from './edit.ts';
import { filledOf } from './filled.ts';

/** What stands together on the page of an edit: answers outside of repeats, in an instance of one, or in one that can be added. */
export type EditSection = { readonly within: EditInstance | null; readonly fresh: boolean; readonly fields: readonly EditField[] };

/** The answers of a submission as they can be changed; `outdated` when another version has taken its place. */
export async function editPage(tx: Tx, permit: Permit<'submission.edit'>, instrument: Instrument): Promise<{ outdated: boolean; sections: EditSection[] }> {
	const { xml, supersededBy } = await tx.selectFrom('assessment.submission').select(['xml', 'supersededBy']).where('id', '=', permit.subject.id).executeTakeFirstOrThrow();
	const sections: { within: EditInstance | null; fresh: boolean; fields: EditField[] }[] = [];
	for (const field of editFields(instrument, filledOf(xml, submissionShape(instrument)))) {
		const last = sections.at(-1);
		if (last && last.within?.key === field.within?.key) last.fields.push(field);
		else sections.push({ within: field.within, fresh: field.fresh, fields: [field] });
	}
	return { outdated: supersededBy !== null, sections };
}
